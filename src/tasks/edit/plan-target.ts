import { outline, type WordDocument } from "../../files/index.ts";
import { generateJson } from "../../models/index.ts";
import type { TaskContext } from "../task.ts";
import { entryTarget, joined, type Target, targetInInstruction, targetOf } from "./choose-target.ts";
import type { ModelCalls } from "./model-calls.ts";
import { PLAN_SCHEMA, planMessages } from "./prompt.ts";
import type { RewriteKind } from "./rewrite-kind.ts";

export type PlanRequest = {
  readonly instruction: string;
  readonly section?: string | undefined;
  readonly quote?: string | undefined;
};

/**
 * The paragraphs to work on: those that the options or the words of the instruction name; for a free instruction that
 * names none, those that the model picks from the outline; otherwise the whole document.
 */
export async function planTarget(
  document: WordDocument,
  request: PlanRequest,
  calls: ModelCalls,
  kind: RewriteKind,
  context: TaskContext,
): Promise<Target> {
  const named = targetOf(document, request) ?? targetInInstruction(document, request.instruction);
  if (named !== undefined) return named;
  const whole: Target = {
    paragraphs: document.paragraphs.filter((each) => each.story.kind === "body"),
    label: "the whole document",
  };
  const entries = outline(document);
  if (kind !== "free" || entries.length < 2) return whole;
  context.emit({ kind: "step-started", step: "plan" });
  const headings = entries.map((entry) => `${entry.numbering ?? ""} ${entry.text}`.trim());
  const messages = planMessages(request.instruction, headings, crypto.randomUUID().slice(0, 8));
  const plan = await calls.attempt((model) =>
    generateJson<{ wholeDocument: boolean; headings: number[] }>(model, {
      messages,
      schema: PLAN_SCHEMA,
      ...(context.signal && { signal: context.signal }),
    }),
  );
  if (plan === undefined || plan.wholeDocument) return whole;
  return (
    joined(
      [...new Set(plan.headings)].flatMap((number) => {
        const entry = entries[number - 1];
        return entry === undefined ? [] : [entryTarget(document, entry)];
      }),
    ) ?? whole
  );
}
