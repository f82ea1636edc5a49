import { z } from "zod";
import { BadRequestError, ModelError } from "../../errors.ts";
import type { LanguageModel } from "../../models/language-model.ts";
import type { Task, TaskContext } from "../task.ts";
import { type MissingPart, missingParts } from "./compose/compose-document.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { type Delivery, deliverDocument, tryDelivery } from "./deliver-document.ts";
import { canWrite } from "./model/can-write.ts";
import { type OutlineProposal, planOutlineWithModel } from "./model/plan-outline-with-model.ts";
import { fillUses } from "./outline/fill-uses.ts";
import { parseOutline } from "./outline/parse-outline.ts";
import { type PlanOutlineInput, planOutline, wordsWanted } from "./outline/plan-outline.ts";
import { printOutline } from "./outline/print-outline.ts";
import { readPrompt } from "./outline/read-prompt.ts";
import { keptProposal } from "./outline-checkpoint.ts";
import { wordCount } from "./rank/stems.ts";
import { readSources, type SourceFile } from "./read-sources.ts";
import type { Draft, Figure, Outline, Sources } from "./types.ts";
import { verifyDraft } from "./verify-draft.ts";
import { type WrittenDraft, writeDraft } from "./write-draft.ts";
import { writingStyle } from "./writing-style.ts";

export type WriteInput = {
  /** What is to be written, in the person's words. */
  readonly prompt: string;
  readonly sources: readonly SourceFile[];
  /** A `.docx` or `.dotx` in whose look the document is written. */
  readonly template?: Uint8Array | undefined;
  /** What fills the template's content controls, by tag or title. */
  readonly slots?: Readonly<Record<string, string>> | undefined;
  /** A document whose headings and lengths the new one takes. */
  readonly like?: SourceFile | undefined;
  /** The text of an outline that was shown and may have been edited. */
  readonly outline?: string | undefined;
  /** Stops when the outline is there. */
  readonly outlineOnly?: boolean | undefined;
  /** An existing document to put the sections into, behind the place `after` names. */
  readonly into?: { readonly document: Uint8Array; readonly after?: string | undefined } | undefined;
  /** The text of a house style: a model's sentences keep to it, quoted ones keep their words. */
  readonly style?: string | undefined;
  readonly title?: string | undefined;
  readonly author: string;
  /** BCP 47. Defaults to the language of the sources. */
  readonly language?: string | undefined;
  /** Words of the whole document. Defaults to what the prompt asks for. */
  readonly length?: number | undefined;
  /** Defaults to "footnotes". */
  readonly citations?: "footnotes" | "comments" | "none" | undefined;
};

/** What became of one section. */
export type WrittenSection = {
  readonly id: string;
  readonly heading: string;
  readonly words: number;
  readonly sentences: number;
  /** Sentences that name their source. */
  readonly cited: number;
  readonly missing: number;
  /** `extract`: the sources' own sentences; `both`: a model's, filled up with them. */
  readonly by: "model" | "extract" | "both";
  /** Taken from an earlier run. */
  readonly isKept: boolean;
};

export type WriteOutput = {
  /** Absent where only the outline was asked for. */
  readonly docx?: Uint8Array;
  readonly title: string;
  /** As text that can be edited and given back. */
  readonly outline: string;
  readonly sections: readonly WrittenSection[];
  /** What is marked `[to be supplied]` in the document. */
  readonly missing: readonly MissingPart[];
  readonly coverage: Coverage;
  /** What code did not let through, with the reason; nothing of it is in the document. */
  readonly refused: readonly { readonly section: string; readonly text: string; readonly reason: string }[];
  /** The model that wrote, or that the sentences are the sources' own. */
  readonly engine: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
};

const bytes: z.ZodType<Uint8Array> = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array,
  "bytes expected",
);
const file: z.ZodType<SourceFile> = z.strictObject({ name: z.string().min(1), bytes });

