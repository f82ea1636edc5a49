import { describe, expect, it } from "vitest";
import { columnLines, describeColumns } from "./describe-table.ts";
import { profileTable } from "./profile.ts";
import { budget, orders, staff, stock, survey, tableOf, tickets } from "./question/business.fixture.ts";
import { readQuestion } from "./read-question.ts";
import { suggestQuestions } from "./suggest-questions.ts";

describe("suggestions", () => {
  it.each([orders, staff, budget, stock, tickets, survey])("of %o are five that can be answered", (table) => {
    const profile = profileTable(table);
    const questions = suggestQuestions(profile);
    expect(new Set(questions).size).toBe(5);
    for (const question of questions) expect(readQuestion(question, profile)?.doubts).toEqual([]);
  });

  it("are fewer for a table that has little to ask", () => {
    const table = tableOf("Notes", [["Text", "text"]], "a\nb");
    expect(suggestQuestions(profileTable(table))).toEqual([
      "How many different Text?",
      "How many rows are there?",
    ]);
  });
});

describe("a description", () => {
  it("tells types, units, ranges and examples of values", () => {
    const lines = columnLines(describeColumns(orders));
    expect(lines).toContain('"Amount" (number in €): from 90 to 900');
    expect(lines).toContain('"Order date" (date): from 2023-01-10 to 2024-10-07');
    expect(lines).toContain('"Country" (text): 3 different, "Germany", "France", "Spain"');
  });

  it("says how many more texts there are, and shortens long ones", () => {
    const long = "x".repeat(60);
    const table = tableOf("Log", [["Note", "text"]], [long, ..."bcdefghij"].join("\n"));
    const [column] = describeColumns(table);
    expect(column).toMatchObject({ different: 10, filled: 10 });
    expect(column!.examples![0]).toBe(`${"x".repeat(40)}…`);
    expect(columnLines([column!])[0]).toMatch(/, …$/);
  });
});
