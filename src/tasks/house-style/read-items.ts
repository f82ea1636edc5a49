import type { RuleSection, StyleProblem } from "./types.ts";

/** A line of a rule file that may be a rule: a list item, or a row of a table as `"a" -> "b" (reason)`. */
export type StyleItem = { readonly line: number; readonly section: RuleSection; readonly text: string };

const SECTIONS: readonly (readonly [RuleSection, RegExp])[] = [
  [
    "forbidden",
    /forbidden|banned|never|avoid|verboten|tabu|unw(?:ö|oe)rter|interdit|proscri|prohibid|proibid|evitar/u,
  ],
  ["dates", /\bdates?\b|\btimes?\b|datum|daten\b|datums|fechas?|\bdatas?\b|horas?/u],
  [
    "numbers",
    /number|figure|unit|currenc|zahl|einheit|währung|nombre|chiffre|unité|monnaie|número|cifra|unidad|moneda|moeda/u,
  ],
  ["headings", /heading|title|überschrift|titel|titres?|título/u],
  ["abbreviations", /abbrev|acronym|abkürz|abréviation|sigle|abreviatura|sigla/u],
  [
    "punctuation",
    /punctuation|typograph|quot|space|zeichen|typografie|interpunktion|ponctuation|puntuación|ortotipo|pontuação|tipogra/u,
  ],
  ["voice", /voice|tone|style|sentence|ton\b|stil|satz|ansprache|voix|phrase|voz|tono|estilo|tom\b|frase/u],
  [
    "terms",
    /term|word|spelling|vocabular|name|wort|wörter|begriff|schreibweise|mot|vocabulaire|palabra|término|vocabulario|palavra|vocabulári/u,
  ],
];

/** The lines of a rule file that may be rules, and notes on text that is none. Headings, comments and fences are left out. */
export function readItems(text: string): {
  readonly items: readonly StyleItem[];
  readonly problems: readonly StyleProblem[];
} {
  const items: StyleItem[] = [];
  const problems: StyleProblem[] = [];
  let section: RuleSection = "other";
  let columns: Columns | undefined;
  for (const { line, text: source } of proseLines(text)) {
    const trimmed = source.trim();
    const heading = /^#{1,6}\s+(.*)$/u.exec(trimmed);
    if (/^\|.*\|$/u.test(trimmed)) {
      const row = columns === undefined ? undefined : rowAsItem(trimmed, columns);
      if (row !== undefined) items.push({ line, section, text: row });
      columns ??= columnsOf(trimmed);
      continue;
    }
    columns = undefined;
    if (trimmed === "" || /^(?:[-*_]\s*){3,}$/u.test(trimmed)) continue;
    if (heading !== null) {
      if (!/^#\s/u.test(trimmed)) section = sectionOf(heading[1] ?? "");
    } else {
      const item = /^(?:[-*+•]|\d+[.)])\s+(.*)$/u.exec(trimmed);
      const previous = items.at(-1);
      const isIndented = /^(?:\s{2,}|\t)/u.test(source);
      if (isIndented && previous !== undefined && (item === null || isReason(item[1] ?? "")))
        items[items.length - 1] = { ...previous, text: `${previous.text} ${item?.[1] ?? trimmed}` };
      else if (item !== null) items.push({ line, section, text: item[1] ?? "" });
      else
        problems.push({
          kind: "note",
          line,
          text: trimmed,
          message: 'read as explanation; a rule begins with "- "',
        });
    }
  }
  return { items, problems };
}

function isReason(text: string): boolean {
  return /^(?:reason|why|because|grund|warum|weil|raison|motivo|razón|porque|car|razão)\b/iu.test(text);
}

function sectionOf(heading: string): RuleSection {
  const plain = heading.toLowerCase();
  return SECTIONS.find(([, pattern]) => pattern.test(plain))?.[0] ?? "other";
}

/** Numbered lines outside front matter, HTML comments and code fences. */
function proseLines(text: string): readonly { readonly line: number; readonly text: string }[] {
  const lines = text.replace(/^\ufeff/u, "").split(/\r\n?|\n/u);
  const kept: { line: number; text: string }[] = [];
  let until: RegExp | undefined;
  for (const [index, source] of lines.entries()) {
    if (until !== undefined) {
      if (until.test(source)) until = undefined;
      continue;
    }
    if (index === 0 && /^---\s*$/u.test(source) && lines.slice(1).some((each) => /^---\s*$/u.test(each)))
      until = /^---\s*$/u;
    else if (/^\s*(?:```|~~~)/u.test(source)) until = /^\s*(?:```|~~~)\s*$/u;
    else if (/^\s*<!--/u.test(source)) until = source.includes("-->") ? undefined : /-->/u;
    else kept.push({ line: index + 1, text: source });
  }
  return kept;
}

/** Which column of a table holds what; by default they are: not, but, why. */
type Columns = {
  readonly id: number;
  readonly avoid: number;
  readonly use: number;
  readonly reason: number;
};

function columnsOf(header: string): Columns {
  const cells = cellsOf(header);
  const find = (pattern: RegExp): number => cells.findIndex((cell) => pattern.test(cell));
  const id = find(/^(?:id|no\.?|nr\.?|n°|rule|regel|règle|regla|regra)$/iu);
  const first = id === 0 ? 1 : 0;
  const avoid = find(/\bnot\b|avoid|instead|nicht|statt|éviter|\bpas\b|evitar|\bno\b|não/iu);
  const use = find(
    /^(?:use|write|say|but|prefer\p{L}*|verwend\p{L}*|schreib\p{L}*|sondern|écrire|utiliser|usar|escrib\p{L}*|escrev\p{L}*|sí|sim)(?!\p{L})/iu,
  );
  return {
    id,
    avoid: avoid < 0 ? first : avoid,
    use: use < 0 ? first + 1 : use,
    reason: find(/why|reason|grund|warum|raison|motif|motivo|razón|razão/iu),
  };
}

/** A row as a list item would say it; undefined for the line below the header. */
function rowAsItem(row: string, { id, avoid, use, reason }: Columns): string | undefined {
  const cells = cellsOf(row);
  if (cells.every((cell) => /^:?-+:?$/u.test(cell))) return undefined;
  const quoted = (text: string): string => (/^["“„«]/u.test(text) ? text : `"${text}"`);
  const why = reason < 0 || !cells[reason] ? "" : ` (${cells[reason]})`;
  const name = id < 0 || !cells[id] ? "" : `${cells[id]}: `;
  return `${name}${quoted(cells[avoid] ?? "")} -> ${quoted(cells[use] ?? "")}${why}`;
}

function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());
}
