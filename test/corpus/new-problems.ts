import { availableParallelism } from "node:os";
import { type ValidationProblem, validateOffice } from "../validate-office.ts";

function problemKeys(problems: readonly ValidationProblem[]): string[] {
  return problems.map(({ part, id, description }) => `${part} ${id} ${description}`);
}

/** Complaints about the output that the input does not get. The input is looked at only when there are any. */
export async function newProblems(
  input: Uint8Array,
  output: Uint8Array,
  kind: "docx" | "dotx",
): Promise<string[]> {
  const after = problemKeys(await validateOffice(output, kind));
  if (after.length === 0) return [];
  const before = new Set(problemKeys(await validateOffice(input, kind)));
  return after.filter((each) => !before.has(each));
}

/** The ending by which the validator knows what it sees. */
export const kindOf = (name: string): "docx" | "dotx" => (name.endsWith(".dotx") ? "dotx" : "docx");

/** Works on a few items at a time, as many as there are processors. */
export async function forEachParallel<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
}
