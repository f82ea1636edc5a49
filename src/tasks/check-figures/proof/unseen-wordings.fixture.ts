import type { Language } from "../read/language.ts";
import { secondRound } from "./unseen-second.fixture.ts";

/** What a wording claims; the proof computes the truth of each by itself. */
export type Claim =
  | "value"
  | "millions"
  | "thousands"
  | "share"
  | "change"
  | "delta"
  | "from-to"
  | "compare"
  | "gap"
  | "count"
  | "average"
  | "largest"
  | "best"
  | "in-turn"
  | "years-in-turn"
  | "rank"
  | "direction"
  | "times"
  | "up-to"
  | "of-which"
  | "out-of"
  | "monthly"
  | "year-to-date"
  | "best-month"
  | "month-change"
  | "quarter-change"
  | "both";

export type Book = "orders" | "facts" | "statement";
export type Template = {
  readonly language: Language;
  readonly book: Book;
  readonly claim: Claim;
  /** Column of the facts or line of the statement. */
  readonly measure: number;
  readonly text: string;
};

/**
 * Wordings of reports, none of which was looked at while the rules were written: `book claim measure: text`. `{V}` is the
 * figure that is proved, `{E}` and `{F}` two groups, `{P}` a product, `{M}` a month, `{Q}` a quarter, `{Y}` a year, `{X}` the
 * year before, `{up|down}` a word by the sign of the change, `{W}` a second figure that is always right.
 */
