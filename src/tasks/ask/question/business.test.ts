import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../../data/index.ts";
import type { Table } from "../../../table.ts";
import { calculationSql } from "../plan-sql.ts";
import { profileTable } from "../profile.ts";
import { readQuestion } from "../read-question.ts";
import { budget, orders, staff, stock, survey, tickets } from "./business.fixture.ts";

/** A question, and the rows of its answer computed by hand. */
type Case = readonly [question: string, rows: readonly (readonly (string | number | boolean | null)[])[]];

const ofOrders: readonly Case[] = [
  ["How many orders are there?", [[14]]],
  ["What is the total amount?", [[5590]]],
  ["What is the total revenue?", [[5590]]],
  ["What is the average amount of an order?", [[5590 / 14]]],
  ["What is the median amount?", [[350]]],
  ["How many different customers are there?", [[5]]],
  ["How many customers do we have?", [[5]]],
  ["Total amount in 2024", [[3340]]],
  ["What were the sales in March 2024?", [[950]]],
  ["What was the revenue between January and March 2024?", [[2150]]],
  ["How many orders came from Germany?", [[7]]],
  ["How many orders were not paid?", [[4]]],
  ["How many orders are unpaid?", [[4]]],
  ["How many orders over 500 euros?", [[4]]],
  ["How many orders have an amount of at least 600?", [[4]]],
  ["How many orders have an amount between 200 and 400?", [[5]]],
  ["How many orders were there in Q1 2024?", [[5]]],
  ["How many orders since 1 March 2024?", [[5]]],
  ["How many orders before 2023-03-03?", [[2]]],
  ["How many orders have no ship date?", [[3]]],
  [
    "Total amount by country",
    [
      ["Germany", 2900],
      ["France", 2040],
      ["Spain", 650],
    ],
  ],
  [
    "Average amount per customer",
    [
      ["Dunmore", 700],
      ["Borealis", 600],
      ["Cobalt", 325],
      ["Acme", 300],
      ["Elara", 120],
    ],
  ],
  [
    "Number of orders by year",
    [
      [2023, 6],
      [2024, 8],
    ],
  ],
  [
    "Amount per quarter in 2024",
    [
      ["2024-Q1", 2150],
      ["2024-Q2", 1100],
      ["2024-Q4", 90],
    ],
  ],
  [
    "Monthly sales in 2023",
    [
      ["2023-01", 400],
      ["2023-02", 300],
      ["2023-03", 300],
      ["2023-05", 200],
      ["2023-09", 600],
      ["2023-12", 450],
    ],
  ],
  ["Which customer has the highest total amount?", [["Borealis", 1800]]],
  ["Which country placed the most orders?", [["Germany", 7]]],
  [
    "Top 3 customers by revenue",
    [
      ["Borealis", 1800],
      ["Acme", 1500],
      ["Dunmore", 1400],
    ],
  ],
  ["Which product sold the least units?", [["Bookcase", 3]]],
  ["Which month had the highest sales?", [["2024-06", 1100]]],
  [
    "What is the most expensive product?",
    [
      ["Bookcase", 450],
      ["Bookcase", 450],
    ],
  ],
  ["What is the largest order?", [[1012, "Borealis", 900]]],
  ["What share of sales comes from Germany?", [[(2900 / 5590) * 100]]],
  ["What percentage of orders are paid?", [[(10 / 14) * 100]]],
  [
    "What is the share of each country in total revenue?",
    [
      ["Germany", 2900, (2900 / 5590) * 100],
      ["France", 2040, (2040 / 5590) * 100],
      ["Spain", 650, (650 / 5590) * 100],
    ],
  ],
  ["How much did sales grow from 2023 to 2024?", [[1090]]],
  ["By what percentage did revenue change from 2023 to 2024?", [[(1090 / 2250) * 100]]],
  ["What is the difference in revenue between Germany and France?", [[860]]],
  ["Which customers have more than 3 orders?", [["Acme", 5]]],
  ["Which products were not ordered in 2024?", []],
  ["Which customer bought the most desks?", []],
  ["How many lamps?", []],
  ["Is Acme our biggest customer?", []],
  ["Which country has the second highest sales?", [["France", 2040]]],
  ["Revenue growth 2023 to 2024", [[(1090 / 2250) * 100]]],
  ["Sales to Acme of desks", [[600]]],
  [
    "Which months are above 700?",
    [
      ["2024-01", 1050],
      ["2024-03", 950],
      ["2024-06", 1100],
    ],
  ],
  ["When was the first order?", [["2023-01-10"]]],
  ["What was the last order of Acme?", [[1013]]],
  ["Who ordered the Bookcase?", [["Acme"], ["Borealis"]]],
  ["Total amount excluding Germany", [[2690]]],
  ["How many orders from France or Spain?", [[7]]],
  ["What is the amount of order 1005?", [[600]]],
  [
    "Running total of amount by year",
    [
      [2023, 2250, 2250],
      [2024, 3340, 5590],
    ],
  ],
  ["Average number of orders per customer", [[14 / 5]]],
  ["On which weekday do we get the most orders?", [["Monday", 7]]],
  ["How many orders were placed on a Friday?", [[3]]],
];

