import { ModelError } from "../../errors.ts";
import type { LanguageModel } from "../../models/language-model.ts";
import type { TaskContext } from "../task.ts";
import { extractSection, missingSentence, withAllNumbers } from "./extract/extract-section.ts";
import { fillTables } from "./figures/fill-tables.ts";
import { resolveFigures } from "./figures/resolve-figures.ts";
import { type WriteSectionOptions, writeSectionWithModel } from "./model/write-section-with-model.ts";
import { wordCount } from "./rank/stems.ts";
import {
  type FinishedSection,
  keepFinished,
  readFinished,
  type SectionWriter,
  sectionDependencies,
} from "./section-checkpoint.ts";
import type {
  Draft,
  DraftBlock,
  DraftSection,
  Figure,
  FilledTable,
  Outline,
  OutlineSection,
  SectionRequest,
  Sources,
} from "./types.ts";
import { verifyDraftSection } from "./verify-draft.ts";

export type WriteDraftRequest = {
  readonly prompt: string;
  readonly outline: Outline;
  readonly sources: Sources;
  /** Writes the sentences; absent, they are the sources' own. */
  readonly model?: LanguageModel | undefined;
  /** House style for the model; part of what a finished section depends on. */
  readonly style?: Pick<WriteSectionOptions, "styleNotes" | "restyle"> | undefined;
};

export type WrittenDraft = {
  readonly draft: Draft;
  /** Beside `draft.sections`: who wrote each, and whether it was finished in an earlier run. */
  readonly made: readonly { readonly by: SectionWriter; readonly isKept: boolean }[];
  readonly notes: readonly string[];
};

const step = "writing the sections";
/** Below this part of its length, what a model wrote is no section. */
const leastKept = 0.25;

/**
 * Writes the sections one after the other, each checked before it is kept. A finished section goes to the checkpoint;
 * a later run takes it from there unless something it depends on has changed. Rejects with the signal's reason on abort.
 */
export async function writeDraft(request: WriteDraftRequest, context: TaskContext): Promise<WrittenDraft> {
  const { outline, model } = request;
  const total = outline.sections.length;
  const written: DraftSection[] = [];
  const made: { by: SectionWriter; isKept: boolean }[] = [];
  const notes: string[] = [];
  context.emit({ kind: "step-started", step, total });
  const numbers = { figure: 1, table: 1 };
  for (const section of outline.sections) {
    context.signal?.throwIfAborted();
    const { figures, tables, problems } = await numbersOf(section, request.sources, context, numbers);
    numbers.figure += figures.length;
    numbers.table += tables.length;
    notes.push(...problems.map(({ name, reason }) => `${section.id} ${section.heading}: ${name}: ${reason}`));
    const job: SectionRequest = { ...request, section, figures, tables, written };
    const finished = await writeSection(job, request, context);
    const gaps = problems.map(
      ({ name }): DraftBlock => ({ kind: "paragraph", sentences: [missingSentence(name)] }),
    );
    written.push({ ...finished.draft, section, blocks: [...finished.draft.blocks, ...gaps] });
    made.push({ by: finished.by, isKept: finished.isKept });
    notes.push(...finished.notes);
    context.emit({ kind: "step-progressed", step, done: written.length, total });
  }
  return { draft: { outline, sections: written, engine: engineName(model, made) }, made, notes };
}

type Problem = { readonly name: string; readonly reason: string };

async function numbersOf(
  section: OutlineSection,
  { workbooks }: Sources,
  context: TaskContext,
  numbers: { readonly figure: number; readonly table: number },
): Promise<{ figures: readonly Figure[]; tables: readonly FilledTable[]; problems: readonly Problem[] }> {
  const resolved = await resolveFigures(section.figures, workbooks, context, { firstNumber: numbers.figure });
  const filled = await fillTables(section.tables, workbooks, context, { firstNumber: numbers.table });
  return {
    figures: resolved.figures,
    tables: filled.tables,
    problems: [...resolved.problems, ...filled.problems],
  };
}

type Written = FinishedSection & { readonly notes: readonly string[] };
type Finished = FinishedSection & { readonly isKept: boolean; readonly notes: readonly string[] };

