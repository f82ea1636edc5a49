/** `•`, `-`, `1.`, `(a)`, `iv)` and what follows. But for the plainest bullets a blank parts it from the text: `-5` is no item. */
const label =
  /^(?:[•‣▪\ue000-\uf8ff]\s*|[◦▫●○■□◆➢➤✓❖·∙⁃–—*+o-]\s+|(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,5})[.)])\s+)(?=\S)/u;

/** The text after a list label, or undefined when the line begins with none. */
export function afterListLabel(line: string): string | undefined {
  const match = label.exec(line);
  return match === null ? undefined : line.slice(match[0].length);
}

/** Level of a numbered heading, `2.1 Costs`: as many as its number has parts. Undefined for other lines. */
export function numberedHeadingLevel(line: string): number | undefined {
  const match = /^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(\p{Lu}.{0,90})$/u.exec(line);
  if (match === null || /[.,;:!?]$/.test(line)) return undefined;
  return match[1]!.split(".").length;
}
