import { z } from "zod";
import { BadRequestError } from "../../errors.ts";
import type { Glossary } from "../../files/glossary/types.ts";
import type { TextUnit, WrittenUnits } from "../../files/units/types.ts";
import type { TranslationEngine } from "../../models/translation/translation-engine.ts";
import type { Task, TaskContext } from "../task.ts";
import { bilingualTable } from "./deliver/bilingual-table.ts";
import { reviewFile } from "./deliver/review-file.ts";
import { commentedTranslation, trackedTranslation } from "./deliver/suggest-translation.ts";
import { type TranslatableFormat, translatableFormat } from "./file-units.ts";
import { findLanguage, identifyText } from "./find-language.ts";
import { languageTag } from "./language-tag.ts";
import type { TranslationMemory } from "./memory/translation-memory.ts";
import type { TranslatedSegment, TranslatedUnits } from "./result-types.ts";
import { translateUnits } from "./translate-units.ts";

/** `copy`: the file in the other language; the others are for people who review it. */
export type TranslateForm = "copy" | "bilingual" | "tracked" | "comments" | "xliff";

export type TranslateInput = {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  /** BCP 47 tag, for example `pt-PT`. */
  readonly to: string;
  /** Defaults to what the text looks like. */
  readonly from?: string | undefined;
  readonly engine: TranslationEngine;
  readonly memory?: TranslationMemory | undefined;
  readonly glossary?: Glossary | undefined;
  /** Defaults to "copy". */
  readonly as?: TranslateForm | undefined;
  readonly comments?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  readonly mirror?: boolean | undefined;
  readonly formality?: "formal" | "informal" | undefined;
  /** Name on tracked changes, comments and the bilingual table. */
  readonly author: string;
};

export type TranslateCounts = {
  readonly segments: number;
  readonly words: number;
  readonly fromMemory: number;
  readonly byEngine: number;
  /** Left in the source language: no translation passed the checks. */
  readonly keptSource: number;
  readonly red: number;
  readonly amber: number;
  readonly green: number;
};

export type TranslateOutput = {
  readonly bytes: Uint8Array;
  /** Ending of the file that came out, without a dot. */
  readonly ending: string;
  readonly from: string;
  readonly to: string;
  readonly engine: string;
  readonly counts: TranslateCounts;
  readonly segments: readonly TranslatedSegment[];
  /** What is not as it should be, as sentences with their places. */
  readonly notes: readonly string[];
};

const text = z.string().min(1);
const object = <T>(name: string): z.ZodType<T> =>
  z.custom<T>((value) => typeof value === "object", `a ${name}`);

const input: z.ZodType<TranslateInput> = z.strictObject({
  file: z.strictObject({ name: text, bytes: z.instanceof(Uint8Array) }).describe("The file to translate"),
  to: text.describe("Language to translate into, for example pt or pt-BR"),
  from: text.optional().describe("Language of the file; found from its text where it isn't given"),
  engine: object<TranslationEngine>("translation engine"),
  memory: object<TranslationMemory>("translation memory").optional(),
  glossary: object<Glossary>("glossary").optional(),
  as: z.enum(["copy", "bilingual", "tracked", "comments", "xliff"]).optional().describe("What to give back"),
  comments: z.boolean().optional().describe("Translate comments too"),
  hidden: z.boolean().optional().describe("Translate hidden text, rows, columns, sheets and slides too"),
  mirror: z
    .boolean()
    .optional()
    .describe("Mirror slides and sheets for a language written from right to left"),
  formality: z.enum(["formal", "informal"]).optional(),
  author: text,
});

/** Translates a whole file; whatever isn't text stays as it was. */
export const translateTask: Task<TranslateInput, TranslateOutput> = {
  name: "translate",
  summary: "Translate a document, workbook, presentation or text file, with every run, field and link kept",
  input,
  run: translate,
};

