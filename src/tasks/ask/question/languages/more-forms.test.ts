import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../../../data/index.ts";
import type { Table } from "../../../../table.ts";
import { calculationSql } from "../../plan-sql.ts";
import { profileTable } from "../../profile.ts";
import { readQuestion } from "../../read-question.ts";
import { settleReading } from "../../settle-reading.ts";
import { tableOf } from "../business.fixture.ts";

const lines = `
  2024-01-10 | Acme   | Nord | Tisch | 2 | 400 | 2024-01-15
  2024-01-22 | Berta  | Süd  | Lampe | 5 | 150 | 2024-01-24
  2024-02-03 | Acme   | Nord | Lampe | 1 | 30  | 2024-02-06
  2024-02-19 | Cobalt | West | Stuhl | 4 | 300 | 2024-02-20
  2024-03-05 | Berta  | Süd  | Tisch | 1 | 200 | 2024-03-19
`;

function sheet(
  name: string,
  heads: readonly [string, string, string, string, string, string, string],
): Table {
  const types = ["date", "text", "text", "text", "integer", "integer", "date"] as const;
  return tableOf(
    name,
    heads.map((head, index) => (head === heads[5] ? [head, types[index]!, "€"] : [head, types[index]!])),
    lines,
  );
}

const german = sheet("Bestellungen", [
  "Bestelldatum",
  "Kunde",
  "Region",
  "Produkt",
  "Menge",
  "Umsatz",
  "Lieferdatum",
]);
const french = sheet("Commandes", [
  "Date",
  "Client",
  "Région",
  "Produit",
  "Quantité",
  "Montant",
  "Date de livraison",
]);
const spanish = sheet("Pedidos", [
  "Fecha",
  "Cliente",
  "Región",
  "Producto",
  "Cantidad",
  "Importe",
  "Fecha de entrega",
]);
const portuguese = sheet("Encomendas", [
  "Data",
  "Cliente",
  "Região",
  "Produto",
  "Quantidade",
  "Valor",
  "Data de entrega",
]);

type Answer = readonly (readonly (string | number)[])[];

/** By hand from the five lines above; the same in every language. */
const secondRegion: Answer = [["Süd", 150 + 200]];
const secondAmount: Answer = [[300]];
const totals: Answer = [
  ["Nord", 400 + 30, (2 + 1) / 2],
  ["Süd", 150 + 200, (5 + 1) / 2],
  ["West", 300, 4],
];
const extremes: Answer = [
  ["Nord", 400, 30],
  ["West", 300, 300],
  ["Süd", 200, 150],
];
const products: Answer = [
  ["Tisch", 400 + 200, 2 + 1],
  ["Stuhl", 300, 4],
  ["Lampe", 150 + 30, 5 + 1],
];
const clients: Answer = [
  ["Acme", 2, 430],
  ["Berta", 2, 350],
  ["Cobalt", 1, 300],
];
const northAndSouth: Answer = [
  ["Nord", 430],
  ["Süd", 350],
];
const northAndWest: Answer = [
  ["Nord", 430],
  ["West", 300],
];
const repeated: Answer = [
  ["Acme", 2],
  ["Berta", 2],
];
/** From 10 January to 5 March of a leap year. */
const span: Answer = [[21 + 29 + 5]];
const wait: Answer = [[(5 + 2 + 3 + 1 + 14) / 5]];

