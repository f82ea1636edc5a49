import { z } from "zod";
import { BadRequestError, ModelError } from "../../errors.ts";
import { type Change, openFile, planChanges, type WordDocument } from "../../files/index.ts";
import { editByStyle, type StyleSummary } from "../house-style/edit-by-style.ts";
import { parseHouseStyle } from "../house-style/parse-house-style.ts";
import type { Task, TaskContext } from "../task.ts";
import { type ApplyOutcome, applyQuotedChanges, changeResults, saved } from "./apply-quoted-changes.ts";
import { type EditSummary, followInstruction } from "./follow-instruction.ts";
import { type QuotedChange, quotedChangesSchema } from "./quoted-change-schema.ts";

export type EditInput = {
  /** The Word file. */
  readonly file: Uint8Array;
  /** What to do, in words; needs a model. Either this, `changes` or `style`. */
  readonly instruction?: string | undefined;
  /** What to do, as data; needs no model. */
  readonly changes?: readonly QuotedChange[] | undefined;
  /** The text of a house style (docs/house-style.md) to bring the document in line with; a model is of use, not needed. */
  readonly style?: string | undefined;
  /** Number or title of the section that the instruction is about. */
  readonly section?: string | undefined;
  /** Words of the paragraph that the instruction is about. */
  readonly quote?: string | undefined;
  /** Who the changes are from, as Word shows it. */
  readonly author: string;
  readonly mode: "tracked" | "direct";
  /** With `changes`: writes those that can be made although others are refused. */
  readonly partial: boolean;
  /** With an instruction: puts a comment with the reason beside each change. */
  readonly reasons?: boolean | undefined;
  /** With an instruction: how many candidates a small model draws for each sentence; a larger one, how often it may try. */
  readonly candidates?: number | undefined;
};

export type EditOutput = ApplyOutcome & {
  /** What was considered, rewritten and refused; only with an instruction. */
  readonly summary?: EditSummary;
  /** Which rules were broken, what was done and what was left; only with a house style. */
  readonly style?: StyleSummary;
};

const input: z.ZodType<EditInput> = z.strictObject({
  file: z.instanceof(Uint8Array),
  instruction: z
    .string()
    .trim()
    .min(1)
    .max(8_000)
    .optional()
    .describe("What to do, for example: shorten section 2"),
  changes: quotedChangesSchema.optional().describe("Changes by quote, as in changes.json"),
  style: z.string().max(400_000).optional().describe("A house style: rules in Markdown, one a list item"),
  section: z.string().trim().min(1).optional().describe("Number or title of the section to work on"),
  quote: z.string().min(1).optional().describe("Words of the paragraph to work on"),
  author: z.string().trim().min(1).default("Tandem").describe("Who the changes are from"),
  mode: z
    .enum(["tracked", "direct"])
    .default("tracked")
    .describe("Tracked changes, or the new text directly"),
  partial: z
    .boolean()
    .default(false)
    .describe("Write the changes that can be made although others are refused"),
  reasons: z.boolean().optional().describe("Put a comment with the reason beside each change"),
  candidates: z
    .int()
    .min(1)
    .max(20)
    .optional()
    .describe("How many candidates a small model draws for each sentence"),
});

/** Changes a Word file by an instruction in words or by a list of quoted changes; tracked unless asked otherwise. */
export const editTask: Task<EditInput, EditOutput> = {
  name: "edit",
  summary: "Change a Word document by an instruction or a list of changes, as tracked changes",
  input,
  run: runEdit,
};

async function runEdit(request: EditInput, context: TaskContext): Promise<EditOutput> {
  const { file, instruction, changes, style, author, mode, partial } = request;
  const ways = [instruction, changes, style].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    throw new BadRequestError(
      ways.length === 0
        ? "there is nothing to do"
        : "an instruction, changes and a house style are three things to do",
      {
        hint: "give either an instruction in words, a list of changes or a house style",
      },
    );
  }
  if (style !== undefined) return editToStyle({ ...request, style }, context);
  if (changes !== undefined) {
    if (request.section !== undefined || request.quote !== undefined) {
      throw new BadRequestError("section and quote narrow an instruction; changes carry their own quotes", {
        hint: "leave out --section and --quote",
      });
    }
    return applyQuotedChanges(file, changes, { author, date: context.now, mode, partial });
  }
  return editByInstruction({ ...request, instruction: instruction ?? "" }, context);
}

async function editByInstruction(
  request: EditInput & { readonly instruction: string },
  context: TaskContext,
): Promise<EditOutput> {
  const { model } = context;
  if (model === undefined) {
    throw new ModelError("no-model", "an instruction in words needs a language model, and none is set up", {
      hint: "run: tandem models pull smollm2-135m-instruct (or tandem models use …), or give the changes as data: --changes changes.json",
    });
  }
  const document = openFile(request.file);
  const { changes, summary } = await followInstruction(document, { ...request, model }, context);
  return { summary, ...made(document, changes, request, context) };
}

async function editToStyle(
  request: EditInput & { readonly style: string },
  context: TaskContext,
): Promise<EditOutput> {
  if (request.section !== undefined || request.quote !== undefined) {
    throw new BadRequestError(
      "section and quote narrow an instruction; a house style is for the whole document",
      {
        hint: "leave out --section and --quote",
      },
    );
  }
  const document = openFile(request.file);
  const { changes, summary } = await editByStyle(document, parseHouseStyle(request.style), context);
  return { style: summary, ...made(document, changes, request, context) };
}

function made(
  document: WordDocument,
  changes: readonly Change[],
  { author, mode }: EditInput,
  { now }: TaskContext,
): ApplyOutcome {
  const plan = planChanges(document, changes, { author, date: now, mode });
  const ids = changes.map((change, index) => change.id ?? String(index + 1));
  const results = changeResults(ids, plan.applied, plan.refused);
  // Each paragraph stands for itself: one that Word's structure forbids to change keeps none of the others back.
  return { results, ...saved(document, plan, changes, true) };
}
