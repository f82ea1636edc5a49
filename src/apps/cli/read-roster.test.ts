import { expect, it } from "vitest";
import { readRoster } from "./read-roster.ts";

it("reads names, addresses and organisations in any order of columns", () => {
  expect(readRoster('Company,Name,E-Mail\nAcme,"Doe, Jane",jane@acme.example\n,Bo,\n\n')).toEqual([
    { name: "Doe, Jane", email: "jane@acme.example", organisation: "Acme" },
    { name: "Bo" },
  ]);
});

it("reads what a spreadsheet with semicolons writes, byte order mark and all", () => {
  expect(readRoster('\ufeffname;email\r\n"Say ""Hi""";a@b.example\r\n')).toEqual([
    { name: 'Say "Hi"', email: "a@b.example" },
  ]);
});

it("says what is wrong with a roster that is none", () => {
  expect(() => readRoster("jane@acme.example\n")).toThrow("no column called name");
  expect(() => readRoster("")).toThrow("no column called name");
  expect(() => readRoster('name\nok\n"cut')).toThrow("line 3");
});