const ofStaff: readonly Case[] = [
  ["How many employees do we have?", [[9]]],
  ["What is the average salary?", [[563000 / 9]]],
  [
    "Average salary by department",
    [
      ["Board", 120000],
      ["IT", 205000 / 3],
      ["Finance", 53000],
      ["Sales", 44000],
    ],
  ],
  ["Who has the highest salary?", [["Ida Lund", 120000]]],
  ["Who earns the most?", [["Ida Lund", 120000]]],
  ["Who is the youngest employee?", [["Hugo Stein", 22]]],
  ["Who has no manager?", [["Ida Lund"]]],
  ["How many people work in IT?", [[3]]],
  ["Who is Ann Okafor's manager?", [["Ida Lund"]]],
  ["Who is the manager of Ben Marsh?", [["Ida Lund"]]],
  [
    "Who earns more than 60000?",
    [
      ["Carla Núñez", 61000],
      ["Deniz Kaya", 64000],
      ["Eva Brandt", 82000],
      ["Ida Lund", 120000],
    ],
  ],
  ["Which city has the oldest employees?", []],
  ["How many people work in Berlin or Munich?", [[5]]],
  ["How many employees are older than 40?", [[4]]],
  ["Who was hired after 2020?", [["Ben Marsh"], ["Finn O'Leary"], ["Hugo Stein"]]],
  ["What is the salary of Gita Rao?", [[45000]]],
  [
    "Which department has the most employees?",
    [
      ["IT", 3],
      ["Sales", 3],
    ],
  ],
  ["What is the difference in salary between Eva Brandt and Finn O'Leary?", [[23000]]],
  ["Who is older, Ann Okafor or Gita Rao?", [["Ann Okafor", 41]]],
  [
    "What is the highest salary per department?",
    [
      ["Board", 120000],
      ["IT", 82000],
      ["Finance", 61000],
      ["Sales", 52000],
    ],
  ],
];

const ofBudget: readonly Case[] = [
  ["What is the budget for Marketing in March?", [[900]]],
  ["Total for Travel", [[2000]]],
  ["Average monthly costs", []],
  ["How much more is Rent than Travel in June?", [[1700]]],
  [
    "What is the total per month?",
    [
      ["Jan", 3800],
      ["Feb", 3700],
      ["Mar", 3850],
      ["Apr", 4250],
      ["May", 4300],
      ["Jun", 4500],
    ],
  ],
  ["Which month has the highest total?", [["Jun", 4500]]],
  ["What is the average of Rent?", [[12200 / 6]]],
  ["How much did Marketing change from January to June?", [[300]]],
  [
    "Which months are above 4,000?",
    [
      ["Apr", 4250],
      ["May", 4300],
      ["Jun", 4500],
    ],
  ],
  ["Which cost centre has the lowest total?", [["Travel", 2000]]],
  ["Total from February to April", [[11800]]],
];

const ofStock: readonly Case[] = [
  [
    "Which items are below 100 on hand?",
    [
      ["Wing nut", 80],
      ["Door handle", 0],
      ["Wood glue", 95],
      ["Paint brush", 60],
    ],
  ],
  ["How many units are on hand in the North warehouse?", [[1340]]],
  ["Which item has the highest unit cost?", [["Door handle", 8.9]]],
  ["How many items have no supplier?", [[1]]],
  [
    "On hand by warehouse",
    [
      ["North", 1340],
      ["East", 505],
      ["South", 340],
    ],
  ],
  ["Who supplies the Hinge?", []],
];

const ofTickets: readonly Case[] = [
  ["How many tickets are open?", [[4]]],
  ["How many tickets were opened in March 2024?", [[4]]],
  ["How many high priority tickets does Mia have?", [[3]]],
  [
    "Average hours by priority",
    [
      ["High", 15.5 / 4],
      ["Medium", 1.75],
      ["Low", 1],
    ],
  ],
  ["How many tickets are not closed?", [[5]]],
  ["What percentage of tickets are closed?", [[50]]],
  [
    "Which agent closed the most tickets?",
    [
      ["Lena", 2],
      ["Mia", 2],
    ],
  ],
  ["How many tickets have no agent?", [[1]]],
];

const ofSurvey: readonly Case[] = [
  [
    "What is the average satisfaction by region?",
    [
      ["East", 4.5],
      ["North", 4],
      ["South", 3],
      ["West", 2.5],
    ],
  ],
  ["How many respondents would recommend?", [[5]]],
  ["How many respondents have a satisfaction of 4 or more?", [[5]]],
  ["What percentage of respondents would recommend?", [[62.5]]],
  ["How many respondents have a discount over 10%?", [[3]]],
  ["How many comments are missing?", [[4]]],
  ["What is the average age of the respondents in the South?", [[36]]],
];

const all: readonly (readonly [Table, readonly Case[]])[] = [
  [orders, ofOrders],
  [staff, ofStaff],
  [budget, ofBudget],
  [stock, ofStock],
  [tickets, ofTickets],
  [survey, ofSurvey],
];

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
  for (const [table] of all) await database.load(table);
}, 30_000);
afterAll(async () => database[Symbol.asyncDispose]());

describe.each(all)("questions about %o", (table, cases) => {
  it.each(cases)("%s", async (text, rows) => {
    const reading = readQuestion(text, profileTable(table));
    if (rows.length === 0) {
      // A form it may not know: then it has to say so.
      expect(reading?.doubts ?? ["none"]).not.toEqual([]);
      return;
    }
    const sql = reading === undefined ? "" : calculationSql(reading.calculation, () => table);
    expect(reading?.doubts, sql).toEqual([]);
    const result = await database.query(sql);
    const near = (cell: unknown): unknown => (typeof cell === "number" ? expect.closeTo(cell, 6) : cell);
    expect(result.rows, sql).toEqual(rows.map((row) => row.map(near)));
  });
});
