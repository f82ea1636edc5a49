import { QueryError } from "../../errors.ts";
import type { EngineFailure } from "../messages.ts";
import { isTree } from "./syntax-tree.ts";

/** What went wrong in this process, in the words of an error of ours. */
export function describeFailure(error: unknown): EngineFailure {
  if (error instanceof QueryError) {
    const { code, message, hint } = error;
    return { kind: "failed", code, message, ...(hint === undefined ? {} : { hint }) };
  }
  // DuckDB's errors are plain ones; these are mistakes of ours.
  if (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError) {
    return { kind: "failed", code: "engine-failed", message: `the data engine failed: ${error.message}` };
  }
  const { type, message } = engineMessage(error instanceof Error ? error.message : String(error));
  if (
    type === "Out of Memory" ||
    /out of memory|bad.alloc|allocation failed|allocation failure/i.test(message)
  ) {
    return {
      kind: "failed",
      code: "query-memory",
      message: "the data engine needs more memory than it may take",
      hint: "filter or aggregate earlier, or raise the memory limit",
    };
  }
  return { kind: "failed", code: "query-failed", message };
}

/** DuckDB was told to write its errors as JSON; some still come as plain text. */
function engineMessage(text: string): { type: string; message: string } {
  const start = text.indexOf("{");
  if (start !== -1) {
    try {
      const parsed: unknown = JSON.parse(text.slice(start));
      if (isTree(parsed)) {
        return { type: String(parsed.exception_type), message: String(parsed.exception_message) };
      }
    } catch {
      // Not JSON after all; the text is the message.
    }
  }
  const type = /^([A-Z][\w ]*?) Error: /.exec(text)?.[1] ?? "";
  return { type, message: text.split("\n\n")[0]! };
}
