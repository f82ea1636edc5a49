/**
 * A kind of edit, and the paragraphs before and after it; `|` between the cells of a table row, `# ` before a heading,
 * `[…]` around the text of a hyperlink, `{…}` around that of a content control.
 */
export type RedlinePair = readonly [edit: string, before: readonly string[], after: readonly string[]];

const terms = [
  "# 1 Scope",
  "The supplier delivers the goods listed in annex A within thirty days of the order.",
  "# 2 Payment",
  "Invoices are due within 30 days of receipt. Late payments bear interest at 5 % per year.",
  "# 3 Liability",
  "Neither party is liable for indirect damage, loss of profit or loss of data.",
  "# 4 Term",
  "This agreement runs for two years and renews for one year unless either party gives notice.",
];

/** `terms` with some lines replaced; `null` removes one. */
function edited(changes: Readonly<Record<number, string | readonly string[] | null>>): string[] {
  return terms.flatMap((line, index) => {
    const change = changes[index];
    if (change === undefined) return [line];
    if (change === null) return [];
    return typeof change === "string" ? [change] : [...change];
  });
}

const budget = [
  "Item|2025|2026",
  "Rent|12,000|12,400",
  "Travel|3,500|2,900",
  "Software|8,100|9,300",
  "Total|23,600|24,600",
];
const list = ["Bring a laptop.", "Bring a charger.", "Bring your badge.", "Arrive by nine."];

