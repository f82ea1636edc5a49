import { openPackage, readPart } from "../../src/files/opc/opc-package.ts";

// Reads Word files and delimited text in the plainest way, on purpose without the readers that write uses: what checks
// must not share the mistakes of what is checked.

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
    hex !== undefined
      ? String.fromCodePoint(Number.parseInt(hex, 16))
      : decimal !== undefined
        ? String.fromCodePoint(Number(decimal))
        : (ENTITIES[name] ?? whole),
  );
}

/** The XML parts of a package by name; undefined when it does not open. */
export function xmlParts(bytes: Uint8Array): Map<string, string> | undefined {
  try {
    const opc = openPackage(bytes);
    const names = [...opc.entries.keys()].filter((name) => /\.(?:xml|rels)$/i.test(name));
    return new Map(names.map((name) => [name, new TextDecoder().decode(readPart(opc, name))]));
  } catch {
    return undefined;
  }
}

/** Paragraphs and notes of a Word file as plain text, a table's row as one; undefined when it can't be read. */
export function ownDocxParagraphs(bytes: Uint8Array): string[] | undefined {
  const parts = xmlParts(bytes);
  const main = [...(parts ?? [])].filter(([name]) => /\/(?:document|footnotes|endnotes)\d*\.xml$/.test(name));
  if (main.length === 0) return undefined;
  return main.flatMap(([, xml]) => paragraphsOf(xml));
}

function paragraphsOf(xml: string): string[] {
  const seen = xml
    .replace(/<w:(del|moveFrom)\b(?:[^>]*[^/])?>[\s\S]*?<\/w:\1>/g, "")
    .replace(/<mc:Fallback\b[\s\S]*?<\/mc:Fallback>/g, "");
  const out: string[] = [];
  let text = "";
  let rows = 0;
  for (const [token, kind, content] of seen
    .matchAll(
      /<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(?:tab|br|cr|noBreakHyphen|sym)\b[^>]*>|<w:tr[ >]|<\/w:tr>|<\/w:p>/g,
    )
    .map((match) => [match[0], match[0].slice(0, 6), match[1]] as const)) {
    if (content !== undefined) text += unescapeXml(content);
    else if (kind === "<w:tr>" || kind === "<w:tr ") rows++;
    else if (token === "</w:tr>") rows--;
    else if (token !== "</w:p>") text += token.startsWith("<w:noBreak") ? "\u2011" : " ";
    if ((token === "</w:p>" || token === "</w:tr>") && rows === 0) {
      if (text.trim() !== "") out.push(text);
      text = "";
    } else if (token === "</w:p>") text += " ";
  }
  return out;
}