/** A question without an answer must be refused. */
const all: readonly (readonly [string, Table, readonly (readonly [string, Answer | undefined])[]])[] = [
  [
    "German",
    german,
    [
      ["Welche Region hat den zweithöchsten Umsatz?", secondRegion],
      ["Was ist der zweithöchste Umsatz?", secondAmount],
      // Two share the first place.
      ["Welcher Kunde hat die zweitmeisten Bestellungen?", undefined],
      ["Welcher Kunde hat die größte Bestellung?", [["Acme", 400]]],
      ["Gesamtumsatz und durchschnittliche Menge pro Region", totals],
      ["Höchster und niedrigster Umsatz pro Region", extremes],
      ["Umsatz und Menge nach Produkt", products],
      ["Anzahl der Bestellungen und Umsatz nach Kunde", clients],
      ["Vergleiche Nord und Süd nach Umsatz", northAndSouth],
      ["Nord vs West Umsatz", northAndWest],
      [
        "Umsatz Januar 2024 gegenüber Februar 2024",
        [
          ["2024-01", 550],
          ["2024-02", 330],
        ],
      ],
      ["Wie viele Kunden haben mehr als 1 Bestellung?", [[2]]],
      ["Welche Kunden haben mehr als 1 Bestellung?", repeated],
      ["Wie viele Tage liegen zwischen der ersten und der letzten Bestellung?", span],
      ["Wie viele Tage liegen im Durchschnitt zwischen Bestelldatum und Lieferdatum?", wait],
      ["Wie lange dauert es im Durchschnitt von Bestelldatum bis Lieferdatum?", wait],
    ],
  ],
  [
    "French",
    french,
    [
      ["Quelle région a le deuxième montant le plus élevé ?", secondRegion],
      ["Quel est le deuxième montant le plus élevé ?", secondAmount],
      ["Montant total et quantité moyenne par région", totals],
      ["Montant le plus élevé et le plus bas par région", extremes],
      ["Montant et quantité par produit", products],
      ["Nombre de commandes et montant par client", clients],
      ["Comparer Nord et Süd par montant", northAndSouth],
      ["Montant : Nord contre West", northAndWest],
      ["Combien de clients ont plus de 1 commande ?", [[2]]],
      ["Quels clients ont plus de 1 commande ?", repeated],
      ["Combien de régions ont un montant total de plus de 320 € ?", [[2]]],
      ["Combien de jours entre la première et la dernière commande ?", span],
      ["Combien de jours en moyenne entre la date et la date de livraison ?", wait],
    ],
  ],
  [
    "Spanish",
    spanish,
    [
      ["¿Qué región tiene el segundo mayor importe?", secondRegion],
      ["¿Cuál es el segundo importe más alto?", secondAmount],
      ["¿Qué cliente tiene el tercer importe más alto?", [["Cobalt", 300]]],
      ["Importe total y cantidad media por región", totals],
      ["Importe máximo y mínimo por región", extremes],
      ["Importe y cantidad por producto", products],
      ["Número de pedidos e importe por cliente", clients],
      ["Compara Nord y Süd por importe", northAndSouth],
      ["Importe de Nord frente a West", northAndWest],
      ["¿Cuántos clientes tienen más de 1 pedido?", [[2]]],
      ["¿Qué clientes tienen más de 1 pedido?", repeated],
      ["¿Cuántas regiones tienen un importe total de más de 320 €?", [[2]]],
      ["¿Cuántos días hay entre el primer y el último pedido?", span],
      ["¿Cuántos días hay en promedio entre la fecha y la fecha de entrega?", wait],
    ],
  ],
  [
    "Portuguese",
    portuguese,
    [
      ["Quantas encomendas há?", [[5]]],
      ["Qual é o valor total?", [[1080]]],
      ["Qual é o valor total em janeiro de 2024?", [[550]]],
      ["Qual é a média do valor?", [[216]]],
      ["Quantos clientes diferentes há?", [[3]]],
      ["Quantas encomendas de mais de 200 €?", [[2]]],
      [
        "Valor por mês",
        [
          ["2024-01", 550],
          ["2024-02", 330],
          ["2024-03", 200],
        ],
      ],
      ["Qual cliente tem o maior valor?", [["Acme", 430]]],
      ["Qual região tem o segundo maior valor?", secondRegion],
      ["Valor total e quantidade média por região", totals],
      ["Valor máximo e mínimo por região", extremes],
      ["Compare Nord e Süd por valor", northAndSouth],
      ["Quantos clientes têm mais de 1 encomenda?", [[2]]],
      ["Quantos dias há entre a primeira e a última encomenda?", span],
      ["Quantos dias em média entre a data e a data de entrega?", wait],
      ["Por que o valor caiu?", undefined],
    ],
  ],
];

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  for (const [, table] of all) await database.load(table);
}, 30_000);
afterAll(async () => database[Symbol.asyncDispose]());

describe.each(all)("more forms of questions in %s", (_, table, cases) => {
  it.each(cases)("%s", async (text, rows) => {
    const reading = readQuestion(text, profileTable(table));
    const settled =
      reading &&
      (await settleReading(reading, (calculation) =>
        database.query(calculationSql(calculation, () => table)),
      ));
    if (rows === undefined) {
      expect(settled?.doubts ?? ["none"]).not.toEqual([]);
      return;
    }
    expect(settled?.doubts).toEqual([]);
    expect(settled?.result.rows).toEqual(rows);
  });
});
