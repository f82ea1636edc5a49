import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../../../data/index.ts";
import type { Table } from "../../../../table.ts";
import { calculationSql } from "../../plan-sql.ts";
import { profileTable } from "../../profile.ts";
import { readQuestion } from "../../read-question.ts";
import { tableOf } from "../business.fixture.ts";

const lines = `
  2024-01-10 | Acme   | Nord | Tisch | 2 | 400
  2024-01-22 | Berta  | Süd  | Lampe | 5 | 150
  2024-02-03 | Acme   | Nord | Lampe | 1 | 30
  2024-02-19 | Cobalt | West | Stuhl | 4 | 300
  2024-03-05 | Berta  | Süd  | Tisch | 1 | 200
`;
const german = tableOf(
  "Bestellungen",
  [
    ["Datum", "date"],
    ["Kunde", "text"],
    ["Region", "text"],
    ["Produkt", "text"],
    ["Menge", "integer"],
    ["Umsatz", "integer", "€"],
  ],
  lines,
);
const french = tableOf(
  "Commandes",
  [
    ["Date", "date"],
    ["Client", "text"],
    ["Région", "text"],
    ["Produit", "text"],
    ["Quantité", "integer"],
    ["Montant", "integer", "€"],
  ],
  lines,
);
const spanish = tableOf(
  "Pedidos",
  [
    ["Fecha", "date"],
    ["Cliente", "text"],
    ["Región", "text"],
    ["Producto", "text"],
    ["Cantidad", "integer"],
    ["Importe", "integer", "€"],
  ],
  lines,
);

type Case = readonly [question: string, rows: readonly (readonly (string | number)[])[]];

const all: readonly (readonly [string, Table, readonly Case[]])[] = [
  [
    "German",
    german,
    [
      ["Wie viele Bestellungen gibt es?", [[5]]],
      ["Wie hoch ist der gesamte Umsatz?", [[1080]]],
      ["Wie hoch war der Umsatz im Januar 2024?", [[550]]],
      ["Was ist der durchschnittliche Umsatz?", [[216]]],
      [
        "Umsatz pro Region",
        [
          ["Nord", 430],
          ["Süd", 350],
          ["West", 300],
        ],
      ],
      [
        "Umsatz nach Monat",
        [
          ["2024-01", 550],
          ["2024-02", 330],
          ["2024-03", 200],
        ],
      ],
      ["Welcher Kunde hat den höchsten Umsatz?", [["Acme", 430]]],
      [
        "Top 2 Kunden nach Umsatz",
        [
          ["Acme", 430],
          ["Berta", 350],
        ],
      ],
      ["Wie viele verschiedene Kunden gibt es?", [[3]]],
      ["Wie viele Bestellungen über 200 Euro?", [[2]]],
      ["Umsatz ohne Acme", [[650]]],
      ["Wie viele Bestellungen seit Februar 2024?", [[3]]],
    ],
  ],
  [
    "French",
    french,
    [
      ["Combien de commandes y a-t-il ?", [[5]]],
      ["Quel est le montant total ?", [[1080]]],
      ["Quel est le montant total en janvier 2024 ?", [[550]]],
      ["Quelle est la moyenne du montant ?", [[216]]],
      [
        "Montant par région",
        [
          ["Nord", 430],
          ["Süd", 350],
          ["West", 300],
        ],
      ],
      [
        "Montant par mois",
        [
          ["2024-01", 550],
          ["2024-02", 330],
          ["2024-03", 200],
        ],
      ],
      ["Quel client a le montant le plus élevé ?", [["Acme", 430]]],
      ["Combien de clients différents ?", [[3]]],
      ["Combien de commandes de plus de 200 € ?", [[2]]],
    ],
  ],
  [
    "Spanish",
    spanish,
    [
      ["¿Cuántos pedidos hay?", [[5]]],
      ["¿Cuál es el importe total?", [[1080]]],
      ["¿Cuál es el importe total en enero de 2024?", [[550]]],
      ["¿Cuál es el promedio del importe?", [[216]]],
      [
        "Importe por región",
        [
          ["Nord", 430],
          ["Süd", 350],
          ["West", 300],
        ],
      ],
      [
        "Importe por mes",
        [
          ["2024-01", 550],
          ["2024-02", 330],
          ["2024-03", 200],
        ],
      ],
      ["¿Qué cliente tiene el mayor importe?", [["Acme", 430]]],
      ["¿Cuántos clientes diferentes hay?", [[3]]],
      ["¿Cuántos pedidos de más de 200 €?", [[2]]],
    ],
  ],
];

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  for (const [, table] of all) await database.load(table);
}, 30_000);
afterAll(async () => database[Symbol.asyncDispose]());

describe.each(all)("questions in %s", (_, table, cases) => {
  it.each(cases)("%s", async (text, rows) => {
    const reading = readQuestion(text, profileTable(table));
    const sql = reading === undefined ? "" : calculationSql(reading.calculation, () => table);
    expect(reading?.doubts, sql).toEqual([]);
    expect((await database.query(sql)).rows).toEqual(rows);
  });

  it("says that it does not understand a form it has no words for", () => {
    const hard = {
      German: "Warum ist der Umsatz eingebrochen?",
      French: "Pourquoi le montant a-t-il chuté ?",
      Spanish: "¿Por qué cayó el importe?",
    };
    expect(readQuestion(hard[_ as keyof typeof hard], profileTable(table))?.doubts ?? ["none"]).not.toEqual(
      [],
    );
  });
});
