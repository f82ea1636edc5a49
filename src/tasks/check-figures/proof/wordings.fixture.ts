import type { Language } from "../read/language.ts";

/** What a wording claims; the proof computes the truth of each by itself. */
export type Kind =
  | "region-month"
  | "year"
  | "share"
  | "change"
  | "count"
  | "quantity"
  | "from-to"
  | "compare"
  | "rank"
  | "list"
  | "average"
  | "scaled"
  | "customers"
  | "year-over-month"
  | "direction"
  | "statement"
  | "statement-change"
  | "doubled"
  | "margin"
  | "points";

export type Wording = { readonly kind: Kind; readonly language: Language; readonly text: string };

const kinds = (language: Language, lines: string): Wording[] =>
  lines
    .trim()
    .split("\n")
    .map((line) => {
      const at = line.indexOf(":");
      return { kind: line.slice(0, at).trim() as Kind, language, text: line.slice(at + 1).trim() };
    });

/**
 * Wordings that the checker was made with. `{V}` is the figure that is proved, `{R}` a region, `{S}` another one, `{P}` a
 * product, `{M}` a month with its year, `{Q}` a quarter, `{Y}` a year, `{X}` the year before, `{UP}` rose or fell, `{MORE}`
 * more or less, `{W}` a second figure that is always right.
 */
export const developed: readonly Wording[] = [
  ...kinds(
    "en",
    `region-month: Revenue in the {R} was {V} € in {M}.
    region-month: In {M}, the {R} booked revenue of €{V}.
    region-month: The {R} region generated €{V} in {M}, driven by strong demand.
    year: Total revenue amounted to {V} € in {Y}.
    year: In {Y} we had sales of {V} €.
    year: Overall, revenue reached €{V} in {Y}.
    share: The {R} accounted for {V} % of revenue in {Y}.
    share: In {Y}, {V} % of total revenue came from the {R}.
    share: The share of the {R} in revenue was {V} % in {Y}.
    change: Revenue in the {R} {UP} by {V} % in {Y}.
    change: In {Y}, revenue in the {R} {UP} {V} % compared with {X}.
    change: Compared with the previous year, revenue in the {R} {UP} by {V} % in {Y}.
    count: {V} orders were placed in {M}.
    count: In {M} we received {V} orders.
    count: The number of orders was {V} in {M}.
    quantity: Customers bought {V} units of {P} in {Q}.
    quantity: In {Q}, the quantity of {P} came to {V}.
    from-to: Revenue in the {R} {UP} from €{W} in {X} to €{V} in {Y}.
    compare: In {Y}, revenue in the {R} was {V} % {MORE} than in the {S}.
    rank: The {R} had the {V} revenue of all regions in {Y}.
    rank: In {Y}, the {R} was the {V} region by revenue.
    list: In {Y}, revenue was {W} € in the {S} and {V} € in the {R}.
    list: The {S} reached revenue of {W} € in {Y}, while the {R} came to {V} €.
    average: The average revenue per order was {V} € in {Y}.
    scaled: Revenue reached about {V} thousand € in {Y}.
    customers: {V} customers placed orders in {M}.
    year-over-month: Revenue {UP} by {V} % in {M} compared with the previous month.
    direction: Revenue in the {R} {V} in {Y} compared with {X}.
    statement: Staff costs were {V} in {Y}.
    statement: In {Y}, travel expenses came to {V}.
    statement-change: Product sales {UP} by {V} % in {Y}.
    doubled: Licence fees {V} in 2025.
    margin: The margin in the {R} was {V} % in {Y}.
    points: The margin in the {R} {UP} by {V} in {Y}.`,
  ),
  ...kinds(
    "de",
    `region-month: Der Umsatz in der Region {R} betrug im {M} {V} €.
    region-month: Im {M} erzielte die Region {R} einen Umsatz von {V} Euro.
    year: Der Gesamtumsatz lag {Y} bei {V} €.
    share: Auf die Region {R} entfielen {Y} {V} % des Umsatzes.
    change: Der Umsatz in der Region {R} {UP} {Y} um {V} % gegenüber dem Vorjahr.
    count: Im {M} gingen {V} Bestellungen ein.
    quantity: Im {Q} wurden {V} Stück von {P} verkauft.
    from-to: Der Umsatz in der Region {R} {UP} von {W} € im Jahr {X} auf {V} € im Jahr {Y}.
    compare: Der Umsatz lag {Y} in der Region {R} um {V} % {MORE} als in der Region {S}.
    rank: Die Region {R} hatte {Y} den {V} Umsatz aller Regionen.
    list: Im Jahr {Y} betrug der Umsatz {W} € in der Region {S} und {V} € in der Region {R}.
    average: Der durchschnittliche Umsatz pro Bestellung betrug {Y} {V} €.`,
  ),
  ...kinds(
    "fr",
    `region-month: Les ventes dans la région {R} se sont élevées à {V} € en {M}.
    year: En {Y}, les ventes totales ont atteint {V} €.
    share: La région {R} a représenté {V} % des ventes en {Y}.
    change: Les ventes de la région {R} ont {UP} de {V} % en {Y} par rapport à {X}.
    count: {V} commandes ont été enregistrées en {M}.
    quantity: Au {Q}, la quantité vendue de {P} a été de {V} unités.
    from-to: Les ventes de la région {R} sont passées de {W} € en {X} à {V} € en {Y}.
    rank: La région {R} a enregistré les ventes {V} de toutes les régions en {Y}.
    list: En {Y}, les ventes ont été de {W} € dans la région {S} et de {V} € dans la région {R}.`,
  ),
  ...kinds(
    "es",
    `region-month: Las ventas en la región {R} ascendieron a {V} € en {M}.
    year: En {Y}, las ventas totales alcanzaron {V} €.
    share: La región {R} representó el {V} % de las ventas en {Y}.
    change: Las ventas en la región {R} {UP} un {V} % en {Y} respecto a {X}.
    count: En {M} se registraron {V} pedidos.
    quantity: En el {Q} se vendieron {V} unidades de {P}.
    from-to: Las ventas en la región {R} pasaron de {W} € en {X} a {V} € en {Y}.
    list: En {Y}, las ventas fueron de {W} € en la región {S} y de {V} € en la región {R}.`,
  ),
  ...kinds(
    "pt",
    `region-month: A receita na região {R} foi de {V} € em {M}.
    year: Em {Y}, a receita total atingiu {V} €.
    share: A região {R} representou {V} % da receita em {Y}.
    change: A receita na região {R} {UP} {V} % em {Y} em relação a {X}.
    count: Em {M} foram registadas {V} encomendas.
    quantity: No {Q} foram vendidas {V} unidades de {P}.
    from-to: A receita na região {R} passou de {W} € em {X} para {V} € em {Y}.
    list: Em {Y}, a receita foi de {W} € na região {S} e de {V} € na região {R}.`,
  ),
];