export const redlinePairs: readonly RedlinePair[] = [
  ["typo", ["We recieved your letter of May."], ["We received your letter of May."]],
  ["typo", ["The comittee meets on Monday."], ["The committee meets on Monday."]],
  ["typo", ["Please sign teh form and return it."], ["Please sign the form and return it."]],
  ["double word", ["The the report is late."], ["The report is late."]],
  ["capital letter", ["the office is closed on Friday."], ["The office is closed on Friday."]],
  ["comma", ["After lunch we meet again."], ["After lunch, we meet again."]],
  ["full stop", ["We agree"], ["We agree."]],
  ["quotation marks", ['The "Buyer" pays the price.'], ["The “Buyer” pays the price."]],
  ["hyphen", ["A long term plan is needed."], ["A long-term plan is needed."]],
  [
    "number",
    terms,
    edited({ 3: "Invoices are due within 14 days of receipt. Late payments bear interest at 5 % per year." }),
  ],
  [
    "two numbers",
    terms,
    edited({ 3: "Invoices are due within 14 days of receipt. Late payments bear interest at 8 % per year." }),
  ],
  ["number with separators", ["The price is 12,400.50 euros."], ["The price is 12,900.50 euros."]],
  ["date", ["The meeting is on 3 March 2026 in Bern."], ["The meeting is on 17 March 2026 in Bern."]],
  ["amount in words", ["The fee is five thousand francs."], ["The fee is six thousand francs."]],
  ["name", ["Anna Keller signs for the buyer."], ["Anna Meier signs for the buyer."]],
  ["negation", ["The seller is liable for delay."], ["The seller is not liable for delay."]],
  ["modal verb", ["The tenant may sublet the rooms."], ["The tenant must not sublet the rooms."]],
  [
    "rewording",
    terms,
    edited({
      5: "Neither party shall be liable for indirect or consequential damage, loss of profit or data.",
    }),
  ],
  ["rewording", ["We think that the plan could possibly work in the end."], ["We expect the plan to work."]],
  [
    "rewording",
    ["Due to the fact that it rained, the event was cancelled."],
    ["Because it rained, the event was cancelled."],
  ],
  [
    "active voice",
    ["The report was written by the team in two weeks."],
    ["The team wrote the report in two weeks."],
  ],
  [
    "shortened",
    ["It should be noted that all costs are, as a rule, borne by the client."],
    ["The client bears all costs."],
  ],
  ["sentence added", terms, edited({ 3: `${terms[3]} Payment is made in euros.` })],
  ["sentence added in front", terms, edited({ 5: `This section also binds successors. ${terms[5]}` })],
  [
    "sentence added between",
    terms,
    edited({
      3: "Invoices are due within 30 days of receipt. Discounts do not apply. Late payments bear interest at 5 % per year.",
    }),
  ],
  ["sentence removed", terms, edited({ 3: "Invoices are due within 30 days of receipt." })],
  [
    "sentences swapped",
    ["First we plan the work. Then we do it."],
    ["Then we do it. First we plan the work."],
  ],
  [
    "paragraph added",
    terms,
    edited({ 1: [terms[1]!, "Partial delivery is allowed when the buyer agrees in writing."] }),
  ],
  [
    "paragraph added at the end",
    terms,
    [...terms, "Notice must be given in writing three months before the end of the term."],
  ],
  ["paragraph added at the start", terms, ["Draft for discussion, not binding.", ...terms]],
  ["paragraph removed", terms, edited({ 5: null })],
  ["last paragraph removed", terms, edited({ 7: null })],
  ["section removed", terms, edited({ 4: null, 5: null })],
  [
    "clause moved down",
    terms,
    [...terms.slice(0, 2), ...terms.slice(4, 6), ...terms.slice(2, 4), ...terms.slice(6)],
  ],
  ["clause moved to the end", terms, [...terms.slice(0, 2), ...terms.slice(4), ...terms.slice(2, 4)]],
  ["heading renamed", terms, edited({ 4: "# 3 Limitation of liability" })],
  ["heading replaced", terms, edited({ 6: "# 4 Duration" })],
  [
    "heading and text",
    terms,
    edited({
      2: "# 2 Price and payment",
      3: "Invoices are due within 10 days of receipt. Late payments bear interest at 5 % per year.",
    }),
  ],
  [
    "many small edits",
    terms,
    edited({
      1: "The supplier delivers the goods listed in annex B within thirty days of the order.",
      3: "Invoices are due within 30 days of delivery. Late payments bear interest at 6 % per year.",
      7: "This agreement runs for three years and renews for one year unless either party gives notice.",
    }),
  ],
  ["list item added", list, [...list.slice(0, 2), "Bring a notebook.", ...list.slice(2)]],
  ["list item added at the end", list, [...list, "Leave by five."]],
  ["list item removed", list, [list[0]!, list[2]!, list[3]!]],
  ["list item edited", list, [list[0]!, list[1]!, "Bring your new badge.", list[3]!]],
  ["list sorted", list, [list[1]!, list[0]!, list[2]!, list[3]!]],
  ["table cell", budget, budget.map((line) => line.replace("2,900", "3,100"))],
  ["table figures", budget, budget.map((line) => line.replace("9,300", "9,800").replace("24,600", "25,100"))],
  ["table row added", budget, [...budget.slice(0, 4), "Training|1,000|1,500", budget[4]!]],
  ["table row removed", budget, [...budget.slice(0, 2), ...budget.slice(3)]],
  ["table row renamed", budget, budget.map((line) => line.replace("Travel", "Travel and hotels"))],
  ["table header", budget, budget.map((line) => line.replace("Item|2025|2026", "Cost|2025|2026 plan"))],
  [
    "German",
    ["Die Lieferung erfolgt binnen dreißig Tagen ab Bestellung."],
    ["Die Lieferung erfolgt binnen vierzehn Tagen ab Eingang der Bestellung."],
  ],
  [
    "French",
    ["L'acheteur paie le prix dans les trente jours."],
    ["L’acheteur paie le prix convenu dans les vingt jours."],
  ],
  ["Chinese", ["本合同自签署之日起生效。"], ["本合同自双方签署之日起生效。"]],
  ["Arabic", ["يسري هذا العقد لمدة سنتين."], ["يسري هذا العقد لمدة ثلاث سنوات."]],
  ["hyperlink", ["See [the old price list] for details."], ["See [the new price list] for details."]],
  [
    "hyperlink and text",
    ["The rules are [on the notice board of the library] and apply to all members."],
    ["The house rules are [on the notice board of the reading room] and apply to all."],
  ],
  [
    "hyperlink removed",
    ["Read [the manual] and then [the safety notes] before use."],
    ["Read [the safety notes] before use."],
  ],
  [
    "content control",
    ["The buyer is {Anna Keller, Lakeside 4, Bern} and pays in advance."],
    ["The buyer is {Anna Keller, Lakeside 14, Bern} and pays in arrears."],
  ],
  [
    "column added",
    budget,
    budget.map((line, row) => `${line}|${["2027", "12,900", "3,000", "9,900", "25,800"][row]}`),
  ],
  ["column removed", budget, budget.map((line) => line.replace(/\|[^|]*$/, ""))],
  [
    "column added between, with other figures",
    budget,
    budget.map((line, row) =>
      line.replace("|", `|${["Note", "paid", "open", "", "net"][row]}|`).replace("2,900", "2,700"),
    ),
  ],
  [
    "column and row removed",
    budget,
    budget.filter((line) => !line.startsWith("Travel")).map((line) => line.replace(/\|[^|]*/, "")),
  ],
  ["paragraph split", terms, edited({ 3: terms[3]!.split(/(?<=\.) /) })],
  [
    "paragraph split, with edits",
    terms,
    edited({
      3: ["Invoices are due within 10 days of receipt.", "Late payments bear interest at 5 % per year."],
    }),
  ],
  [
    "paragraph split in three",
    ["We came early. Nobody was there. So we left a note."],
    ["We came early.", "Nobody was there.", "So we left a short note."],
  ],
  ["paragraphs joined", [terms[1]!, terms[5]!], [`${terms[1]} ${terms[5]}`]],
  [
    "paragraphs joined, with edits",
    ["Start here.", terms[1]!, terms[5]!, "Stop there."],
    [
      "Start here.",
      `${terms[1]!.replace("thirty", "ten")} ${terms[5]!.replace("profit", "income")}`,
      "Stop there.",
    ],
  ],
  ["list item split", list, [...list.slice(0, 3), "Arrive by", "nine."]],
  [
    "defined term",
    ["The Company pays the Company's share to the Bank."],
    ["The Borrower pays the Borrower's share to the Bank."],
  ],
  [
    "web address",
    ["See https://example.com/terms for more."],
    ["See https://example.com/terms-2026 for more."],
  ],
];
