import type { Language } from "../read/language.ts";

/** Sentences near the tables of the proof whose numbers these can't know: none of them may be contradicted. */
export const unseenBeside: Readonly<Record<Language, readonly string[]>> = {
  en: `Organic revenue in the North grew by 7% in 2025.
Revenue from repeat customers in the South came to €44,300 in 2025.
Wholesale revenue in March 2025 was €3,200.
Revenue net of returns was €611,000 in 2025.
Of the orders placed in March 2025, 9 were paid by invoice.
Roughly 4 in 10 orders in 2025 were delivered within 48 hours.
The new warehouse in the North cost €1.2 million.
The North received a subsidy of €50,000 in 2025.
Complaints in the South fell by 18% in 2025.
In 2025 we invested €320,000 in the North.
Revenue per head in the East stood at €81,300 in 2025.
The sales force in the West grew to 14 people in 2025.
The North aims for revenue of €500,000 in 2025.
Gross margin in the South was 41.3% in 2025.
Customers in the West waited 3.4 days on average in 2025.
The largest customer in the East accounted for 23% of revenue there in 2025.
Analysts had expected revenue of €1.4 million in 2025.
Revenue from exports in the North reached €87,000 in 2025.
Without the one-off order in March, revenue in the South would have been €140,000 in 2025.
Alpha was launched 12 years ago and is sold in 31 countries.
Leeds spent €12,000 on window displays in Q1 2025.
Online sales at the York store came to €31,000 in Q2 2025.
About 35% of the visitors in Leeds in Q1 2025 were tourists.
Bristol hired 5 trainees in Q3 2025.
Sales per visitor in Cardiff were €4.20 in Q4 2024.
Female employees made up 54% of the workforce in Leeds in Q1 2025.
The York store has 420 square metres and 3 tills.
Subscription revenue from new contracts was €710,000 in 2025.
Hardware revenue in Asia rose by 12% in 2025.
Personnel expenses per employee were €61,000 in 2025.
Of the marketing expenses in 2025, €95,000 went into trade fairs.
Deferred subscription revenue amounted to €388,000 in 2025.
Adjusted net income was €1,022,000 in 2025.
Net income attributable to shareholders was €903,000 in 2025.
The dividend for 2025 is €0.42 per share, or 31% of the annual profit.
Interest on the loan is 4.25% and runs until 2031.
Revenue in the first half of March 2025 was €9,450.
Weekend orders made up 22% of orders in 2025.
Every third order in the South, some 33%, used a voucher in 2025.
Shipping costs in the North were €18,200 in 2025.`.split("\n"),
  de: `Der Auslandsumsatz in der Region Nord betrug 2025 77.300 €.
Der Umsatz mit Neukunden lag 2025 bei 45.100 €.
Der bereinigte Umsatz erreichte 2025 512.000 €.
Im Onlinehandel erzielten wir 2025 einen Umsatz von 98.400 €.
Der Umsatz je Mitarbeiter stieg 2025 um 4,2 %.
Geplant war für 2025 ein Umsatz von 1,9 Mio. €.
Die Region Nord erhielt 2025 Fördermittel von 50.000 €.
Rund 15 % der Bestellungen wurden 2025 storniert.
Das Werk Kassel verbrauchte 2025 8.300 MWh Strom.
In Hof waren 2025 23 Auszubildende beschäftigt.
Der Ausschuss in Emden lag 2025 bei 2,3 % der Produktion.
Die Investitionen in Anlagen für Wasserstoff in Jena betrugen 2025 210.000 €.
Umsatzerlöse im Ausland trugen 2025 1,2 Mio. € bei.
Der Personalaufwand je Kopf betrug 2025 61.200 €.
Die Mieten für Lagerhallen beliefen sich 2025 auf 61.000 €.`.split("\n"),
  fr: `Les ventes à l'export de la région Nord ont atteint 87 300 € en 2025.
Les ventes aux nouveaux clients s'élèvent à 45 200 € en 2025.
Environ 15 % des commandes ont été annulées en 2025.
La région Sud a reçu une subvention de 50 000 € en 2025.
L'agence de Lyon compte 12 apprentis en 2025.
Le chiffre d'affaires par salarié à Nantes est de 91 000 € en 2025.
À Lille, 31 % des contrats ont été résiliés en 2025.
Le chiffre d'affaires à périmètre constant a progressé de 3,1 % en 2025.
Les loyers des entrepôts ont coûté 61 000 € en 2025.
Les charges de personnel hors primes sont de 1 420 000 € en 2025.`.split("\n"),
  es: `Las ventas por internet en la región Norte alcanzaron 87.300 € en 2025.
Las ventas a nuevos clientes fueron de 45.200 € en 2025.
Cerca del 15 % de los pedidos fueron devueltos en 2025.
El centro de Sevilla contrató a 12 enfermeras en 2025.
El gasto por paciente en Bilbao fue de 91 € en 2025.
El 31 % de los pacientes de Murcia eran menores de edad en 2025.
Los gastos de personal sanitario crecieron un 4,1 % en 2025.
Los ingresos por servicios en el extranjero sumaron 610.000 € en 2025.
Los alquileres de almacenes costaron 61.000 € en 2025.`.split("\n"),
  pt: `A receita online na região Norte atingiu 87 300 € em 2025.
A receita de novos clientes foi de 45 200 € em 2025.
Cerca de 15 % das encomendas foram devolvidas em 2025.
A loja de Braga contratou 12 estagiários em 2025.
As vendas por visitante em Faro foram de 9,10 € em 2025.
Em Coimbra, 31 % dos visitantes eram turistas em 2025.
A receita de serviços no estrangeiro somou 610 000 € em 2025.
Os custos com pessoal temporário subiram 4,1 % em 2025.
As rendas de armazéns custaram 61 000 € em 2025.`.split("\n"),
};
