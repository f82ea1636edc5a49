import type { Language } from "../read/language.ts";

/** A second round of wordings, written before the rules that were looked at with them; `{B}` is a month without its year. */
export const secondRound: Readonly<Record<Language, string>> = {
  en: `orders value 0: Hi all, quick update on the {E}: revenue for {Y} landed at €{V}.
orders value 0: Revenue of €{V} was generated in the {E} in {M}.
orders value 0: {E} revenue ({Y}): €{V}
orders value 0: As the chart shows, the {E}, which we entered years ago, generated revenue of €{V} in {Y}.
orders from-to 0: In the {E}, revenue went from €{W} in {X} to €{V} in {Y}.
orders up-to 0: Revenue in the {E} was {up|down} {P}% to €{V} in {Y}.
orders of-which 0: Revenue came to €{W} in {Y}, of which €{V} in the {E}.
orders out-of 0: {V} out of {W} orders in {Y} came from the {E}.
orders out-of 0: Of the {W} orders placed in {Y}, {V} were for the {E}.
orders monthly 0: On average, revenue in the {E} was €{V} a month in {Y}.
orders monthly 0: Average monthly revenue in {Y}: €{V}.
orders year-to-date 0: From January to {B} {Y}, revenue added up to €{V}.
orders year-to-date 0: Between January and {B} {Y} we took €{V} in revenue.
orders best-month 0: The best month of {Y} was {B}, with revenue of €{V}.
orders best-month 0: Revenue peaked in {B} {Y} at €{V}.
orders month-change 0: Compared with the previous month, revenue {rose|fell} by {V}% in {M}.
orders quarter-change 0: In {Q}, revenue {grew|shrank} by {V}% quarter on quarter.
orders both 0: Together, the {E} and the {F} generated revenue of €{V} in {Y}.
orders gap 0: The difference in revenue between the {E} and the {F} was €{V} in {Y}.
orders times 0: Revenue in the {E} was {V} times that of the {F} in {Y}.
orders share 0: With €{N}, the {E} made up {V}% of {Y} revenue.
facts change 0: Good news from {E}: visitors {climbed|dropped} {V}% in {Q} compared with a year earlier.
facts value 1: Sales of €{V} were achieved by {E} in {Q}.
facts compare 0: {E} had {V}% {more|fewer} visitors than {F} in {Q}.
statement change 5: Net income {up|down} {V}% in {Y}
statement from-to 0: Subscription revenue moved from €{W} in {X} to €{V} in {Y}.
statement delta 3: We spent €{V} {more|less} on marketing expenses in {Y} than in {X}.
statement value 4: Depreciation (€{V} in {Y}) remained our smallest cost block.`,
  de: `orders value 0: Liebe Kolleginnen und Kollegen, die Region {E} hat {Y} einen Umsatz von {V} € gemacht.
orders value 0: Umsatz {E} {Y}: {V} €
orders value 0: {V} € Umsatz wurden im {M} in der Region {E} erzielt.
orders of-which 0: Der Umsatz betrug {Y} {W} €, davon {V} € in der Region {E}.
orders out-of 0: {V} von {W} Bestellungen gingen {Y} in die Region {E}.
orders monthly 0: Im Schnitt wurden {Y} in der Region {E} {V} € Umsatz pro Monat erzielt.
orders year-to-date 0: Von Januar bis {B} {Y} belief sich der Umsatz auf {V} €.
orders best-month 0: Der stärkste Monat des Jahres {Y} war der {B} mit einem Umsatz von {V} €.
orders month-change 0: Gegenüber dem Vormonat {stieg|fiel} der Umsatz im {M} um {V} %.
orders quarter-change 0: Im {Q} {wuchs|sank} der Umsatz gegenüber dem Vorquartal um {V} %.
orders both 0: Zusammen kamen die Regionen {E} und {F} {Y} auf einen Umsatz von {V} €.
orders gap 0: Der Umsatz der Region {E} übertraf {Y} den der Region {F} um {V} €.
orders up-to 0: Der Umsatz der Region {E} {stieg|sank} {Y} um {P} % auf {V} €.
facts share 0: Aus {E} kamen {Y} {V} % der gesamten Produktion.
facts change 1: Die Zahl der Mitarbeiter in {E} {erhöhte|verringerte} sich {Y} gegenüber {X} um {V} %.
facts times 2: In {E} waren die Investitionen {Y} {V}-mal so hoch wie in {F}.
statement from-to 2: Der Personalaufwand entwickelte sich von {W} € ({X}) auf {V} € ({Y}).
statement change 5: Jahresüberschuss {Y}: {plus|minus} {V} % zum Vorjahr`,
  fr: `orders value 0: Bonjour à tous, la région {E} a réalisé {V} € de ventes en {Y}.
orders value 0: Ventes {E} {Y} : {V} €
orders of-which 0: Les ventes s'élèvent à {W} € en {Y}, dont {V} € dans la région {E}.
orders out-of 0: {V} commandes sur {W} provenaient de la région {E} en {Y}.
orders monthly 0: En moyenne, les ventes de la région {E} ont été de {V} € par mois en {Y}.
orders year-to-date 0: De janvier à {B} {Y}, les ventes ont totalisé {V} €.
orders best-month 0: Le meilleur mois de {Y} a été {B}, avec des ventes de {V} €.
orders month-change 0: Par rapport au mois précédent, les ventes ont {augmenté|diminué} de {V} % en {M}.
orders both 0: Ensemble, les régions {E} et {F} ont réalisé {V} € de ventes en {Y}.
facts from-to 0: À {E}, le chiffre d'affaires est passé de {W} € en {X} à {V} € en {Y}.
facts compare 2: {E} a signé {V} % de contrats de {plus|moins} que {F} en {Y}.
statement delta 3: Les loyers ont {augmenté|baissé} de {V} € entre {X} et {Y}.`,
  es: `orders value 0: Buenos días: la región {E} cerró {Y} con ventas de {V} €.
orders value 0: Ventas {E} {Y}: {V} €
orders of-which 0: Las ventas sumaron {W} € en {Y}, de los cuales {V} € en la región {E}.
orders out-of 0: {V} de los {W} pedidos de {Y} procedían de la región {E}.
orders monthly 0: De media, las ventas de la región {E} fueron de {V} € al mes en {Y}.
orders year-to-date 0: De enero a {B} de {Y}, las ventas alcanzaron {V} €.
orders best-month 0: El mejor mes de {Y} fue {B}, con ventas de {V} €.
orders month-change 0: Respecto al mes anterior, las ventas {subieron|bajaron} un {V} % en {M}.
facts from-to 0: En {E}, los pacientes pasaron de {W} en {X} a {V} en {Y}.
facts value 2: Los gastos de {E}, que en {Y} fueron de {V} €, siguen bajo control.
statement change 5: Resultado neto de {Y}: {sube|baja} un {V} %`,
  pt: `orders value 0: Bom dia: a região {E} fechou {Y} com uma receita de {V} €.
orders value 0: Receita {E} {Y}: {V} €
orders of-which 0: A receita somou {W} € em {Y}, dos quais {V} € na região {E}.
orders out-of 0: {V} das {W} encomendas de {Y} vieram da região {E}.
orders monthly 0: Em média, a receita da região {E} foi de {V} € por mês em {Y}.
orders year-to-date 0: De janeiro a {B} de {Y}, a receita atingiu {V} €.
orders best-month 0: O melhor mês de {Y} foi {B}, com uma receita de {V} €.
orders month-change 0: Face ao mês anterior, a receita {subiu|caiu} {V} % em {M}.
facts from-to 1: Em {E}, as vendas passaram de {W} € em {X} para {V} € em {Y}.
facts compare 0: {E} teve {V} % {mais|menos} visitantes do que {F} em {Y}.
statement value 3: A publicidade, que custou {V} € em {Y}, foi reforçada.`,
};