/** The same claims in words that were looked at only once, when the checker was done. */
export const heldBack: readonly Wording[] = [
  ...kinds(
    "en",
    `region-month: The {R} closed {M} with revenue of {V} €.
    region-month: Sales in the {R} totalled €{V} in {M}, despite the weather.
    year: The company recorded revenue of €{V} for {Y}.
    year: Revenue came in at {V} € in {Y}, a solid result.
    share: The {R} contributed {V} % to total revenue in {Y}.
    share: {V} % of our revenue in {Y} was generated in the {R}.
    change: The {R} saw its revenue {UP} by {V} % in {Y} year on year.
    change: Revenue in the {R}, which {UP} by {V} % in {Y} over {X}, surprised everyone.
    count: A total of {V} orders came in during {M}.
    count: There were {V} orders in {M}.
    quantity: {V} units of {P} were sold in {Q}.
    quantity: Sales of {P} reached {V} units in {Q}.
    from-to: In the {R}, revenue went from €{W} in {X} to €{V} in {Y}.
    compare: The {R} earned {V} % {MORE} revenue than the {S} in {Y}.
    rank: The {R} recorded the {V} revenue in {Y}.
    list: In {Y} the {S} contributed revenue of {W} € and the {R} {V} €.
    average: On average, an order brought revenue of {V} € in {Y}.
    scaled: At roughly {V} thousand euros, revenue in {Y} was in line with our plans.
    customers: In {M}, we served {V} customers.
    year-over-month: In {M}, revenue {UP} {V} % month on month.
    direction: Compared to {X}, revenue in the {R} {V} in {Y}.
    statement: We spent {V} on staff costs in {Y}.
    statement: Rent amounted to {V} in {Y}.
    statement-change: Staff costs {UP} {V} % in {Y} compared to {X}.
    doubled: In 2025, rent {V} compared with the year before.
    margin: In {Y}, the {R} achieved a margin of {V} %.
    points: In {Y}, the margin of the {R} {UP} by {V}.`,
  ),
  ...kinds(
    "de",
    `region-month: Die Region {R} verzeichnete im {M} Umsätze in Höhe von {V} €.
    year: Insgesamt belief sich der Umsatz {Y} auf {V} Euro.
    share: Der Anteil der Region {R} am Umsatz betrug {Y} {V} %.
    change: In der Region {R} {UP} der Umsatz {Y} im Vergleich zu {X} um {V} %.
    count: Insgesamt {V} Bestellungen wurden im {M} erfasst.
    quantity: Die Menge von {P} erreichte im {Q} {V} Stück.
    from-to: In der Region {R} {UP} der Umsatz von {W} € ({X}) auf {V} € ({Y}).
    rank: {Y} war {R} die Region mit dem {V} Umsatz.
    list: {Y} kam die Region {S} auf einen Umsatz von {W} €, die Region {R} auf {V} €.
    average: Im Durchschnitt brachte eine Bestellung {Y} einen Umsatz von {V} €.`,
  ),
  ...kinds(
    "fr",
    `region-month: En {M}, la région {R} a réalisé {V} € de ventes.
    year: Au total, les ventes se sont établies à {V} € en {Y}.
    share: En {Y}, {V} % des ventes provenaient de la région {R}.
    change: En {Y}, les ventes de la région {R} ont {UP} de {V} % sur un an.
    count: Nous avons reçu {V} commandes en {M}.
    from-to: Dans la région {R}, les ventes sont passées de {W} € en {X} à {V} € en {Y}.
    list: Les ventes ont atteint {W} € dans la région {S} et {V} € dans la région {R} en {Y}.`,
  ),
  ...kinds(
    "es",
    `region-month: En {M}, la región {R} registró ventas por {V} €.
    year: Las ventas totales sumaron {V} € en {Y}.
    share: En {Y}, el {V} % de las ventas provino de la región {R}.
    change: En {Y}, las ventas de la región {R} {UP} un {V} % frente al año anterior.
    count: Recibimos {V} pedidos en {M}.
    from-to: En la región {R}, las ventas pasaron de {W} € en {X} a {V} € en {Y}.
    list: Las ventas alcanzaron {W} € en la región {S} y {V} € en la región {R} en {Y}.`,
  ),
  ...kinds(
    "pt",
    `region-month: Em {M}, a região {R} registou uma receita de {V} €.
    year: A receita total somou {V} € em {Y}.
    share: Em {Y}, {V} % da receita veio da região {R}.
    change: Em {Y}, a receita da região {R} {UP} {V} % face ao ano anterior.
    count: Recebemos {V} encomendas em {M}.
    from-to: Na região {R}, a receita passou de {W} € em {X} para {V} € em {Y}.
    list: A receita atingiu {W} € na região {S} e {V} € na região {R} em {Y}.`,
  ),
];