async function translate(given: TranslateInput, context: TaskContext): Promise<TranslateOutput> {
  const { file, engine, as = "copy" } = given;
  const format = translatableFormat(file.name);
  refuseForm(as, format, file.name);
  const listed = { comments: given.comments ?? false, hidden: given.hidden ?? false };
  const units = format.list(file.bytes, listed);
  if (units.length === 0)
    throw new BadRequestError(`${file.name} holds no text to translate`, {
      hint: "Comments and hidden text are left out unless you ask: --comments, --hidden.",
    });
  const languages = await languagesOf(given, units);
  await refusePair(engine, languages);
  const translated = await translateUnits(units, {
    ...languages,
    ...(given.memory && { memory: given.memory }),
    ...(given.glossary && { glossary: given.glossary }),
    ...(given.formality && { formality: given.formality }),
    ...(context.checkpoint && { checkpoint: context.checkpoint }),
    ...(context.signal && { signal: context.signal }),
    engine,
    identify: identifyText,
    summary: summaryOf(file.name, units),
    now: context.now,
    emit: context.emit,
  });
  context.signal?.throwIfAborted();
  const written = format.write(file.bytes, translated.targets, {
    ...listed,
    language: languages.to,
    ...(given.mirror && { mirror: true }),
  });
  const { notes, ...result } = await deliver(
    given,
    format,
    { units, translated, written, ...languages },
    context.now,
  );
  return {
    ...result,
    ...languages,
    engine: engine.id,
    counts: countsOf(translated.segments),
    segments: translated.segments,
    notes: [...notes, ...remarks(units, written)],
  };
}

function refuseForm(as: TranslateForm, format: TranslatableFormat, name: string): void {
  if ((as === "tracked" || as === "comments") && format.kind !== "word")
    throw new BadRequestError(
      `${name} can't hold a translation as ${as === "tracked" ? "tracked changes" : "comments beside the text"}`,
      {
        hint: "Only Word documents can. Ask for --as bilingual or --as xliff to review it.",
      },
    );
}

async function refusePair(
  engine: TranslationEngine,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  const why = await engine.missing(from, to);
  if (why !== undefined)
    throw new BadRequestError(why, { hint: "See tandem translate --help for other engines." });
}

async function languagesOf(
  { to, from, file }: TranslateInput,
  units: readonly TextUnit[],
): Promise<{ from: string; to: string }> {
  const target = languageTag(to);
  const source = from === undefined ? await findLanguage(units, file.name) : languageTag(from);
  if (source === target)
    throw new BadRequestError(`the text is ${source} already`, {
      hint: "Name the file's language with --from if that is wrong.",
    });
  return { from: source, to: target };
}

/** What a model is told of the file: its name and headings. They are data like all of its text. */
function summaryOf(name: string, units: readonly TextUnit[]): string {
  const headings = units.filter(({ kind }) => kind === "heading").slice(0, 8);
  return [name, ...headings.map((unit) => unit.text.slice(0, 80))].join(" | ");
}

type Parts = {
  readonly units: readonly TextUnit[];
  readonly translated: TranslatedUnits;
  readonly written: WrittenUnits;
  readonly from: string;
  readonly to: string;
};

async function deliver(
  { file, as = "copy", author }: TranslateInput,
  format: TranslatableFormat,
  { units, translated, written, from, to }: Parts,
  now: Date,
): Promise<{ bytes: Uint8Array; ending: string; notes: readonly string[] }> {
  const by = { author, date: now };
  if (as === "copy") return { bytes: written.bytes, ending: format.ending, notes: [] };
  if (as === "tracked")
    return { ...trackedTranslation(file.bytes, written.bytes, by), ending: format.ending };
  if (as === "comments")
    return { ...commentedTranslation(file.bytes, units, translated.targets, by), ending: format.ending };
  if (as === "xliff")
    return { bytes: await reviewFile(file, units, translated, { from, to }), ending: "xlf", notes: [] };
  const bytes = bilingualTable(translated.segments, { title: file.name, author, from, to, created: now });
  return { bytes, ending: "docx", notes: [] };
}

function remarks(units: readonly TextUnit[], { flagged, refused, overflowing = [] }: WrittenUnits): string[] {
  const places = new Map(units.map(({ id, place }) => [id, place]));
  const of = ({ unit, reason }: { readonly unit: string; readonly reason: string }): string =>
    `${places.get(unit) ?? unit}: ${reason}`;
  return [
    ...flagged.map((each) => `${of(each)}; its formatting should be looked at`),
    ...refused.map((each) => `${of(each)}; left as it was`),
    ...overflowing.map(of),
  ];
}

function countsOf(segments: readonly TranslatedSegment[]): TranslateCounts {
  const count = (is: (segment: TranslatedSegment) => boolean): number => segments.filter(is).length;
  return {
    segments: segments.length,
    words: segments.reduce((sum, { source }) => sum + (source.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0),
    fromMemory: count(({ origin }) => origin === "memory"),
    byEngine: count(({ origin }) => origin === "engine"),
    keptSource: count(({ origin, findings }) => origin === "source" && findings.length > 0),
    red: count(({ rating }) => rating === "red"),
    amber: count(({ rating }) => rating === "amber"),
    green: count(({ rating }) => rating === "green"),
  };
}
