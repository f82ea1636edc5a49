import type { ContentBlock, ContentRun, DocumentProperties } from "../../../files/docx/create/content.ts";
import { titleOf } from "../outline/source-title.ts";
import { wordCount } from "../rank/stems.ts";
import type { Draft, DraftBlock, DraftSection, DraftSentence, Sources } from "../types.ts";
import { type CitationStyle, type SentenceContext, sentenceRuns } from "./compose-sentences.ts";
import { rowsBlock, tableBlocks } from "./compose-table.ts";
import { type DocumentWords, documentWords, filled } from "./document-words.ts";
import { passageFinder } from "./note-text.ts";

export type ComposeOptions = {
  readonly sources: Sources;
  readonly created: Date;
  readonly author?: string;
  /** Defaults to "footnotes". */
  readonly citations?: CitationStyle;
  /** A table of contents. Defaults to one where the document has four headings and a thousand words. */
  readonly contents?: boolean;
};

/** What is missing, in words, and where. */
export type MissingPart = { readonly section: string; readonly heading: string; readonly text: string };

/** A document ready to be written. */
export type ComposedDocument = {
  readonly blocks: readonly ContentBlock[];
  readonly properties: DocumentProperties;
  readonly missing: readonly MissingPart[];
};

/** A reader of two pages sees what there is; from here on a table of contents helps. */
const [manyHeadings, manyWords] = [4, 1000];
/** What a page of contents holds beside its title. */
const entriesAPage = 36;

/** A whole document: title, contents where it is long, the sections, and the list of sources. */
export function composeDocument(draft: Draft, options: ComposeOptions): ComposedDocument {
  const { title, language } = draft.outline;
  const words = documentWords(language);
  const body = composeSections(draft, options);
  const isLong =
    draft.sections.length >= manyHeadings && wordCount(draft.sections.map(plainText).join(" ")) >= manyWords;
  return {
    blocks: [
      { kind: "paragraph", style: "Title", runs: [{ text: title }] },
      ...((options.contents ?? isLong)
        ? [{ kind: "contents", title: words.contents, levels: contentsLevels(draft) } as const]
        : []),
      ...body,
      ...sourceList(draft, options.sources, words),
    ],
    properties: {
      title,
      language,
      created: options.created,
      ...(options.author !== undefined && { author: options.author }),
    },
    missing: missingParts(draft),
  };
}

/** As many levels, at most two, as take about a page. */
function contentsLevels({ sections }: Draft): 1 | 2 {
  return sections.filter(({ section }) => section.level <= 2).length > entriesAPage ? 1 : 2;
}

/** The sections alone, as they go into a document that exists already. `depth` is added to the levels of headings. */
export function composeSections(
  draft: Draft,
  options: ComposeOptions & { readonly depth?: number },
): ContentBlock[] {
  const words = documentWords(draft.outline.language);
  const context = sentenceContext(draft, options);
  return draft.sections.flatMap((section): ContentBlock[] => {
    const { id, level, heading } = section.section;
    return [
      {
        kind: "heading",
        level: Math.min(4, level + (options.depth ?? 0)) as 1 | 2 | 3 | 4,
        runs: [{ text: heading }],
        bookmark: `tandem_s${id.replaceAll(".", "_")}`,
      },
      ...sectionBlocks(section, context, words),
    ];
  });
}

function sentenceContext(
  { sections }: Draft,
  { sources, citations = "footnotes" }: ComposeOptions,
): SentenceContext {
  const shown = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "table" ? [block.table] : [])),
  );
  return {
    citations,
    find: passageFinder(sources),
    figures: new Map(sections.flatMap(({ figures }) => figures.map((each) => [each.id, each]))),
    tables: new Set(shown),
    bookmarked: new Set(),
  };
}

