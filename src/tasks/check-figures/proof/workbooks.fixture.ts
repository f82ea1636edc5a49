import { t, workbookFile } from "../../../files/xlsx/workbook.fixture.ts";
import type { Language } from "../read/language.ts";

/** Numbers that look drawn but are the same every time. */
export function drawing(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

export type Order = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly region: number;
  readonly product: number;
  readonly customer: number;
  readonly quantity: number;
  readonly revenue: number;
};

export const regions: Readonly<Record<Language, readonly string[]>> = {
  en: ["North", "South", "East", "West"],
  de: ["Nord", "Süd", "Ost", "West"],
  fr: ["Nord", "Sud", "Est", "Ouest"],
  es: ["Norte", "Sur", "Este", "Oeste"],
  pt: ["Norte", "Sul", "Leste", "Oeste"],
};
export const products: readonly string[] = ["Alpha", "Beta", "Gamma"];

const headers: Readonly<Record<Language, readonly string[]>> = {
  en: ["Order no", "Date", "Region", "Product", "Customer", "Quantity", "Revenue (€)"],
  de: ["Bestellnr.", "Datum", "Region", "Produkt", "Kunde", "Menge", "Umsatz (€)"],
  fr: ["Numéro", "Date", "Région", "Produit", "Client", "Quantité", "Ventes (€)"],
  es: ["Número", "Fecha", "Región", "Producto", "Cliente", "Cantidad", "Ventas (€)"],
  pt: ["Número", "Data", "Região", "Produto", "Cliente", "Quantidade", "Receita (€)"],
};
const sheets: Readonly<Record<Language, string>> = {
  en: "Orders",
  de: "Bestellungen",
  fr: "Commandes",
  es: "Pedidos",
  pt: "Encomendas",
};

/** Two years of orders. */
export function drawOrders(seed: number): Order[] {
  const draw = drawing(seed);
  const orders: Order[] = [];
  for (const year of [2024, 2025])
    for (let month = 1; month <= 12; month++)
      for (let count = 11 + draw(9); count > 0; count--) {
        const region = draw(4);
        const quantity = 1 + draw(40);
        const base = 20 + region * 9 + (year - 2024) * (7 - region * 4) + draw(12);
        orders.push({
          year,
          month,
          day: 1 + draw(28),
          region,
          product: draw(3),
          customer: draw(14),
          quantity,
          revenue: quantity * base,
        });
      }
  return orders;
}

const epoch = Date.UTC(1899, 11, 30);
const serial = (year: number, month: number, day: number): number =>
  (Date.UTC(year, month - 1, day) - epoch) / 86_400_000;

/** The orders as a workbook in one of the languages. */
export function ordersWorkbook(orders: readonly Order[], language: Language): Uint8Array {
  const lines = orders.map((order, index) => [
    1001 + index,
    { date: serial(order.year, order.month, order.day) },
    regions[language][order.region]!,
    products[order.product]!,
    `Firm ${String.fromCharCode(65 + order.customer)}`,
    order.quantity,
    order.revenue,
  ]);
  return workbookFile({
    sheets: [{ name: sheets[language], rows: rowsOf([headers[language], ...lines]) }],
    formats: ["yyyy-mm-dd"],
  });
}

type Cell = string | number | { readonly date: number };

export function rowsOf(lines: readonly (readonly Cell[])[]): string {
  return lines
    .map((line, row) => {
      const cells = line.map((value, column) => {
        const address = `${"ABCDEFGHIJKLMN"[column]}${row + 1}`;
        if (typeof value === "string") return `<c r="${address}" t="inlineStr"><is>${t(value)}</is></c>`;
        return typeof value === "number"
          ? `<c r="${address}"><v>${value}</v></c>`
          : `<c r="${address}" s="1"><v>${value.date}</v></c>`;
      });
      return `<row r="${row + 1}">${cells.join("")}</row>`;
    })
    .join("");
}

/** Three years of a statement: a line an item, a column a year. */
export const statement: {
  readonly years: readonly number[];
  readonly lines: readonly (readonly [string, ...number[]])[];
} = {
  years: [2023, 2024, 2025],
  lines: [
    ["Product sales", 4_120_300, 4_893_120, 5_204_870],
    ["Licence fees", 310_400, 402_150, 811_230],
    ["Staff costs", 1_820_550, 1_911_400, 1_730_260],
    ["Travel expenses", 240_100, 118_900, 131_450],
    ["Rent", 96_000, 99_840, 204_300],
  ],
};

export function statementWorkbook(): Uint8Array {
  const rows = rowsOf([["Item", ...statement.years.map(String)], ...statement.lines]);
  return workbookFile({ sheets: [{ name: "Statement", rows }] });
}

/** Rates by region and year, in per cent. */
export const rates: readonly (readonly [string, number, number, number])[] = [
  ["North", 2024, 12.4, 31],
  ["North", 2025, 15.9, 34],
  ["South", 2024, 18.2, 22],
  ["South", 2025, 16.1, 25],
  ["East", 2024, 9.7, 17],
  ["East", 2025, 11.3, 21],
];

export function ratesWorkbook(): Uint8Array {
  const rows = rowsOf([["Region", "Year", "Margin (%)", "Employees"], ...rates.map((line) => [...line])]);
  return workbookFile({ sheets: [{ name: "Margins", rows }] });
}
