import { indexPassages, keyOf } from "../rank/passage-index.ts";
import type { PassageQuery } from "../rank/passage-query.ts";
import { rankPassages } from "../rank/rank-passages.ts";
import { sectionQuery } from "../rank/section-query.ts";
import { stemsOf } from "../rank/stems.ts";
import type { DraftBlock, DraftSection, DraftSentence, PassageReference, SectionRequest } from "../types.ts";
import { arrangeSentences } from "./arrange-sentences.ts";
import { type Candidate, candidateSentences } from "./candidate-sentences.ts";
import { chooseSentences } from "./choose-sentences.ts";

/**
 * A section of the sources' own sentences: those that serve its heading and purpose best, to the letter, each with its
 * place. Figures and tables of the section stand with their names. Where nothing can be quoted it says what is missing.
 */
export function extractSection(request: SectionRequest): DraftSection {
  const { section, figures, tables } = request;
  const blocks = section.words === 0 ? [] : quotedBlocks(request);
  const draft = withAllNumbers({ section, blocks, figures, tables, refused: [] });
  return draft.blocks.length === 0 && section.words > 0
    ? { ...draft, blocks: [missingBlock(section.heading)] }
    : draft;
}

/** The section with every figure and table that it was asked to show: those no sentence shows come at the end. */
export function withAllNumbers(draft: DraftSection): DraftSection {
  const text = draft.blocks
    .flatMap((block) => (block.kind === "table" ? [] : block.sentences.map((each) => each.text)))
    .join(" ");
  const placed = new Set(draft.blocks.flatMap((block) => (block.kind === "table" ? [block.table] : [])));
  const figures = draft.figures.filter(({ id }) => !text.includes(`[[${id}]]`));
  const tables = draft.tables.filter(({ id }) => !placed.has(id));
  return {
    ...draft,
    blocks: [
      ...draft.blocks,
      ...figures.map(({ id, name }) => figureLine(id, name)),
      ...tables.map(({ id }): DraftBlock => ({ kind: "table", table: id })),
    ],
  };
}

function quotedBlocks(request: SectionRequest): readonly DraftBlock[] {
  const { section, sources, written } = request;
  const index = indexPassages(sources);
  const query = sectionQuery(section, section.uses, sources);
  const about = chosenFrom(section.uses, query, request);
  const chosen =
    about.length > 0 ? about : chosenFrom(namedOnly(request), { ...query, isSummary: true }, request);
  return arrangeSentences(chosen, { heading: section.heading, index, said: textsIn(written) });
}

function chosenFrom(
  uses: readonly PassageReference[],
  query: PassageQuery,
  { section, sources, written }: SectionRequest,
): readonly Candidate[] {
  return chooseSentences(candidateSentences(uses, query, indexPassages(sources)), {
    words: section.words,
    said: saidBefore(written),
    isSummary: query.isSummary,
  });
}

/** Passages that only a person can have named for this section: by its words, none would have been offered. */
function namedOnly({
  section: { uses, heading, purpose },
  sources,
  prompt,
}: SectionRequest): PassageReference[] {
  const offered = new Set(
    rankPassages({ heading, purpose, prompt }, sources).map(({ reference }) => keyOf(reference)),
  );
  return uses.filter((reference) => !offered.has(keyOf(reference)));
}

/** The stems of every sentence that stands in the document. */
function saidBefore(written: readonly DraftSection[]): readonly ReadonlySet<string>[] {
  return written.flatMap(({ blocks }) =>
    blocks.flatMap((block) =>
      block.kind === "table"
        ? []
        : block.sentences.filter(({ basis }) => basis === "source").map(({ text }) => new Set(stemsOf(text))),
    ),
  );
}

function textsIn(written: readonly DraftSection[]): ReadonlySet<string> {
  return new Set(
    written.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === "table" ? [] : block.sentences.map(({ text }) => text))),
    ),
  );
}

function figureLine(id: string, name: string): DraftBlock {
  const sentence: DraftSentence = {
    text: `${name}: [[${id}]].`,
    basis: "source",
    citations: [],
    isVerbatim: false,
  };
  return { kind: "paragraph", sentences: [sentence] };
}

/** Says what a section lacks, in the words of its heading. */
export function missingBlock(heading: string): DraftBlock {
  return { kind: "paragraph", sentences: [missingSentence(heading)] };
}

export function missingSentence(what: string): DraftSentence {
  const bare = what.replaceAll(/[[\]]/gu, "").trim();
  return {
    text: bare === "" ? "[to be supplied]" : `[to be supplied: ${bare}]`,
    basis: "missing",
    citations: [],
    isVerbatim: false,
  };
}
