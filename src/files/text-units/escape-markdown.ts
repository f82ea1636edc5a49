export type EscapeMarkdownOptions = {
  /** Bars part cells. */
  readonly inTable: boolean;
  /** Nothing that begins a block can begin there: a heading with `#`, a cell. */
  readonly isInline: boolean;
};

/** Text so that a Markdown reader finds these characters and no markup. `before` and `after` are what stands around it. */
export function escapeMarkdown(
  text: string,
  before: string,
  after: string,
  { inTable, isInline }: EscapeMarkdownOptions,
): string {
  const all = text
    .replace(/[\\`*[\]~]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/gu, "\\_")
    .replace(/<(?=[A-Za-z/!?]|$)/g, "\\<")
    .replace(/&(?=[#\w]|$)/g, "\\&")
    // Placeholders and formulas that other tools look for.
    .replace(/\{(?=[{%])/g, "\\{")
    .replace(/\$(?=[^\s$][^$]*[\\^_={}]|\$)/g, "\\$")
    // Addresses become links by themselves.
    .replace(/\bwww(?=\.)/gi, "www\\")
    .replace(/\b(https?|ftp|mailto|xmpp)(?=:)/gi, "$1\\")
    .replace(/(?<=\S)@(?=\S)/g, "\\@")
    .replace(/!$/, after.startsWith("[") ? "\\!" : "!");
  const escaped = inTable ? all.replaceAll("|", "\\|") : all;
  if (isInline) return after === "" ? escaped.replace(/(#+)$/, "\\$1") : escaped;
  return /(?:^|\n)[ \t>]*$/.test(before) ? escapeStart(escaped) : escaped;
}

/** Marks that begin a heading, a list, a quotation, a rule or a table at a line's start. */
function escapeStart(text: string): string {
  return text
    .replace(/^(?=[>=|:])/, "\\")
    .replace(/^(?=#{1,6}(?:\s|$))/, "\\")
    .replace(/^(?=[-+](?:[\s\-+:|]|$))/, "\\")
    .replace(/^(\d{1,9})(?=[.)](?:\s|$))/, "$1\\");
}
