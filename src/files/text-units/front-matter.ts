import type { CodedTarget } from "../units/types.ts";

/** A value that people read in the front matter of a Markdown file. */
export type FrontMatterValue = {
  readonly name: string;
  readonly text: string;
  /** The value in the file, quotation marks included. */
  readonly start: number;
  readonly end: number;
  readonly write: (target: CodedTarget) => string;
};

export type FrontMatter = { readonly end: number; readonly values: readonly FrontMatterValue[] };

/** The front matter at the start of a text (YAML between `---`, TOML between `+++`) and its title and description. */
export function readFrontMatter(source: string): FrontMatter {
  const found = /^(---|\+\+\+)[ \t]*\r?\n([\s\S]*?)^\1[ \t]*(?:\r?\n|$)/m.exec(source);
  if (found === null || found.index !== 0) return { end: 0, values: [] };
  const isToml = found[1] === "+++";
  const pattern = isToml
    ? /^(title|description|summary|subtitle)[ \t]*=[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*')/gim
    : /^(title|description|summary|subtitle)[ \t]*:[ \t]+("(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\s"'|>&*!%@`[\]{}#,?:-][^\n\r]*?)(?=[ \t]*(?:\r?\n|$|[ \t]#))/gim;
  const from = found[0].indexOf("\n") + 1;
  const values: FrontMatterValue[] = [];
  for (const match of found[2]!.matchAll(pattern)) {
    const raw = match[2]!;
    const text = readValue(raw, isToml);
    const start = from + match.index + match[0].length - raw.length;
    if (text === undefined) continue;
    const write = (target: CodedTarget): string => writeValue(target.text, raw, isToml);
    values.push({ name: match[1]!.toLowerCase(), text, start, end: start + raw.length, write });
  }
  return { end: found[0].length, values };
}

function readValue(raw: string, isToml: boolean): string | undefined {
  if (raw.startsWith("'")) return isToml ? raw.slice(1, -1) : raw.slice(1, -1).replaceAll("''", "'");
  if (!raw.startsWith('"')) return raw;
  try {
    return JSON.parse(raw) as string;
  } catch {
    // An escape that JSON lacks (`\x41`): the value stays as it is.
    return undefined;
  }
}

function writeValue(text: string, raw: string, isToml: boolean): string {
  if (raw.startsWith("'") && !(isToml && text.includes("'")))
    return isToml ? `'${text}'` : `'${text.replaceAll("'", "''")}'`;
  const isPlain = !isToml && !/^["']/.test(raw) && /^\p{L}/u.test(text) && !/:(?:\s|$)|\s#/.test(text);
  const isWord = /^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text);
  return isPlain && !isWord ? text : JSON.stringify(text);
}
