import { type AskOutput, askTask } from "../../ask/task.ts";
import type { TaskContext } from "../../task.ts";
import type { SourceTables } from "../types.ts";

/** The answer to a question about one source, by rules alone: no model reads it. A sentence where there is none. */
export async function askSource(
  { name, bytes }: SourceTables,
  question: string,
  context: TaskContext,
): Promise<AskOutput | string> {
  const { model: _, checkpoint: __, ...own } = context;
  const output = await askTask.run({ files: [{ name, bytes }], question }, { ...own, emit: () => {} });
  if (output.status === "answered") return output;
  return `"${question}" can't be answered from ${name}: ${output.answer}`;
}
