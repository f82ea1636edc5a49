import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, descendantsNamed, nameOf, textOf } from "../../xml/xml-tree.ts";

export type CaptionLabel = "table" | "figure";

/** A caption's label and number, and the identifier of the SEQ field that counts them. */
export type CaptionNumber = {
  readonly word: string;
  readonly identifier: string;
  readonly number: number;
  /** What stands between the number and the caption's text. */
  readonly separator: string;
};

/** Counts the captions of each label on from those the document has. */
export type CaptionWriter = { readonly next: (label: CaptionLabel) => CaptionNumber };

const english = ["Table", "Figure"] as const;

/** As Word's own captions say in each language. */
const words: Readonly<Record<string, readonly [table: string, figure: string]>> = {
  en: english,
  de: ["Tabelle", "Abbildung"],
  fr: ["Tableau", "Figure"],
  es: ["Tabla", "Figura"],
  pt: ["Tabela", "Figura"],
  it: ["Tabella", "Figura"],
  nl: ["Tabel", "Figuur"],
  da: ["Tabel", "Figur"],
  sv: ["Tabell", "Figur"],
  nb: ["Tabell", "Figur"],
  nn: ["Tabell", "Figur"],
  no: ["Tabell", "Figur"],
  fi: ["Taulukko", "Kuva"],
  pl: ["Tabela", "Rysunek"],
  cs: ["Tabulka", "Obrázek"],
  sk: ["Tabuľka", "Obrázok"],
  hu: ["Táblázat", "Ábra"],
  ro: ["Tabelul", "Figura"],
  tr: ["Tablo", "Şekil"],
  el: ["Πίνακας", "Εικόνα"],
  ru: ["Таблица", "Рисунок"],
  uk: ["Таблиця", "Рисунок"],
  ja: ["表", "図"],
  ko: ["표", "그림"],
  zh: ["表", "图"],
};

/** Identifiers that documents use for a label, besides the words of the languages. */
const others: Readonly<Record<CaptionLabel, readonly string[]>> = {
  table: ["Tab.", "Tab"],
  figure: ["Fig.", "Fig", "Abb.", "Abb", "Ilustración", "Ilustração", "Afbeelding", "Illustration"],
};

/**
 * Captions for content that replaces a stretch of a story, nothing when `end` is left out: the words of captions that
 * stay in the story, else those of the document's language (BCP 47), English when we know none.
 */
export function createCaptions(
  tree: XmlTree,
  start: number,
  language: string | undefined,
  end: number = start,
): CaptionWriter {
  const found = readSequences(tree).filter(({ at }) => at < start || at >= end);
  const code = (language ?? "en").toLowerCase().split(/[-_]/)[0]!;
  const separator = code === "fr" ? "\u00a0: " : ": ";
  const ofLabel = (label: CaptionLabel): { word: string; identifier: string; last: number } => {
    const index = label === "table" ? 0 : 1;
    const own = (words[code] ?? english)[index];
    const known = new Set([...Object.values(words).map((pair) => pair[index]), ...others[label]]);
    const word = found.some(({ identifier }) => identifier === own)
      ? own
      : (found.find(({ identifier }) => known.has(identifier))?.identifier ?? own);
    const before = found.filter((each) => each.identifier === word && each.at < start);
    const last = Math.max(before.length, before.at(-1)?.number ?? 0);
    return { word, identifier: word, last };
  };
  const counters = new Map<CaptionLabel, { word: string; identifier: string; last: number }>();
  return {
    next: (label) => {
      const counter = counters.get(label) ?? ofLabel(label);
      counters.set(label, { ...counter, last: counter.last + 1 });
      return { word: counter.word, identifier: counter.identifier, number: counter.last + 1, separator };
    },
  };
}

type Sequence = { readonly identifier: string; readonly number: number | undefined; readonly at: number };

/** The SEQ fields of a story that count one up, simple and complex (17.16.5.56), with the results they have. */
function readSequences(tree: XmlTree): Sequence[] {
  const found: Sequence[] = [];
  const add = (code: string, result: string, at: number): void => {
    const identifier = /^\s*SEQ\s+(?:"([^"]+)"|([^\s\\]+))/i.exec(code);
    if (identifier === null || /\\[chs]\b/i.test(code)) return;
    const number = /^\d+$/.test(result.trim()) ? Number(result.trim()) : undefined;
    found.push({ identifier: identifier[1] ?? identifier[2]!, number, at });
  };
  for (const simple of descendantsNamed(tree, 0, "w:fldSimple")) {
    const text = descendantsNamed(tree, simple, "w:t").map((each) => textOf(tree, each));
    add(attribute(tree, simple, "w:instr") ?? "", text.join(""), tree.start[simple]!);
  }
  for (const code of descendantsNamed(tree, 0, "w:instrText")) {
    const text = textOf(tree, code);
    if (/^\s*SEQ\b/i.test(text)) add(text, resultAfter(tree, code), tree.start[code]!);
  }
  return found.sort((a, b) => a.at - b.at);
}

/** The text between a field's instruction and its end. */
function resultAfter(tree: XmlTree, code: number): string {
  let text = "";
  for (let index = code + 1; index < tree.count; index++) {
    const name = nameOf(tree, index);
    if (name === "w:fldChar" && attribute(tree, index, "w:fldCharType") === "end") return text;
    if (name === "w:t") text += textOf(tree, index);
    if (name === "w:p") return "";
  }
  return text;
}