function sectionBlocks(
  { blocks, tables }: DraftSection,
  context: SentenceContext,
  words: DocumentWords,
): ContentBlock[] {
  const text = blocks
    .flatMap((block) => (block.kind === "table" ? [] : block.sentences.map((each) => each.text)))
    .join(" ");
  const made: ContentBlock[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== "table") {
      const next = blocks[index + 1]?.kind;
      const leads = block.kind === "paragraph" && (next === "list-item" || next === "rows");
      made.push(textBlock(leads ? withColon(block) : block, context));
      continue;
    }
    const table = tables.find(({ id }) => id === block.table);
    if (table === undefined) continue;
    if (!text.includes(`[[${table.id}]]`)) addReference(made, table.id, words);
    made.push(...tableBlocks(table));
  }
  return made;
}

type TextBlock = Exclude<DraftBlock, { readonly kind: "table" }>;

/** A heading of a source that leads into points is set as the line above them, which ends in a colon. */
function withColon(block: TextBlock): TextBlock {
  const [only, ...more] = block.sentences;
  const isHeading =
    only !== undefined && more.length === 0 && only.isVerbatim && /[\p{L}\p{N})]$/u.test(only.text);
  return isHeading ? { ...block, sentences: [{ ...only, text: `${only.text}:` }] } : block;
}

function textBlock(block: TextBlock, context: SentenceContext): ContentBlock {
  if (block.kind === "rows") return rowsBlock(block.sentences, context);
  const runs = sentenceRuns(block.sentences, context);
  return block.kind === "paragraph"
    ? { kind: "paragraph", runs }
    : { kind: "list-item", ordered: block.ordered, runs };
}

/** `See Table 2.` behind the last paragraph before the table, when there is one. */
function addReference(made: ContentBlock[], id: string, { see }: DocumentWords): void {
  const at = made.findLastIndex(({ kind }) => kind === "paragraph");
  const paragraph = made[at];
  if (paragraph?.kind !== "paragraph") return;
  const [before = "", after = ""] = see.split("{0}");
  const runs: ContentRun[] = [
    { text: ` ${before}` },
    { text: "", reference: `tandem_${id}` },
    { text: after },
  ];
  made[at] = { ...paragraph, runs: [...paragraph.runs, ...runs] };
}

/** Which files the document rests on, and how much of each it cites. */
function sourceList(draft: Draft, { texts, workbooks }: Sources, words: DocumentWords): ContentBlock[] {
  const cited = sentencesOf(draft).flatMap(({ citations }) => citations);
  const fromTexts = texts.flatMap((text) => {
    const own = cited.filter(({ source }) => source === text.name);
    const count = new Set(own.map(({ passage }) => passage)).size;
    const name = text.title === undefined ? text.name : `${text.name}: ${titleOf(text)}`;
    return count === 0 ? [] : [`${name} (${filled(words.used, count, text.passages.length)})`];
  });
  const fromWorkbooks = workbooks.flatMap(({ name, sha256 }) => {
    const isUsed = draft.sections.some(({ figures, tables }) =>
      [...figures, ...tables].some((each) => each.workbook === name),
    );
    return isUsed ? [`${name} (${filled(words.fingerprint, sha256.slice(0, 12))})`] : [];
  });
  const lines = [...fromTexts, ...fromWorkbooks];
  if (lines.length === 0) return [];
  return [
    { kind: "heading", level: 1, runs: [{ text: words.sources }] },
    ...lines.map((text): ContentBlock => ({ kind: "list-item", ordered: false, runs: [{ text }] })),
  ];
}

/** Every `[to be supplied]` with its section. */
export function missingParts(draft: Draft): MissingPart[] {
  return draft.sections.flatMap(({ section, blocks }) =>
    blocks
      .flatMap((block) => (block.kind === "table" ? [] : block.sentences))
      .filter(({ basis }) => basis === "missing")
      .map(({ text }) => ({
        section: section.id,
        heading: section.heading,
        text: text.replace(/^\[to be supplied:? ?|\]$/gu, "") || section.heading,
      })),
  );
}

function sentencesOf(draft: Draft): DraftSentence[] {
  return draft.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "table" ? [] : block.sentences)),
  );
}

function plainText({ section, blocks }: DraftSection): string {
  const texts = blocks.flatMap((block) =>
    block.kind === "table" ? [] : block.sentences.map(({ text }) => text),
  );
  return [section.heading, ...texts].join(" ");
}