const input: z.ZodType<WriteInput> = z.strictObject({
  prompt: z.string().trim().min(1).max(20_000).describe("What is to be written"),
  sources: z.array(file).describe("Files to write from: .docx .pdf .md .txt .html .xlsx .csv, transcripts"),
  template: bytes.optional().describe("A .docx or .dotx in whose look the document is written"),
  slots: z
    .record(z.string(), z.string())
    .optional()
    .describe("Texts for the template's content controls, by tag or title"),
  like: file.optional().describe("A document whose headings and lengths the new one takes"),
  outline: z.string().optional().describe("An outline as this task prints it, edited or not"),
  outlineOnly: z.boolean().optional().describe("Stop when the outline is there"),
  into: z
    .strictObject({ document: bytes, after: z.string().optional() })
    .optional()
    .describe("A document that gets the sections as tracked insertions"),
  style: z.string().optional().describe("A house style, Markdown rules that the wording keeps to"),
  title: z.string().trim().min(1).optional().describe("Title of the document"),
  author: z.string().trim().min(1).describe("Author of the document"),
  language: z.string().optional().describe("Language of the document, such as en-GB or de"),
  length: z.number().int().positive().optional().describe("Words of the whole document"),
  citations: z
    .enum(["footnotes", "comments", "none"])
    .optional()
    .describe("How sources are shown beside the sentences"),
});

/** Writes a Word document from a prompt and sources; every sentence names what it rests on, or what is missing. */
export const writeTask: Task<WriteInput, WriteOutput> = {
  name: "write",
  summary: "Write a Word document from a prompt and sources, every claim with its source",
  input,
  run: runWrite,
};

async function runWrite(request: WriteInput, context: TaskContext): Promise<WriteOutput> {
  const reading = "reading the sources";
  context.emit({ kind: "step-started", step: reading, total: request.sources.length });
  const { sources, notes } = await readSources(request.sources, {
    signal: context.signal,
    onProgress: (done, total) => context.emit({ kind: "step-progressed", step: reading, done, total }),
  });
  const delivery = deliveryOf(request, sources, context);
  if (request.outlineOnly !== true) await tryDelivery(delivery);
  const model = context.model !== undefined && canWrite(context.model) ? context.model : undefined;
  const planned = await outlineFor(request, sources, model, context);
  const text = printOutline(planned.outline, sources);
  const style = writingStyle(request.style);
  const known = [...notes, ...planned.notes, ...(style?.notes ?? [])];
  if (request.outlineOnly === true) return outlineOutput(planned.outline, text, sources, known);
  const written = await writeDraft(
    { prompt: request.prompt, outline: planned.outline, sources, model, style },
    context,
  );
  const draft = verifyDraft(written.draft, { prompt: request.prompt, sources });
  const { docx, notes: said } = await deliverDocument(draft, { ...delivery, layOut: context.layOut });
  const all = [...known, ...written.notes, ...said, ...ownWordNotes(request, context, written)];
  return { ...report(draft, written, sources), docx, outline: text, notes: all };
}

/** Why the words are the sources' own where somebody may have expected others. */
function ownWordNotes({ style }: WriteInput, { model }: TaskContext, { made }: WrittenDraft): string[] {
  if (made.some(({ by }) => by === "model")) return [];
  const tooSmall = model !== undefined && !canWrite(model);
  return [
    ...(tooSmall ? [`${model.id} is too small to write; a larger model words the sentences itself`] : []),
    ...(style === undefined
      ? []
      : [
          "quoted sentences keep their words: tandem edit --style makes the house style's changes in the document",
        ]),
  ];
}

function deliveryOf(request: WriteInput, sources: Sources, { now }: TaskContext): Omit<Delivery, "layOut"> {
  const { author, citations = "footnotes", template, slots, into } = request;
  return { sources, created: now, author, citations, template, slots, into };
}

type Planned = { readonly outline: Outline; readonly notes: readonly string[] };

async function outlineFor(
  request: WriteInput,
  sources: Sources,
  model: LanguageModel | undefined,
  context: TaskContext,
): Promise<Planned> {
  const { prompt, outline, title, language } = request;
  if (outline !== undefined) {
    const parsed = parseOutline(outline, { sources, language });
    const filled = fillUses(parsed, sources, prompt);
    return { outline: { ...filled, title: title ?? filled.title }, notes: [] };
  }
  return plannedOutline(request, sources, model, context);
}