/** Sentences whose numbers the workbooks can't know; none of them may be contradicted. */
export const besideTheTables: readonly string[] = `Recurring revenue in the North was 12,345 € in March 2025.
Revenue from new customers reached 45,000 € in 2025.
The revenue target for 2025 is 2,000,000 €.
Revenue before discounts was 912,000 € in 2025.
Our competitor's revenue grew by 34 % in 2025.
Online revenue in the South accounted for 12 % of the market in 2025.
The company employs 340 people in 17 countries.
Revenue should reach 1.5 million € by 2027.
The North opened 3 warehouses in 2025 and hired 42 drivers.
The contract runs for 24 months at 3.5 % interest.
Net revenue excluding Alpha was 300,000 € in 2025.
Revenue per employee was 81,000 € in 2025.
The North sold to 12 of the 20 largest retailers in March 2025.
About 15 % of orders were returned in 2025.
The average delivery time of orders fell to 3.2 days in 2025.
Orders above 500 € made up 40 % of revenue in 2025.
In the first week of March 2025, revenue was 9,000 €.
Revenue in Spain was 120,000 € in 2025.
Revenue of Firm Z was 50,000 € in 2025.
Marketing costs rose by 8 % in 2025.
The North's largest customer brought revenue of 44,000 € in 2025.
Revenue on weekends was 5,000 € in 2025.
We expect revenue to grow by 5 % in 2026.
Every fifth order, 20 %, was paid late.
Since 2019 revenue has grown by 80 %.
Revenue in the North and the South without Gamma came to 100,000 € in 2025.
Der wiederkehrende Umsatz in der Region Nord betrug 2025 12.345 €.
Das Umsatzziel für 2026 liegt bei 2 Mio. €.
Les ventes en ligne ont atteint 12 000 € en 2025.
Las ventas netas de impuestos fueron de 120.000 € en 2025.
A receita recorrente foi de 12 000 € em 2025.`.split("\n");
