import { escapeAttribute, escapeText } from "../../src/files/xml/xml-text.ts";

/** Editing sessions as Word numbers them; `settings.xml` lists them all. */
export const rsids = [
  "00A4153C",
  "001F2B70",
  "003C5D19",
  "0057E8A2",
  "006D0B41",
  "008E7F35",
  "00B26C90",
  "00D1947E",
] as const;

export type ParagraphOptions = {
  readonly style?: string;
  /** Further children of `w:pPr`, those that come after `w:pStyle`. */
  readonly properties?: string;
  /** Bookmark names around the text. */
  readonly bookmarks?: readonly string[];
  /** `w:rPr` children for all runs. */
  readonly run?: string;
};

/** Writes body XML as Word leaves it after some days of work: ids on all paragraphs, runs cut at odd places. */
type WordWriter = {
  readonly paragraph: (text: string, options?: ParagraphOptions) => string;
  /** A paragraph of ready-made runs. */
  readonly rawParagraph: (runs: string, options?: ParagraphOptions) => string;
  readonly runs: (text: string, run?: string) => string;
  /** Targets of external links in order; the first is `firstLink`. */
  readonly links: string[];
};

type Snippets = Readonly<Record<string, string>>;

/** Names that Word's spelling check underlines. */
const unknownWords =
  /^(Nordfrakt|Parcelwise|Nordfrakt’s|Parcelwise’s|Okafor|Lindqvist|Aydin|Tomasz|Johan|Raman|Elif|IFTSTA)$/;

/**
 * The text language of the paragraphs: `**bold**`, `__italic__`, `[words](address)`, `{name}` for one of the
 * snippets, `|` where Word broke the page, `~` for a space that does not break.
 */
export function createWordWriter(snippets: Snippets, linkId: (index: number) => string): WordWriter {
  let seed = 20_261_118;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  let paragraphs = 0x2a1b3c00;
  let bookmarks = 0;
  const links: string[] = [];

  const attributes = (): string => {
    paragraphs += 0x1f3d + random(0x4000);
    const paraId = paragraphs.toString(16).toUpperCase().padStart(8, "0");
    const added = rsids[random(rsids.length)]!;
    return ` w14:paraId="${paraId}" w14:textId="77777777" w:rsidR="${added}" w:rsidRDefault="${added}"${random(3) === 0 ? ` w:rsidP="${rsids[1]}"` : ""}`;
  };
  let pageBreak = "";
  const run = (properties: string, content: string): string => {
    const inner = pageBreak + content;
    pageBreak = "";
    const session = random(3) === 0 ? ` w:rsidR="${rsids[random(rsids.length)]}"` : "";
    return `<w:r${session}>${properties === "" ? "" : `<w:rPr>${properties}</w:rPr>`}${inner}</w:r>`;
  };
  const words = (text: string, properties: string): string => {
    const pieces = cut(text, random);
    return pieces
      .map((piece) => {
        const xml = run(
          properties,
          `<w:t${/^\s|\s$/.test(piece) ? ' xml:space="preserve"' : ""}>${escapeText(piece)}</w:t>`,
        );
        return unknownWords.test(piece)
          ? `<w:proofErr w:type="spellStart"/>${xml}<w:proofErr w:type="spellEnd"/>`
          : xml;
      })
      .join("");
  };
  const link = (text: string, address: string, properties: string): string => {
    if (!links.includes(address)) links.push(address);
    const inner = run(`<w:rStyle w:val="Hyperlink"/>${properties}`, `<w:t>${escapeText(text)}</w:t>`);
    return `<w:hyperlink r:id="${linkId(links.indexOf(address))}" w:history="1">${inner}</w:hyperlink>`;
  };
  const runs = (text: string, properties = ""): string =>
    [
      ...text
        .replaceAll("~", "\u00a0")
        .matchAll(/\*\*(.+?)\*\*|__(.+?)__|\[(.+?)\]\((.+?)\)|\{(\w+)\}|(\|)|([^*_[{|]+|[*_[{])/g),
    ]
      .map(([whole, bold, italic, label, address, snippet, breaksPage]) => {
        if (bold !== undefined) return words(bold, `<w:b/><w:bCs/>${properties}`);
        if (italic !== undefined) return words(italic, `<w:i/><w:iCs/>${properties}`);
        if (label !== undefined) return link(label, address!, properties);
        if (snippet !== undefined) return snippets[snippet] ?? fail(snippet);
        if (breaksPage !== undefined) {
          pageBreak = "<w:lastRenderedPageBreak/>";
          return "";
        }
        return words(whole, properties);
      })
      .join("");
  const rawParagraph = (inner: string, options: ParagraphOptions = {}): string => {
    const style = options.style === undefined ? "" : `<w:pStyle w:val="${escapeAttribute(options.style)}"/>`;
    const properties = style + (options.properties ?? "");
    const marks = (options.bookmarks ?? []).map((name) => ({ id: bookmarks++, name }));
    const opening = marks.map(({ id, name }) => `<w:bookmarkStart w:id="${id}" w:name="${name}"/>`).join("");
    const closing = marks.map(({ id }) => `<w:bookmarkEnd w:id="${id}"/>`).join("");
    return `<w:p${attributes()}>${properties === "" ? "" : `<w:pPr>${properties}</w:pPr>`}${opening}${inner}${closing}</w:p>`;
  };
  return {
    links,
    runs,
    rawParagraph,
    paragraph: (text, options = {}) => rawParagraph(runs(text, options.run ?? ""), options),
  };
}

function fail(snippet: string): never {
  throw new RangeError(`no snippet ${snippet}`);
}

/** Cuts a text as years of edits do: unknown words stand alone, long stretches break in the middle, some in a word. */
function cut(text: string, random: (below: number) => number): string[] {
  const pieces: string[] = [];
  let piece = "";
  const flush = (): void => {
    if (piece !== "") pieces.push(piece);
    piece = "";
  };
  for (const word of text.split(/(?<=[ \u00a0])|(?=[ \u00a0,.;:)])/)) {
    if (unknownWords.test(word)) {
      flush();
      pieces.push(word);
      continue;
    }
    if (piece.length > 60 && random(4) === 0) {
      if (word.length > 6 && random(3) === 0) {
        piece += word.slice(0, 3);
        flush();
        piece = word.slice(3);
        continue;
      }
      flush();
    }
    piece += word;
  }
  flush();
  return pieces;
}

/** A field over five runs, as Word writes one that it has updated (ECMA-376-1, 17.16.18). */
export function field(instruction: string, result: string, run = ""): string {
  const properties = run === "" ? "" : `<w:rPr>${run}</w:rPr>`;
  const mark = (type: string): string => `<w:r>${properties}<w:fldChar w:fldCharType="${type}"/></w:r>`;
  return `${mark("begin")}<w:r>${properties}<w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r>${mark("separate")}<w:r>${properties}<w:t>${escapeText(result)}</w:t></w:r>${mark("end")}`;
}