/** Cells of a delimited text. */
export function ownCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const row = rows.at(-1)!;
    const quoted = text[at] === '"' ? /"((?:[^"\\]|""|\\[\s\S])*)"/y : /()[^,\r\n]*/y;
    quoted.lastIndex = at;
    const match = quoted.exec(text);
    const [whole = "", inner = ""] = match ?? [];
    row.push(text[at] === '"' && match ? inner.replaceAll('""', '"').replace(/\\(["\\])/g, "$1") : whole);
    at += whole.length;
    if (text[at] === ",") {
      at++;
      if (at >= text.length || text[at] === "\n" || text[at] === "\r") row.push("");
    }
    const end = /\r\n?|\n/y;
    end.lastIndex = at;
    const line = end.exec(text);
    if (line !== null) {
      rows.push([]);
      at += line[0].length;
    } else if (whole === "" && text[at - 1] !== ",") at++;
  }
  return rows.filter((row) => row.length > 0);
}

/** Text up to a footnote, with that note; figures and references to captions apart from what is said beside them. */
export type WrittenPiece = { readonly text: string; readonly note?: string };

export type WrittenParagraph = {
  readonly style: string;
  readonly isInTable: boolean;
  readonly text: string;
  readonly pieces: readonly WrittenPiece[];
  /** Texts inside bookmarks of figures, each with the characters around it. */
  readonly figures: readonly { readonly bookmark: string; readonly text: string; readonly around: string }[];
};

export type WrittenFile = {
  readonly parts: ReadonlyMap<string, string>;
  readonly paragraphs: readonly WrittenParagraph[];
  /** Rows of every table of the body. */
  readonly tables: readonly (readonly (readonly string[])[])[];
  /** Beside `tables`: the footnotes inside each. */
  readonly tableNotes: readonly (readonly string[])[];
  readonly notes: ReadonlyMap<string, string>;
};

/** A written document, read by patterns: paragraphs, notes, figures, tables. */
export function readWritten(bytes: Uint8Array): WrittenFile {
  const parts = xmlParts(bytes);
  const xml = parts?.get("/word/document.xml");
  if (parts === undefined || xml === undefined) throw new Error("the written file does not open");
  const notes = new Map(
    [
      ...(parts.get("/word/footnotes.xml") ?? "").matchAll(
        /<w:footnote\b[^>]*w:id="(-?\d+)"[^>]*>([\s\S]*?)<\/w:footnote>/g,
      ),
    ].map(([, id, content]) => [id!, plain(content!).trim()]),
  );
  const tables = [...xml.matchAll(/<w:tbl>[\s\S]*?<\/w:tbl>/g)].map(([table]) =>
    [...table.matchAll(/<w:tr[ >][\s\S]*?<\/w:tr>/g)].map(([row]) =>
      [...row.matchAll(/<w:tc>[\s\S]*?<\/w:tc>/g)].map(([cell]) => plain(cell).trim()),
    ),
  );
  const tableNotes = [...xml.matchAll(/<w:tbl>[\s\S]*?<\/w:tbl>/g)].map(([table]) =>
    [...table.matchAll(/<w:footnoteReference [^>]*w:id="(-?\d+)"/g)].map(([, id]) => notes.get(id!) ?? ""),
  );
  const spans = [...xml.matchAll(/<w:tbl>[\s\S]*?<\/w:tbl>/g)].map(({ index, 0: { length } }) => ({
    index,
    end: index + length,
  }));
  const paragraphs = [...xml.matchAll(/<w:p(?: [^>]*)?>[\s\S]*?<\/w:p>/g)].map((match) =>
    writtenParagraph(
      match[0],
      notes,
      spans.some(({ index, end }) => match.index > index && match.index < end),
    ),
  );
  return { parts, paragraphs, tables, tableNotes, notes };
}

function writtenParagraph(
  xml: string,
  notes: ReadonlyMap<string, string>,
  isInTable: boolean,
): WrittenParagraph {
  const style = /<w:pStyle w:val="([^"]*)"/.exec(xml)?.[1] ?? "";
  const pieces: WrittenPiece[] = [];
  const figures: { bookmark: string; text: string; around: string }[] = [];
  let [text, whole] = ["", ""];
  let open: { name: string; id: string; from: number } | undefined;
  let field: { instruction: string; from: number } | undefined;
  for (const [token, content, instruction] of xml.matchAll(
    /<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:instrText[^>]*>([^<]*)<\/w:instrText>|<w:fldChar [^>]*>|<w:footnoteReference [^>]*>|<w:bookmark(?:Start|End) [^>]*>|<w:(?:tab|br)\b[^>]*>/g,
  )) {
    if (content !== undefined) {
      const isReference = field !== undefined && /REF\s+tandem/.test(field.instruction);
      const shown = unescapeXml(content);
      // What a field shows of a figure or a caption is no claim of the sentence.
      text += isReference || open !== undefined ? "\u0001" : shown;
      whole += shown;
    } else if (instruction !== undefined && field !== undefined)
      field.instruction += unescapeXml(instruction);
    else if (token.includes('fldCharType="begin"')) field = { instruction: "", from: whole.length };
    else if (token.includes('fldCharType="end"')) field = undefined;
    else if (token.startsWith("<w:footnoteReference")) {
      pieces.push({ text, note: notes.get(/w:id="(-?\d+)"/.exec(token)?.[1] ?? "") ?? "" });
      text = "";
    } else if (/bookmarkStart.*w:name="tandem\d*_f\d/.test(token))
      open = {
        name: /w:name="([^"]*)"/.exec(token)![1]!,
        id: /w:id="(\d+)"/.exec(token)![1]!,
        from: whole.length,
      };
    else if (token.startsWith("<w:bookmarkEnd") && open !== undefined && token.includes(`"${open.id}"`)) {
      figures.push({
        bookmark: open.name,
        text: whole.slice(open.from),
        around: `${open.from}:${whole.length}`,
      });
      open = undefined;
    } else if (/^<w:(?:tab|br)/.test(token)) {
      text += " ";
      whole += " ";
    }
  }
  if (text.trim() !== "") pieces.push({ text });
  return {
    style,
    isInTable,
    text: whole,
    pieces,
    figures: figures.map(({ bookmark, text: shown, around }) => {
      const [from, to] = around.split(":").map(Number) as [number, number];
      return {
        bookmark,
        text: shown,
        around: `${whole.slice(Math.max(0, from - 3), from)}|${whole.slice(to, to + 12)}`,
      };
    }),
  };
}

/** All text between tags. */
export function plain(xml: string): string {
  return unescapeXml(xml.replace(/<\/w:p>|<w:(?:br|tab|cr)\b[^>]*>/g, " ").replace(/<[^>]*>/g, ""));
}