const lines: Readonly<Record<Language, string>> = {
  en: `orders value 0: Our {E} division brought home revenue of €{V} in {M}.
orders value 0: Revenue in the {E} finished {M} at €{V}, and management was pleased.
orders value 0: Looking at {M}, the {E} was good for €{V} in revenue.
orders value 0: For the whole of {Y}, we booked {V} € of revenue in the {E}.
orders value 0: The books for {Y} show revenue of €{V}.
orders value 0: Revenue across all regions landed at €{V} for {Y}.
orders value 0: {P} alone pulled in €{V} of revenue during {Y}.
orders value 0: As the chart makes clear, {P} generated €{V} in revenue in {Q}.
orders value 1: Demand for {P} was lively: {V} units left the warehouse in {Q}.
orders value 1: We shipped {V} units to customers in the {E} in {M}.
orders share 0: Roughly speaking the {E} is our engine, with {V}% of revenue in {Y}.
orders share 0: Of every euro earned in {Y}, the {E} delivered a revenue share of {V} percent.
orders share 0: The {E}'s slice of revenue was {V}% in {Y}.
orders share 0: {P} made up {V} per cent of revenue in {Y}.
orders change 0: Revenue in the {E} {climbed|tumbled} {V}% in {Y} against {X}.
orders change 0: The {E} {expanded|contracted} its revenue by {V}% between {X} and {Y}.
orders change 0: At {V}%, the {increase|decrease} in revenue in the {E} in {Y} over {X} was the talking point of the meeting.
orders change 0: We saw {growth|a decline} of {V}% in revenue in the {E} in {Y} compared with the year before.
orders delta 0: Compared with {X}, revenue in the {E} was {up|down} by €{V} in {Y}.
orders delta 0: Revenue in the {E} {increased|decreased} by €{V} from {X} to {Y}.
orders from-to 0: Having stood at €{W} in {X}, revenue in the {E} moved to €{V} in {Y}.
orders from-to 0: The {E} took its revenue from €{W} in {X} to €{V} in {Y}.
orders compare 0: Customers in the {E} spent {V}% {more|less} than those in the {F} in {Y}.
orders gap 0: In {Y} revenue in the {E} exceeded that of the {F} by €{V}.
orders count 0: The team processed {V} orders in {M}.
orders count 0: All in all, {V} orders hit the system during {M}.
orders count 0: Our order desk handled {V} orders over the course of {Y}.
orders average 0: A typical order was worth €{V} in revenue on average in {Y}.
orders average 0: Mean revenue per order stood at €{V} in {Y}.
orders largest 0: The single largest order of {Y} carried revenue of €{V}.
orders best 0: The strongest region in {Y} was the {E}, where revenue amounted to €{V}.
orders in-turn 0: In {Y}, the {F} and the {E} recorded revenue of €{W} and €{V} respectively.
orders in-turn 0: Revenue in the {F} and the {E} was €{W} and €{V}, respectively, in {Y}.
orders years-in-turn 0: Revenue in the {E} was €{W} and €{V} in {X} and {Y}, respectively.
orders rank 0: By revenue, the {E} was our {highest|second-highest|third-highest|lowest} region in {Y}.
orders direction 0: It was a year of contrasts: revenue in the {E} {rose|fell} in {Y} compared with {X}.
orders times 0: In {Y} revenue in the {E} was {V} times that of the {F}.
facts value 0: Our {E} store welcomed {V} visitors in {Q}.
facts value 0: Footfall held up well, with {E} attracting {V} visitors in {Q}.
facts value 1: Sales at the {E} store came out at €{V} for {Q}.
facts value 1: {E} rang up €{V} in sales over {Q}.
facts value 2: At the end of {Q} {E} had {V} employees on the payroll.
facts value 0: All stores taken together drew {V} visitors in {Q}.
facts share 0: {E} captured {V}% of all visitors in {Q}.
facts from-to 1: Sales in {E} went up and down over the year, from €{W} in the first quarter of {Y} to €{V} in the fourth quarter of {Y}.
facts in-turn 1: {F} and {E} posted sales of €{W} and €{V} respectively in {Q}.
facts best 0: No store drew more people than {E} in {Q}: {V} visitors came through the doors.
facts gap 0: {E} counted {V} more visitors than {F} in {Q}.
statement value 0: Subscription revenue for {Y} came to €{V}.
statement millions 0: We closed {Y} with subscription revenue of €{V} million.
statement millions 2: Personnel expenses ran to about €{V} million in {Y}.
statement value 3: In {Y} we put €{V} into marketing expenses.
statement value 4: Depreciation charges were €{V} in {Y}, as shown in the table below.
statement value 5: The bottom line for {Y} was net income of €{V}.
statement change 0: Subscription revenue was {V}% {higher|lower} in {Y} than in {X}.
statement change 1: Hardware revenue {advanced|retreated} {V}% to €{N} in {Y}.
statement change 2: Personnel expenses {crept up|edged down} by {V}% in {Y} versus {X}.
statement delta 3: Marketing expenses {increased|decreased} €{V} in {Y} as compared to {X}.
statement years-in-turn 4: Depreciation was €{W} and €{V} for the years {X} and {Y}, respectively.
statement from-to 1: Hardware revenue developed from €{W} in {X} to €{V} in {Y}.
statement direction 5: Net income {improved|deteriorated} in {Y} compared with {X}.`,
  de: `orders value 0: Unsere Kunden im {E} bescherten uns im {M} einen Umsatz von {V} €.
orders value 0: Mit einem Umsatz von {V} € schloss die Region {E} den {M} ab.
orders value 0: Für {Y} weisen die Bücher einen Umsatz von {V} € aus.
orders value 0: In der Region {E} konnten wir {Y} Umsätze von {V} € verbuchen.
orders value 0: {P} spielte im {Q} {V} € Umsatz ein.
orders value 0: Über alle Regionen hinweg summierte sich der Umsatz {Y} auf {V} €.
orders value 1: Im {Q} verließen {V} Stück {P} unser Lager.
orders value 1: Die Region {E} nahm im {M} {V} Stück ab.
orders share 0: {V} % unseres Umsatzes stammen {Y} aus der Region {E}.
orders share 0: Die Region {E} steuerte {Y} {V} Prozent zum Umsatz bei.
orders share 0: Der Umsatzanteil von {P} lag {Y} bei {V} %.
orders change 0: Gegenüber {X} {legte der Umsatz in der Region|gab der Umsatz in der Region} {E} {Y} um {V} % {zu|nach}.
orders change 0: Der Umsatz der Region {E} lag {Y} um {V} % {über|unter} dem Wert von {X}.
orders change 0: Wir verzeichneten in der Region {E} {Y} {ein Umsatzplus|ein Umsatzminus} von {V} % gegenüber dem Vorjahr.
orders change 0: {P} {verbuchte ein Plus|verbuchte ein Minus} von {V} % beim Umsatz im Jahr {Y} gegenüber {X}.
orders delta 0: Der Umsatz in der Region {E} {erhöhte|verringerte} sich {Y} gegenüber {X} um {V} €.
orders from-to 0: Nach {W} € im Jahr {X} erreichte der Umsatz in der Region {E} im Jahr {Y} {V} €.
orders compare 0: Die Region {E} setzte {Y} {V} % {mehr|weniger} um als die Region {F}.
orders count 0: Im {M} bearbeitete das Team {V} Bestellungen.
orders count 0: Bei uns liefen im {M} {V} Bestellungen auf.
orders average 0: Je Bestellung ergab sich {Y} ein mittlerer Umsatz von {V} €.
orders largest 0: Die größte Bestellung des Jahres {Y} brachte einen Umsatz von {V} €.
orders best 0: Spitzenreiter war {Y} die Region {E} mit einem Umsatz von {V} €.
orders in-turn 0: In den Regionen {F} und {E} lag der Umsatz {Y} bei {W} € bzw. {V} €.
orders in-turn 0: Die Regionen {F} und {E} kamen {Y} auf Umsätze von {W} € beziehungsweise {V} €.
orders rank 0: Beim Umsatz war {E} {Y} die {stärkste|zweitstärkste|drittstärkste|schwächste} Region.
orders direction 0: In der Region {E} {stieg|sank} der Umsatz {Y} im Vergleich zu {X}.
facts value 0: Das Werk {E} fertigte {Y} {V} Tonnen.
facts value 0: Die Produktion in {E} belief sich {Y} auf {V} t.
facts value 1: In {E} arbeiteten {Y} {V} Mitarbeiter.
facts value 1: Zum Jahresende {Y} standen in {E} {V} Mitarbeiterinnen und Mitarbeiter auf der Gehaltsliste.
facts value 2: Für Investitionen gaben wir in {E} {Y} {V} € aus.
facts value 2: In den Standort {E} flossen {Y} Investitionen von {V} €.
facts share 0: {E} stand {Y} für {V} % der Produktion.
facts change 0: Die Produktion in {E} {zog|ging} {Y} um {V} % {an|zurück}.
facts gap 1: {E} beschäftigte {Y} {V} Mitarbeiter mehr als {F}.
facts in-turn 0: {F} und {E} produzierten {Y} {W} bzw. {V} Tonnen.
statement value 0: Die Umsatzerlöse {Y} betragen {V} €.
statement millions 0: Wir haben {Y} Umsatzerlöse von {V} Mio. € erwirtschaftet.
statement value 1: Der Materialaufwand schlug {Y} mit {V} € zu Buche.
statement value 2: Für Personal wurden {Y} {V} € aufgewendet.
statement change 2: Der Personalaufwand {kletterte|sank} {Y} um {V} %.
statement value 5: Unter dem Strich blieb {Y} ein Jahresüberschuss von {V} €.
statement years-in-turn 3: Die Abschreibungen lagen {X} und {Y} bei {W} € bzw. {V} €.
statement delta 4: Die Mieten {stiegen|fielen} {Y} um {V} €.`,
  fr: `orders value 0: Au mois de {M}, la région {E} a dégagé {V} € de ventes.
orders value 0: La région {E} signe un mois de {M} à {V} € de ventes.
orders value 0: Sur l'ensemble de {Y}, nos ventes se chiffrent à {V} €.
orders value 0: Les ventes de {P} pèsent {V} € en {Y}.
orders value 0: Avec {V} € de ventes en {Y}, la région {E} tient son rang.
orders value 1: Nous avons écoulé {V} unités de {P} au {Q}.
orders value 1: La région {E} a absorbé {V} unités en {M}.
orders share 0: La région {E} concentre {V} % des ventes en {Y}.
orders share 0: En {Y}, {P} a généré {V} % des ventes.
orders change 0: Les ventes de la région {E} {bondissent|reculent} de {V} % en {Y} par rapport à {X}.
orders change 0: La région {E} affiche {une hausse|une baisse} de {V} % de ses ventes en {Y} par rapport à {X}.
orders delta 0: Entre {X} et {Y}, les ventes de la région {E} ont {gagné|perdu} {V} €.
orders from-to 0: De {W} € en {X}, les ventes de la région {E} passent à {V} € en {Y}.
orders compare 0: La région {E} a vendu {V} % de {plus|moins} que la région {F} en {Y}.
orders count 0: Le service clients a traité {V} commandes en {M}.
orders count 0: Ce sont {V} commandes qui nous sont parvenues en {M}.
orders average 0: Le montant moyen des ventes par commande ressort à {V} € en {Y}.
orders best 0: La région la plus dynamique en {Y} est {E}, avec {V} € de ventes.
orders in-turn 0: En {Y}, les régions {F} et {E} ont totalisé respectivement {W} € et {V} € de ventes.
orders in-turn 0: Les ventes des régions {F} et {E} s'élèvent à {W} € et {V} € respectivement en {Y}.
orders direction 0: Les ventes de la région {E} ont {progressé|reculé} en {Y} par rapport à {X}.
facts value 0: L'agence de {E} a réalisé un chiffre d'affaires de {V} € en {Y}.
facts value 0: Le chiffre d'affaires de {E} culmine à {V} € en {Y}.
facts value 1: L'agence de {E} emploie {V} salariés en {Y}.
facts value 2: À {E}, {V} contrats ont été signés en {Y}.
facts value 2: Toutes agences confondues, nous avons conclu {V} contrats en {Y}.
facts share 2: {E} représente à elle seule {V} % des contrats en {Y}.
facts change 0: À {E}, le chiffre d'affaires {s'est accru|s'est contracté} de {V} % en {Y} par rapport à {X}.
facts in-turn 1: {F} et {E} comptent respectivement {W} et {V} salariés en {Y}.
statement value 0: Le chiffre d'affaires {Y} ressort à {V} €.
statement millions 0: Nous clôturons {Y} sur un chiffre d'affaires de {V} millions d'euros.
statement value 2: Les charges de personnel ont pesé {V} € en {Y}.
statement change 2: Les charges de personnel {augmentent|diminuent} de {V} % en {Y} par rapport à {X}.
statement value 3: Nous avons versé {V} € de loyers en {Y}.
statement value 5: Le résultat net atteint {V} € au titre de {Y}.
statement years-in-turn 4: Les amortissements étaient respectivement de {W} € et {V} € en {X} et {Y}.`,
  es: `orders value 0: La región {E} cerró {M} con unas ventas de {V} €.
orders value 0: Durante {M}, las ventas en la región {E} rondaron exactamente los {V} €.
orders value 0: En el conjunto de {Y} vendimos por valor de {V} €.
orders value 0: {P} aportó {V} € a las ventas de {Y}.
orders value 0: Nuestros clientes de la región {E} nos dejaron ventas de {V} € en {Y}.
orders value 1: Colocamos {V} unidades de {P} en el {Q}.
orders value 1: En {M}, la región {E} adquirió {V} unidades.
orders share 0: La región {E} concentró el {V} % de las ventas de {Y}.
orders share 0: El peso de {P} en las ventas fue del {V} % en {Y}.
orders change 0: Las ventas de la región {E} {avanzaron|retrocedieron} un {V} % en {Y} frente a {X}.
orders change 0: En {Y} registramos {un alza|una caída} del {V} % en las ventas de la región {E} con respecto a {X}.
orders delta 0: Las ventas en la región {E} {crecieron|bajaron} en {V} € entre {X} y {Y}.
orders from-to 0: De {W} € en {X}, las ventas de la región {E} se movieron a {V} € en {Y}.
orders compare 0: La región {E} vendió un {V} % {más|menos} que la región {F} en {Y}.
orders count 0: El equipo tramitó {V} pedidos en {M}.
orders count 0: A lo largo de {Y} entraron {V} pedidos.
orders average 0: Cada pedido supuso en {Y} unas ventas medias de {V} €.
orders best 0: La región líder en {Y} fue {E}, con ventas de {V} €.
orders in-turn 0: Las regiones {F} y {E} lograron ventas de {W} € y {V} €, respectivamente, en {Y}.
orders direction 0: Las ventas de la región {E} {subieron|bajaron} en {Y} respecto a {X}.
facts value 0: El centro de {E} atendió a {V} pacientes en {Y}.
facts value 0: En {Y} pasaron por {E} {V} pacientes.
facts value 1: Se prestaron {V} consultas en {E} durante {Y}.
facts value 2: Los gastos de {E} treparon hasta los {V} € en {Y}.
facts share 0: {E} acogió al {V} % de los pacientes en {Y}.
facts change 1: Las consultas de {E} {aumentaron|cayeron} un {V} % en {Y} respecto a {X}.
facts in-turn 0: {F} y {E} recibieron {W} y {V} pacientes, respectivamente, en {Y}.
facts gap 0: {E} atendió {V} pacientes más que {F} en {Y}.
statement value 0: Los ingresos por servicios del ejercicio {Y} fueron {V} €.
statement millions 0: Los ingresos por servicios se quedaron en {V} millones de euros en {Y}.
statement value 1: Destinamos {V} € a gastos de personal en {Y}.
statement change 1: Los gastos de personal se {incrementaron|redujeron} un {V} % en {Y}.
statement value 2: Pagamos {V} € en alquileres en {Y}.
statement value 5: El resultado neto de {Y} fue de {V} €.
statement years-in-turn 3: La publicidad costó {W} € y {V} € en {X} y {Y}, respectivamente.`,
  pt: `orders value 0: A região {E} encerrou {M} com receita de {V} €.
orders value 0: Durante {M}, a região {E} trouxe-nos {V} € de receita.
orders value 0: No acumulado de {Y}, a receita ficou-se pelos {V} €.
orders value 0: O produto {P} rendeu {V} € de receita em {Y}.
orders value 0: Os clientes da região {E} garantiram {V} € de receita em {Y}.
orders value 1: Escoámos {V} unidades de {P} no {Q}.
orders value 1: A região {E} comprou {V} unidades em {M}.
orders share 0: A região {E} concentrou {V} % da receita em {Y}.
orders share 0: O peso de {P} na receita foi de {V} % em {Y}.
orders change 0: A receita da região {E} {avançou|recuou} {V} % em {Y} face a {X}.
orders change 0: Em {Y} houve {um aumento|uma quebra} de {V} % na receita da região {E} em relação a {X}.
orders delta 0: A receita na região {E} {subiu|desceu} {V} € entre {X} e {Y}.
orders from-to 0: De {W} € em {X}, a receita da região {E} evoluiu para {V} € em {Y}.
orders compare 0: A região {E} vendeu {V} % {mais|menos} do que a região {F} em {Y}.
orders count 0: A equipa processou {V} encomendas em {M}.
orders count 0: Ao longo de {Y} chegaram-nos {V} encomendas.
orders average 0: Em média, cada encomenda gerou {V} € de receita em {Y}.
orders best 0: A região mais forte em {Y} foi {E}, com receita de {V} €.
orders in-turn 0: As regiões {F} e {E} obtiveram receitas de {W} € e {V} €, respetivamente, em {Y}.
orders direction 0: A receita da região {E} {cresceu|caiu} em {Y} em relação a {X}.
facts value 0: A loja de {E} acolheu {V} visitantes em {Y}.
facts value 0: Passaram pela loja de {E} {V} visitantes em {Y}.
facts value 1: As vendas de {E} cifraram-se em {V} € em {Y}.
facts value 2: Em {E} trabalham {V} funcionários em {Y}.
facts share 1: {E} respondeu por {V} % das vendas em {Y}.
facts change 0: O número de visitantes em {E} {aumentou|diminuiu} {V} % em {Y} face a {X}.
facts in-turn 1: {F} e {E} faturaram {W} € e {V} € em vendas, respetivamente, em {Y}.
facts gap 2: {E} tem {V} funcionários a mais do que {F} em {Y}.
statement value 0: A receita de serviços de {Y} foi de {V} €.
statement millions 0: Terminámos {Y} com receita de serviços de {V} milhões de euros.
statement value 1: Gastámos {V} € em custos com pessoal em {Y}.
statement change 1: Os custos com pessoal {agravaram-se|recuaram} {V} % em {Y} face a {X}.
statement value 2: Pagámos {V} € de rendas em {Y}.
statement value 5: O resultado líquido de {Y} cifrou-se em {V} €.
statement years-in-turn 3: A publicidade custou {W} € e {V} € em {X} e {Y}, respetivamente.`,
};

