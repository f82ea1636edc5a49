import type { GridOptions } from "./grid.fixture.ts";

/** What a person would select: header rows included; title, notes and the sums at the end left out. */
export type ExpectedRegion = {
  readonly range: string;
  readonly headerRows: number;
  /** Sheet rows that sum others up, inside the range or below it. */
  readonly totals?: readonly number[];
};

export type MessySheet = {
  readonly name: string;
  readonly drawing: string;
  readonly options?: GridOptions;
  /** Empty for what is no table. */
  readonly expected: readonly ExpectedRegion[];
};

/**
 * Sheets as people make them, drawn for `grid`, and labelled before any code had looked at them. Long, because it is
 * nothing but drawings.
 */
export const messySheets: readonly MessySheet[] = [
  {
    name: "a plain list",
    drawing: `
Order | Date | Customer | Amount
1001 | 2024-01-05 | Miller | 120.5
1002 | 2024-01-06 | Kowalski | 80
1003 | 2024-01-09 | Okafor | 311.2
1004 | 2024-01-09 | Miller | 15`,
    expected: [{ range: "A1:D5", headerRows: 1 }],
  },
  {
    name: "title and subtitle, a blank row, a total",
    drawing: `
*Sales by branch*
First quarter, preliminary

*Branch* | *Manager* | *Units* | *Revenue*
North | Ana | 120 | $2400.50
South | Ben | 95 | $1900
East | Cleo | 143 | $2860
Total | | =358 | =$7160.50`,
    expected: [{ range: "A4:D7", headerRows: 1, totals: [8] }],
  },
  {
    name: "two header rows with merged groups",
    drawing: `
Region | 2023 | | 2024 |
 | Plan | Actual | Plan | Actual
North | 10 | 11 | 12 | 13
South | 20 | 19 | 22 | 25
West | 5 | 6 | 7 | 6`,
    options: { merges: ["A1:A2", "B1:C1", "D1:E1"] },
    expected: [{ range: "A1:E5", headerRows: 2 }],
  },
  {
    name: "group labels without merges and a unit row",
    drawing: `
 | Energy | | Water |
Site | Used | Cost | Used | Cost
 | kWh | € | m3 | €
Lyon | 4000 | 820 | 120 | 300
Gent | 3100 | 640 | 98 | 244
Porto | 2800 | 570 | 77 | 190`,
    expected: [{ range: "A1:E6", headerRows: 3 }],
  },
  {
    name: "German, subtotals and a grand total",
    drawing: `
Umsatz nach Filiale
Filiale | Monat | Umsatz
Köln | Januar | €100
Köln | Februar | €150
Zwischensumme | | =€250
Bonn | Januar | €80
Bonn | Februar | €60
Zwischensumme | | =€140
Gesamtsumme | | =€390`,
    expected: [{ range: "A2:C7", headerRows: 1, totals: [5, 8, 9] }],
  },
  {
    name: "French notes and a source below",
    drawing: `
Ville | Habitants | Surface (km2)
Lille | 236234 | 34.8
Nantes | 320732 | 65.2
Metz | 120874 | 41.9
Total | 677840 | 141.9

Source : recensement, chiffres arrondis
* Surface sans les communes voisines`,
    expected: [{ range: "A1:C4", headerRows: 1, totals: [5] }],
  },
  {
    name: "a blank row between groups of one table",
    drawing: `
Team | Player | Goals | Assists
Reds | Ida | 4 | 2
Reds | Jon | 1 | 5

Blues | Kim | 3 | 3
Blues | Lou | 0 | 1

Greens | Max | 2 | 2`,
    expected: [{ range: "A1:D8", headerRows: 1 }],
  },
  {
    name: "a narrow empty column inside a table",
    drawing: `
Product | Price | | Jan | Feb | Mar
Pen | 1.2 | | 30 | 28 | 35
Ink | 4.5 | | 12 | 15 | 11
Pad | 2.1 | | 60 | 44 | 52
Cap | 0.4 | | 9 | 8 | 7`,
    expected: [{ range: "A1:F5", headerRows: 1 }],
  },
  {
    name: "two stacked tables with a blank row",
    drawing: `
Employee | Hours | Rate
Ann | 38 | 21.5
Bob | 40 | 19
Cem | 22 | 25

Project | Client | Deadline
Alpha | Acme | 2024-03-01
Beta | Umbra | 2024-05-15
Gamma | Acme | 2024-06-30`,
    expected: [
      { range: "A1:C4", headerRows: 1 },
      { range: "A6:C9", headerRows: 1 },
    ],
  },
  {
    name: "two stacked tables without a blank row",
    drawing: `
Month | Visitors | Sales
January | 1200 | 340
February | 1100 | 310
March | 1350 | 402
Country | Visitors | Share
France | 2100 | 57%
Spain | 900 | 25%
Italy | 650 | 18%`,
    expected: [
      { range: "A1:C4", headerRows: 1 },
      { range: "A5:C8", headerRows: 1 },
    ],
  },
  {
    name: "stacked tables, each under its title",
    drawing: `
Income
Source | Amount
Rent | 1200
Fees | 340
Interest | 12
Total income | =1552

Expenses
Item | Amount
Repairs | 400
Insurance | 120
Taxes | 310
Total expenses | =830`,
    expected: [
      { range: "A2:B5", headerRows: 1, totals: [6] },
      { range: "A9:B12", headerRows: 1, totals: [13] },
    ],
  },
  {
    name: "side by side with an empty column",
    drawing: `
City | People | | Item | Stock | Price
Oslo | 709 | | Nut | 40 | 0.1
Bergen | 291 | | Bolt | 32 | 0.2
Bodø | 53 | | Gear | 7 | 8.5
Molde | 32 | | Belt | 12 | 6`,
    expected: [
      { range: "A1:B5", headerRows: 1 },
      { range: "D1:F5", headerRows: 1 },
    ],
  },
  {
    name: "side by side, different heights",
    drawing: `
Open orders | | | | Returns |
Nr | Customer | Sum | | Nr | Reason
1 | Abel | 30 | | 7 | broken
2 | Brun | 45 | | 9 | late
3 | Carl | 12 | | |
4 | Dahl | 90 | | |
5 | Egge | 7 | | |`,
    expected: [
      { range: "A2:C7", headerRows: 1 },
      { range: "E2:F4", headerRows: 1 },
    ],
  },
  {
    name: "the header again at each page",
    drawing: `
Part | Bin | Count
A-1 | 4 | 100
A-2 | 4 | 33
A-3 | 5 | 18
Part | Bin | Count
B-1 | 7 | 90
B-2 | 7 | 61
Part | Bin | Count
C-1 | 9 | 5
C-2 | 9 | 14`,
    expected: [{ range: "A1:C10", headerRows: 1 }],
  },
  {
    name: "section rows inside the body",
    drawing: `
Item | Qty | Price
*Fruit* | |
Apples | 10 | 2.5
Pears | 4 | 3.1
*Vegetables* | |
Leek | 6 | 1.1
Kale | 2 | 2.2
Beans | 5 | 1.9`,
    expected: [{ range: "A1:C8", headerRows: 1 }],
  },
  {
    name: "a form",
    drawing: `
Application for leave

Name: | Dana Fox
Department: | Logistics
From: | 2024-07-01
Until: | 2024-07-12
Days: | 10
Approved: | TRUE`,
    expected: [],
  },
  {
    name: "a cross table with years as headers",
    drawing: `
 | 2019 | 2020 | 2021 | 2022
Cars | 340 | 300 | 321 | 355
Vans | 120 | 110 | 131 | 140
Bikes | 800 | 950 | 990 | 1010`,
    expected: [{ range: "A1:E4", headerRows: 1 }],
  },
  {
    name: "a cross table with years, a named corner and a total row and column",
    drawing: `
Kind | 2021 | 2022 | Total
Day | 10 | 12 | =22
Night | 7 | 9 | =16
Guest | 3 | 4 | =7
Total | =20 | =25 | =45`,
    expected: [{ range: "A1:D4", headerRows: 1, totals: [5] }],
  },
  {
    name: "months as dates in the header",
    drawing: `
Budget 2024
Account | @2024-01 | @2024-02 | @2024-03
Rent | 900 | 900 | 900
Power | 120 | 135 | 99
Phone | 40 | 40 | 41`,
    expected: [{ range: "A2:D5", headerRows: 1 }],
  },
  {
    name: "a financial statement, numbers as text",
    drawing: `
 | | Year ended June 30, |
 | 'Note | '2024 | '2023
Revenue | '3 | '$ 1,452.4 | '$ 1,310.0
Cost of sales | '4 | '(900.1) | '(850.7)
Gross profit | | '552.3 | '459.3
Selling expenses | | '(120.0) | '(99.0)
Other income | '5 | '— | '12.5
Operating profit | | '$ 432.3 | '$ 372.8`,
    expected: [{ range: "A1:D8", headerRows: 2 }],
  },
  {
    name: "assets with sections and sums without a label",
    drawing: `
(in thousands) | '2024 | '2023
Current assets: | |
Cash | '$10,020 | '$9,001
Receivables | '4,310 | '3,900
Inventory | '2,070 | '1,890
 | '16,400 | '14,791
Fixed assets: | |
Land | '5,000 | '5,000
Plant | '7,200 | '6,900
 | '12,200 | '11,900
Total assets | '$28,600 | '$26,691`,
    expected: [{ range: "A1:C9", headerRows: 1, totals: [6, 10, 11] }],
  },
  {
    name: "a sparse table",
    drawing: `
Room | Mon | Tue | Wed | Thu | Fri
101 | | Kay | | |
102 | Lee | | | | Roy
103 | | | Kay | |
104 | | | | Zoe |
105 | Kay | | | | Lee`,
    expected: [{ range: "A1:F6", headerRows: 1 }],
  },
  {
    name: "a table that starts at D7",
    drawing: `
Device | Serial | Bought
Laptop | X-991 | 2021-02-03
Phone | P-120 | 2022-08-30
Scale | S-007 | 2020-11-11`,
    options: { at: "D7" },
    expected: [{ range: "D7:F10", headerRows: 1 }],
  },
  {
    name: "hidden rows and empty formatted rows below",
    drawing: `
Code | Weight (kg) | Active
K1 | 1.5 | TRUE
K2 | 2.25 | FALSE
K3 | 0.8 | TRUE
K4 | 3 | TRUE


`,
    options: { hiddenRows: [3, 4], emptyRows: [6, 7] },
    expected: [{ range: "A1:C5", headerRows: 1 }],
  },
  {
    name: "an index column without a name",
    drawing: `
 | species | length | width
0 | iris | 5.1 | 3.5
1 | rose | 4.9 | 3
2 | lily | 4.7 | 3.2
3 | fern | 4.6 | 3.1`,
    expected: [{ range: "A1:D5", headerRows: 1 }],
  },
  {
    name: "all text",
    drawing: `
Country | Capital | Language
Chile | Santiago | Spanish
Ghana | Accra | English
Japan | Tokyo | Japanese
Latvia | Riga | Latvian`,
    expected: [{ range: "A1:C5", headerRows: 1 }],
  },
  {
    name: "a list in a single column",
    drawing: `
*Participants*
Aino Virta
Bruno Keller
Chiara Neri
Dmitri Orlov
Elif Demir`,
    expected: [{ range: "A1:A6", headerRows: 1 }],
  },
  {
    name: "a calculator",
    drawing: `
Loan calculator

Amount | 250000 | | Monthly payment | =1342.05
Rate | 5% | | Total interest | =233138
Years | 30

Enter the blue cells only. | | | As of | 2024-02-02`,
    expected: [],
  },
  {
    name: "a wide sheet",
    drawing: `
Id | a | b | c | d | e | f | g | h | i | j | k | l | m | n | o
p1 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 1 | 2 | 3 | 4 | 5 | 6
p2 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 1 | 2 | 3 | 4 | 5 | 6 | 7
p3 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8`,
    expected: [{ range: "A1:P4", headerRows: 1 }],
  },
  {
    name: "name and value pairs above a table",
    drawing: `
Report | Stock list
Printed | 2024-04-02
Store | Utrecht
Article | Description | Shelf | Count | Price
100 | Hammer | A1 | 12 | 14.9
101 | Saw | A2 | 3 | 22
102 | Drill | B1 | 5 | 89
103 | Plane | B4 | 2 | 45`,
    expected: [{ range: "A4:E8", headerRows: 1 }],
  },
  {
    name: "a merged title over the whole width and a merged note below",
    drawing: `
*Members of the club* | | |
Name | Joined | Fee | Paid
Otto | 2019-03-01 | 50 | TRUE
Pia | 2020-09-15 | 50 | FALSE
Quin | 2022-01-20 | 35 | TRUE
Fees are due in January of each year. | | |`,
    options: { merges: ["A1:D1", "A6:D6"] },
    expected: [{ range: "A2:D5", headerRows: 1 }],
  },
  {
    name: "labels merged down the first column",
    drawing: `
Floor | Room | Area
1 | 1.01 | 20
 | 1.02 | 25
 | 1.03 | 19
2 | 2.01 | 31
 | 2.02 | 28`,
    options: { merges: ["A2:A4", "A5:A6"] },
    expected: [{ range: "A1:C6", headerRows: 1 }],
  },
  {
    name: "units in a row of their own",
    drawing: `
Sample | Mass | Length | Temperature
 | g | mm | °C
S1 | 12.1 | 40 | 21.5
S2 | 11.8 | 41 | 21.7
S3 | 12.6 | 39 | 21.4`,
    expected: [{ range: "A1:D5", headerRows: 2 }],
  },
  {
    name: "a header row, a blank row, then the rows",
    drawing: `
Author | Title | Year

Borges | Ficciones | 1944
Calvino | Cosmicomics | 1965
Lem | Solaris | 1961`,
    expected: [{ range: "A1:C5", headerRows: 1 }],
  },
  {
    name: "a total after a blank row",
    drawing: `
Cost centre | Budget | Spent
Office | 5000 | 4100
Travel | 3000 | 3350
Training | 2000 | 800

Total | =10000 | =8250`,
    expected: [{ range: "A1:C4", headerRows: 1, totals: [6] }],
  },
  {
    name: "averages and extremes at the end",
    drawing: `
Pupil | Maths | Art
Ali | 2 | 1
Bea | 3 | 2
Cid | 1 | 3
Dot | 2 | 2
Average | =2 | =2
Maximum | =3 | =3`,
    expected: [{ range: "A1:C5", headerRows: 1, totals: [6, 7] }],
  },
  {
    name: "numbers without any header",
    drawing: `
1 | 3.5 | 9
2 | 4.1 | 16
3 | 4.8 | 25
4 | 5.9 | 36
5 | 6.6 | 49`,
    expected: [{ range: "A1:C5", headerRows: 0 }],
  },
  {
    name: "gaps written as n/a and dashes",
    drawing: `
Station | Rain | Sun | Wind
Ost | 12 | n/a | 3.3
West | - | 6.1 | n/a
Nord | 7 | - | 2.8
Süd | n/a | 8 | 4`,
    expected: [{ range: "A1:D5", headerRows: 1 }],
  },
  {
    name: "a letter with no table",
    drawing: `
Dear colleagues,

please find below the link to the new time sheets.
Fill them in until Friday.

Kind regards
Sam`,
    expected: [],
  },
  {
    name: "a title of two cells and a date at the right",
    drawing: `
Inventory | | | | 2024-01-31

Tag | Kind | Place | State | Value
T1 | Desk | Hall | good | 150
T2 | Lamp | Lab | worn | 20
T3 | Rack | Lab | good | 310`,
    expected: [{ range: "A3:E6", headerRows: 1 }],
  },
  {
    name: "three header rows, the top two merged",
    drawing: `
 | Population | | |
 | Urban | | Rural |
State | 2010 | 2020 | 2010 | 2020
Goa | 900 | 960 | 550 | 500
Bihar | 11700 | 12800 | 92000 | 98000
Kerala | 15900 | 19100 | 17400 | 15100`,
    options: { merges: ["B1:E1", "B2:C2", "D2:E2"] },
    expected: [{ range: "A1:E6", headerRows: 3 }],
  },
  {
    name: "times and a schedule of texts",
    drawing: `
Time | Monday | Tuesday
08:00 | Maths | Latin
09:00 | Maths | Sport
10:00 | Music | Sport
11:00 | Art | Physics`,
    expected: [{ range: "A1:C5", headerRows: 1 }],
  },
  {
    name: "Polish and Czech totals",
    drawing: `
Miasto | Sztuki | Wartość
Gdynia | 4 | 120
Łódź | 6 | 90
Opole | 1 | 33
Razem | =11 | =243


Město | Kusy | Hodnota
Brno | 5 | 70
Zlín | 2 | 41
Písek | 3 | 55
Celkem | =10 | =166`,
    expected: [
      { range: "A1:C4", headerRows: 1, totals: [5] },
      { range: "A8:C11", headerRows: 1, totals: [12] },
    ],
  },
  {
    name: "a sum at the end without a label",
    drawing: `
Day | Till 1 | Till 2
Mon | 100.5 | 80
Tue | 90.25 | 70
Wed | 110 | 95.5
Thu | 80.75 | 60
 | =381.5 | =305.5`,
    expected: [{ range: "A1:C5", headerRows: 1, totals: [6] }],
  },
  {
    name: "an autofilter over part of a sheet",
    drawing: `
Filter as you like
Ticket | Owner | Priority | Days
501 | Uma | high | 3
502 | Vic | low | 9
503 | Uma | low | 1
504 | Wes | high | 2`,
    options: { autoFilter: "A2:D6" },
    expected: [{ range: "A2:D6", headerRows: 1 }],
  },
  {
    name: "double spaced",
    drawing: `
Event | Date | Guests

Fair | 2024-05-04 | 200

Concert | 2024-06-15 | 350

Market | 2024-09-07 | 500

Gala | 2024-11-30 | 120`,
    expected: [{ range: "A1:C9", headerRows: 1 }],
  },
  {
    name: "an invoice",
    drawing: `
Northwind Repairs | | | Invoice
12 Harbour Road | | | Nr. 2024-118
Tel. 555-0100 | | | 2024-03-05

Bill to: | Hanna Berg
 | 4 Mill Lane

Pos | Description | Hours | Amount
1 | Replace belt | 1.5 | $90
2 | Clean filter | 0.5 | $30
3 | Travel | 1 | $60
 | | Subtotal | =$180
 | | Tax 20 % | =$36
 | | Total due | =$216

Please pay within 14 days. Thank you for your business!`,
    expected: [{ range: "A8:D11", headerRows: 1, totals: [12, 14] }],
  },
  {
    name: "survey answers in long sentences",
    drawing: `
Timestamp | How did you hear about us? | Would you recommend us to others?
2024-01-02 | From a friend who lives near the shop | Yes
2024-01-03 | Advertisement in the local newspaper | No
2024-01-05 | From a friend who lives near the shop | Yes
2024-01-08 | I walked past the window and was curious | Yes`,
    expected: [{ range: "A1:C5", headerRows: 1 }],
  },
];
