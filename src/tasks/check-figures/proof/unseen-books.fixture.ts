import { workbookFile } from "../../../files/xlsx/workbook.fixture.ts";
import type { Language } from "../read/language.ts";
import { drawing, drawOrders, ordersWorkbook, products, regions, rowsOf } from "./workbooks.fixture.ts";

/** A number of a table with all that it is said of; `measure` counts the columns or lines. */
export type Fact = {
  readonly group?: string;
  readonly product?: string;
  readonly year: number;
  readonly quarter?: number;
  readonly month?: number;
  readonly values: readonly number[];
};

type FactsBook = {
  readonly name: string;
  readonly headers: readonly string[];
  readonly groups: readonly string[];
  readonly tops: readonly number[];
};

const factsBooks: Readonly<Record<Language, FactsBook>> = {
  en: {
    name: "Stores",
    headers: ["Store", "Quarter", "Visitors", "Sales (€)", "Employees"],
    groups: ["Leeds", "Bristol", "York", "Cardiff"],
    tops: [38_000, 640_000, 70],
  },
  de: {
    name: "Werke",
    headers: ["Werk", "Jahr", "Produktion (t)", "Mitarbeiter", "Investitionen (€)"],
    groups: ["Kassel", "Hof", "Emden", "Jena"],
    tops: [92_000, 1_400, 4_800_000],
  },
  fr: {
    name: "Agences",
    headers: ["Agence", "Année", "Chiffre d'affaires (€)", "Salariés", "Contrats"],
    groups: ["Lyon", "Nantes", "Lille", "Dijon"],
    tops: [5_200_000, 160, 2_900],
  },
  es: {
    name: "Centros",
    headers: ["Centro", "Año", "Pacientes", "Consultas", "Gastos (€)"],
    groups: ["Sevilla", "Bilbao", "Murcia", "Vigo"],
    tops: [21_000, 64_000, 3_700_000],
  },
  pt: {
    name: "Lojas",
    headers: ["Loja", "Ano", "Visitantes", "Vendas (€)", "Funcionários"],
    groups: ["Braga", "Faro", "Coimbra", "Évora"],
    tops: [83_000, 1_900_000, 85],
  },
};

const statementItems: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "Subscription revenue",
    "Hardware revenue",
    "Personnel expenses",
    "Marketing expenses",
    "Depreciation",
    "Net income",
  ],
  de: ["Umsatzerlöse", "Materialaufwand", "Personalaufwand", "Abschreibungen", "Mieten", "Jahresüberschuss"],
  fr: ["Chiffre d'affaires", "Achats", "Charges de personnel", "Loyers", "Amortissements", "Résultat net"],
  es: [
    "Ingresos por servicios",
    "Gastos de personal",
    "Alquileres",
    "Publicidad",
    "Amortizaciones",
    "Resultado neto",
  ],
  pt: [
    "Receita de serviços",
    "Custos com pessoal",
    "Rendas",
    "Publicidade",
    "Amortizações",
    "Resultado líquido",
  ],
};
const statementNames: Readonly<Record<Language, readonly [string, string]>> = {
  en: ["Income statement", "Item"],
  de: ["GuV", "Posten"],
  fr: ["Compte de résultat", "Poste"],
  es: ["Resultados", "Partida"],
  pt: ["Resultados", "Rubrica"],
};

export type Shelf = {
  readonly groups: readonly string[];
  readonly facts: readonly Fact[];
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
};

/** The three workbooks of a language with their numbers drawn. */
export function drawShelves(
  language: Language,
  seed: number,
): Readonly<Record<"orders" | "facts" | "statement", Shelf>> {
  const orders = drawOrders(seed);
  return {
    orders: {
      groups: regions[language],
      facts: orders.map(({ year, month, region, product, quantity, revenue }) => ({
        year,
        month,
        quarter: Math.ceil(month / 3),
        group: regions[language][region]!,
        product: products[product]!,
        values: [revenue, quantity],
      })),
      file: { name: "orders.xlsx", bytes: ordersWorkbook(orders, language) },
    },
    facts: factsShelf(language, seed + 1),
    statement: statementShelf(language, seed + 2),
  };
}

function factsShelf(language: Language, seed: number): Shelf {
  const draw = drawing(seed);
  const { name, headers, groups, tops } = factsBooks[language];
  const times =
    language === "en"
      ? [2024, 2025].flatMap((year) => [1, 2, 3, 4].map((quarter) => ({ year, quarter })))
      : [{ year: 2023 }, { year: 2024 }, { year: 2025 }];
  const facts = times.flatMap((time) =>
    groups.map((group) => ({
      ...time,
      group,
      values: tops.map((top) => Math.round(top * 0.35 + draw(top * 0.65))),
    })),
  );
  const lines = facts.map((fact) => [
    fact.group,
    "quarter" in fact ? `Q${fact.quarter} ${fact.year}` : fact.year,
    ...fact.values,
  ]);
  return {
    groups,
    facts,
    file: {
      name: `${name}.xlsx`,
      bytes: workbookFile({ sheets: [{ name, rows: rowsOf([headers, ...lines]) }] }),
    },
  };
}

/** Groups of a statement are its lines by their place. */
function statementShelf(language: Language, seed: number): Shelf {
  const draw = drawing(seed);
  const [name, header] = statementNames[language];
  const tops = [4_900_000, 1_750_000, 2_100_000, 390_000, 240_000, 980_000];
  const years = [2023, 2024, 2025];
  const table = years.map(() => tops.map((top) => Math.round(top * 0.6 + draw(top * 0.4))));
  const rows = rowsOf([
    [header, ...years.map(String)],
    ...statementItems[language].map((item, line) => [item, ...table.map((values) => values[line]!)]),
  ]);
  return {
    groups: statementItems[language],
    facts: years.map((year, index) => ({ year, values: table[index]! })),
    file: { name: "statement.xlsx", bytes: workbookFile({ sheets: [{ name, rows }] }) },
  };
}