/** More wordings, written when the first half had been looked at. */
const later: Readonly<Record<Language, string>> = {
  en: `orders value 0: {M} turned out to be a decent month for the {E}, with revenue reaching €{V}.
orders value 0: Total revenue in {Q} worked out at €{V}.
orders value 0: The {E} remains a small market for us; revenue there was just €{V} in {Y}.
orders share 0: In {Y} the {E} was responsible for {V}% of revenue.
orders share 0: The {E} alone accounted for {V}% of total revenue in {Y}.
orders change 0: In the {E}, revenue for {Y} came in {V}% {above|below} the prior year.
orders change 0: Revenue in the {E} was {up|down} {V}% year-on-year in {Y}.
orders change 0: Year on year, revenue in the {E} {soared|slumped} by {V}% in {Y}.
orders count 0: In {M}, customers placed {V} orders with us.
orders gap 0: The {E} brought in €{V} more revenue than the {F} in {Y}.
orders average 0: The average order value in terms of revenue was €{V} in {Y}.
facts value 0: {V} visitors found their way to {E} in {Q}.
facts value 2: Headcount at {E} stood at {V} employees in {Q}.
facts share 1: {E} took {V}% of sales in {Q}.
statement value 2: Spending on personnel expenses hit €{V} in {Y}.
statement change 0: Subscription revenue {rose|fell} from {X} to {Y} by {V}%.
statement value 1: Revenue from hardware totalled €{V} in {Y}.`,
  de: `orders value 0: Der {M} brachte der Region {E} Umsätze von {V} €.
orders value 0: Im {Q} summierten sich die Umsätze auf {V} €.
orders share 0: Mit einem Anteil von {V} % am Umsatz war die Region {E} {Y} unser wichtigster Markt.
orders change 0: Die Region {E} konnte ihren Umsatz {Y} um {V} % {steigern|nicht halten und verlor}.
orders change 0: Im Jahresvergleich {stieg|sank} der Umsatz in der Region {E} {Y} um {V} %.
orders gap 0: In der Region {E} lag der Umsatz {Y} um {V} € über dem der Region {F}.
orders count 0: {V} Bestellungen erreichten uns im {M}.
facts value 1: Die Belegschaft in {E} zählte {Y} {V} Mitarbeiter.
facts value 0: {V} Tonnen betrug die Produktion in {E} im Jahr {Y}.
statement value 4: An Mieten zahlten wir {Y} {V} €.
statement change 0: Die Umsatzerlöse {nahmen|gingen} {Y} um {V} % {zu|zurück}.`,
  fr: `orders value 0: Les ventes de la région {E} totalisent {V} € pour {M}.
orders change 0: Sur un an, les ventes de la région {E} {montent|baissent} de {V} % en {Y}.
orders share 0: La part de la région {E} dans les ventes est de {V} % en {Y}.
facts value 1: L'effectif de {E} s'établit à {V} salariés en {Y}.
statement value 0: En {Y}, le chiffre d'affaires a franchi {V} €.
statement change 5: Le résultat net {grimpe|chute} de {V} % en {Y}.`,
  es: `orders value 0: {M} dejó ventas de {V} € en la región {E}.
orders change 0: Las ventas de la región {E} fueron un {V} % {superiores|inferiores} en {Y} a las de {X}.
orders share 0: El {V} % de las ventas de {Y} correspondió a la región {E}.
facts value 0: {E} sumó {V} pacientes en {Y}.
statement value 1: Los gastos de personal ascendieron a {V} € en {Y}.
statement delta 2: Los alquileres se {encarecieron|abarataron} en {V} € en {Y}.`,
  pt: `orders value 0: {M} valeu {V} € de receita na região {E}.
orders change 0: A receita da região {E} ficou {V} % {acima|abaixo} do ano anterior em {Y}.
orders share 0: Coube à região {E} {V} % da receita de {Y}.
facts value 0: {E} contou {V} visitantes em {Y}.
statement value 1: Os custos com pessoal ascenderam a {V} € em {Y}.
statement change 0: A receita de serviços {aumentou|diminuiu} {V} % em {Y}.`,
};

/** Every wording with its place in one of two halves; the sealed half is for counting only. */
export const unseen: readonly (Template & { readonly isSealed: boolean })[] = [
  ...templatesOf(lines, false),
  ...templatesOf(later, true),
  ...templatesOf(secondRound, true),
];

function templatesOf(
  all: Readonly<Record<Language, string>>,
  isOpen: boolean,
): (Template & { readonly isSealed: boolean })[] {
  return (Object.entries(all) as [Language, string][]).flatMap(([language, text]) =>
    text.split("\n").map((line) => {
      const [, book, claim, measure, said] = /^(\w+) ([\w-]+) (\d): (.*)$/.exec(line) ?? [];
      if (said === undefined) throw new Error(`no wording: ${line}`);
      return {
        language,
        book: book as Book,
        claim: claim as Claim,
        measure: Number(measure),
        text: said,
        isSealed: !isOpen && hash(said) % 2 === 1,
      };
    }),
  );
}

function hash(text: string): number {
  let sum = 2166136261;
  for (const letter of text) sum = Math.imul(sum ^ letter.codePointAt(0)!, 16777619);
  return (sum >>> 8) & 0xffff;
}