/** An outline that nobody has seen yet: what it says is no statement of the person's. */
async function plannedOutline(
  request: WriteInput,
  sources: Sources,
  model: LanguageModel | undefined,
  context: TaskContext,
): Promise<Planned> {
  const { prompt, title, language, length } = request;
  context.emit({ kind: "step-started", step: "planning the outline" });
  const like = request.like === undefined ? undefined : await readLike(request.like, context);
  const plan: PlanOutlineInput = { prompt, sources, like, title, language, words: length };
  const rules = planOutline(plan);
  // What the prompt or an approved document settles needs no model.
  if (model === undefined || like !== undefined || readPrompt(prompt).sections.length > 0)
    return { outline: asPlanned(rules), notes: [] };
  const proposed = await propose(plan, rules, model, context);
  return proposed === undefined
    ? { outline: asPlanned(rules), notes: ["the model proposed no usable outline; it was planned by rules"] }
    : { outline: asPlanned(planOutline({ ...plan, proposed })), notes: [] };
}

function asPlanned(outline: Outline): Outline {
  return { ...outline, sections: outline.sections.map((section) => ({ ...section, isPlanned: true })) };
}

async function propose(
  plan: PlanOutlineInput,
  { language }: Outline,
  model: LanguageModel,
  { signal, checkpoint }: TaskContext,
): Promise<OutlineProposal | undefined> {
  const { prompt, sources } = plan;
  const words = wordsWanted(plan, readPrompt(prompt));
  try {
    const request = { prompt, sources, language, words, ...(signal !== undefined && { signal }) };
    // A model may plan otherwise the second time, and every finished section would be lost.
    const proposed = await keptProposal(checkpoint, { ...request, model: model.id }, () =>
      planOutlineWithModel(request, model),
    );
    return proposed.sections.length === 0 ? undefined : proposed;
  } catch (error) {
    if (error instanceof ModelError && error.code === "model-output") return undefined;
    throw error;
  }
}

async function readLike(like: SourceFile, { signal }: TaskContext): Promise<Sources["texts"][number]> {
  const { sources } = await readSources([like], { signal });
  const [text] = sources.texts;
  if (text === undefined)
    throw new BadRequestError(`${like.name} has no headings to follow`, {
      hint: "give a document, not a workbook",
    });
  return text;
}

function outlineOutput(
  outline: Outline,
  text: string,
  sources: Sources,
  notes: readonly string[],
): WriteOutput {
  const draft: Draft = { outline, sections: [], engine: "" };
  return {
    title: outline.title,
    outline: text,
    sections: [],
    missing: [],
    coverage: coverageOf(draft, sources),
    refused: [],
    engine: "",
    figures: [],
    notes,
  };
}

function report(
  draft: Draft,
  { made }: WrittenDraft,
  sources: Sources,
): Omit<WriteOutput, "docx" | "outline" | "notes"> {
  return {
    title: draft.outline.title,
    sections: draft.sections.map(({ section, blocks }, index): WrittenSection => {
      const sentences = blocks.flatMap((block) => (block.kind === "table" ? [] : block.sentences));
      return {
        id: section.id,
        heading: section.heading,
        words: sentences.reduce((sum, { text }) => sum + wordCount(text), 0),
        sentences: sentences.length,
        cited: sentences.filter(({ citations }) => citations.length > 0).length,
        missing: sentences.filter(({ basis }) => basis === "missing").length,
        by: made[index]?.by ?? "extract",
        isKept: made[index]?.isKept ?? false,
      };
    }),
    missing: missingParts(draft),
    coverage: coverageOf(draft, sources),
    refused: draft.sections.flatMap(({ section, refused }) =>
      refused.map(({ text, reason }) => ({ section: section.id, text, reason })),
    ),
    engine: draft.engine,
    figures: draft.sections.flatMap(({ figures }) => figures),
  };
}