async function writeSection(
  job: SectionRequest,
  { model, style }: WriteDraftRequest,
  context: TaskContext,
): Promise<Finished> {
  const writer = model === undefined ? "extract" : `${model.id} ${JSON.stringify(style?.styleNotes ?? [])}`;
  const dependsOn = await sectionDependencies(job, writer);
  const kept = await readFinished(context.checkpoint, job.section, dependsOn);
  if (kept !== undefined) return { ...kept, draft: check(kept.draft, job), isKept: true, notes: [] };
  const { notes, ...written } = await askOrExtract(job, model, { ...style, ...signalOf(context) });
  const finished: FinishedSection = { by: written.by, draft: check(written.draft, job) };
  await keepFinished(context.checkpoint, finished, dependsOn);
  return { ...finished, isKept: false, notes };
}

/** Verified, and with the figures and tables that a refused sentence took with it. */
function check(draft: DraftSection, { prompt, sources, outline }: SectionRequest): DraftSection {
  return withAllNumbers(verifyDraftSection(draft, { prompt, sources, outline }));
}

/** By the model, or by the sources themselves where there is none or nothing of what it wrote can stand. */
async function askOrExtract(
  job: SectionRequest,
  model: LanguageModel | undefined,
  options: WriteSectionOptions,
): Promise<Written> {
  // A heading that only holds others needs no text.
  if (model === undefined || job.section.words === 0)
    return { by: "extract", draft: extractSection(job), notes: [] };
  try {
    const draft = await writeSectionWithModel(job, model, options);
    return filledUp(draft, job);
  } catch (error) {
    // An answer of no use is no reason to lose the document; a model out of reach is one to try again later.
    if (!(error instanceof ModelError) || error.code !== "model-output") throw error;
    const note = "the model gave no usable answer; the sources speak themselves";
    return { by: "extract", draft: extractSection(job), notes: [about(job, note)] };
  }
}

/** A model's section, with the sources' own sentences behind it where next to nothing of it could stand. */
function filledUp(draft: DraftSection, job: SectionRequest): Written {
  const { prompt, sources, outline, section } = job;
  const sound = verifyDraftSection(draft, { prompt, sources, outline });
  const words = sound.blocks.reduce((sum, block) => sum + wordsSaid(block), 0);
  if (words >= section.words * leastKept) return { by: "model", draft, notes: [] };
  if (words === 0) {
    const own = extractSection(job);
    const note = "nothing the model wrote could stand; the sources speak themselves";
    return {
      by: "extract",
      draft: { ...own, refused: [...sound.refused, ...own.refused] },
      notes: [about(job, note)],
    };
  }
  const rest = { ...job, section: { ...section, words: section.words - words } };
  const own = extractSection({ ...rest, figures: [], tables: [], written: [...job.written, sound] });
  const more = own.blocks.filter((block) => wordsSaid(block) > 0);
  const note = "little of what the model wrote could stand; the sources' own sentences fill it up";
  if (more.length === 0) return { by: "model", draft, notes: [] };
  return {
    by: "both",
    draft: { ...sound, blocks: [...sound.blocks, ...more] },
    notes: [about(job, note)],
  };
}

function about({ section }: SectionRequest, note: string): string {
  return `${section.id} ${section.heading}: ${note}`;
}

/** Words of sentences that say something: gaps and bare figures don't. */
function wordsSaid(block: DraftBlock): number {
  if (block.kind === "table") return 0;
  return block.sentences
    .filter(({ basis, citations }) => basis === "prompt" || citations.length > 0)
    .reduce((sum, { text }) => sum + wordCount(text), 0);
}

function signalOf({ signal }: TaskContext): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function engineName(
  model: LanguageModel | undefined,
  made: readonly { readonly by: SectionWriter }[],
): string {
  const own = "the sources' own sentences";
  if (model === undefined || made.every(({ by }) => by === "extract")) return own;
  const name = `${model.provider}:${model.id}`;
  return made.every(({ by }) => by === "model") ? name : `${name}, in parts ${own}`;
}
