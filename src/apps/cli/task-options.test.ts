import { Command } from "commander";
import { expect, it } from "vitest";
import { z } from "zod";
import { addTaskOptions, taskValues } from "./task-options.ts";

const input = z.object({
  author: z.string().default("Tandem").describe("Name on the changes."),
  dryRun: z.boolean().optional().describe("Shows only."),
  mode: z.enum(["tracked", "direct"]).optional(),
  limit: z.number().optional(),
  document: z.instanceof(Uint8Array),
});
const fields = ["author", "dryRun", "mode", "limit"];
const parse = (...argv: string[]): Record<string, unknown> => {
  const command = addTaskOptions(
    new Command().exitOverride().configureOutput({ writeErr: () => undefined }),
    input,
    fields,
  );
  return taskValues(command.parse(argv, { from: "user" }).opts(), fields);
};

it("makes an option of each field, with its name, kind and description", () => {
  const command = addTaskOptions(new Command(), input, fields);
  expect(command.options.map((option) => [option.flags, option.description])).toEqual([
    ["--author <text>", "name on the changes"],
    ["--dry-run", "shows only"],
    ["--mode <choice>", ""],
    ["--limit <number>", ""],
  ]);
});

it("gives back only what was said, in the field's own type", () => {
  expect(parse("--dry-run", "--limit", "3", "--mode", "direct")).toEqual({
    dryRun: true,
    limit: 3,
    mode: "direct",
  });
  expect(parse()).toEqual({});
});

it("refuses a choice that is none and a number that is none", () => {
  expect(() => parse("--mode", "x")).toThrow("Allowed choices are tracked, direct");
  expect(() => parse("--limit", "x")).toThrow("must be a number");
});

it("says which field cannot be an option", () => {
  expect(() => addTaskOptions(new Command(), input, ["document"])).toThrow("document");
  expect(() => addTaskOptions(new Command(), input, ["missing"])).toThrow("missing");
});
