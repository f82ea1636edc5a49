import { indexPassages } from "../rank/passage-index.ts";
import { queryOf } from "../rank/passage-query.ts";
import { stemsOf } from "../rank/stems.ts";
import type { DraftBlock, DraftSection, DraftSentence, SectionRequest } from "../types.ts";
import { arrangeSentences } from "./arrange-sentences.ts";
import { candidateSentences } from "./candidate-sentences.ts";
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

function quotedBlocks({ section, sources, written }: SectionRequest): readonly DraftBlock[] {
  const index = indexPassages(sources);
  const query = queryOf(section);
  const candidates = candidateSentences(section.uses, query, index);
  const chosen = chooseSentences(candidates, {
    words: section.words,
    said: saidBefore(written),
    isSummary: query.isSummary,
  });
  return arrangeSentences(chosen, { heading: section.heading, index });
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
