import { Lexer, type Token, type Tokens } from "marked";
import { FileDamagedError, FileTooLargeError } from "../../errors.ts";
import { htmlText } from "./html-passages.ts";
import { oneLine } from "./one-line.ts";
import type { SourceText } from "./passage.ts";
import { createPassageList, type PassageList } from "./passage-list.ts";

/** Longer paragraphs keep their marks: marked's time for some marks grows with the square of their length. */
const LONGEST_INLINE = 10_000;
/** Characters of indents, `>` and list marks at a line's start; what is more nests deeper than anybody writes. */
const DEEPEST = 200;

/**
 * Markdown as GitHub reads it, and what stands in its front matter as title. A code block is one paragraph; raw HTML
 * gives its words. Throws `FileDamagedError` for text nested without end, `FileTooLargeError` past the time limit.
 */
export function markdownPassages(text: string, name: string, timeLimit: number): SourceText {
  const list = createPassageList();
  const front = frontMatter(text);
  const body = text.slice(front.length);
  try {
    addTokens(list, tokensOf(body, timeLimit), 1 + countLines(text.slice(0, front.length)), "paragraph");
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new FileDamagedError("the Markdown is nested too deep", {
      cause,
      hint: "Save it as plain text (.txt).",
    });
  }
  return {
    name,
    format: "markdown",
    ...(front.title !== undefined && { title: front.title }),
    passages: list.passages,
    warnings: [],
  };
}

function tokensOf(text: string, timeLimit: number): readonly Token[] {
  const end = performance.now() + timeLimit;
  const lexer = new Lexer();
  const shallow = text.replace(/^(?:[ \t>]|[-*+](?=\s)|\d{1,9}[.)](?=\s))+/gm, (start) =>
    start.slice(0, DEEPEST),
  );
  lexer.blockTokens(shallow, lexer.tokens);
  for (const { src, tokens } of lexer.inlineQueue) {
    if (performance.now() > end) {
      throw new FileTooLargeError("the Markdown took too long to read", {
        hint: "Save it as plain text (.txt).",
      });
    }
    if (src.length <= LONGEST_INLINE) lexer.inlineTokens(src, tokens);
    else tokens.push({ type: "text", raw: src, text: src });
  }
  return lexer.tokens;
}

/** YAML between lines of three dashes at the very start; only its title is read. */
function frontMatter(text: string): { readonly length: number; readonly title?: string } {
  const block = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (block === null) return { length: 0 };
  const written = /^title:[ \t]*(.+)$/im.exec(block[1]!)?.[1]?.trim() ?? "";
  const title = oneLine(written.replace(/^(["'])(.*)\1$/, "$2"));
  return { length: block[0].length, ...(title !== "" && { title }) };
}

/** `line` is where the first token begins. Tokens follow each other without gaps, so their raw texts count the lines. */
function addTokens(
  list: PassageList,
  tokens: readonly Token[],
  line: number,
  kind: "paragraph" | "list-item",
): void {
  let at = line;
  for (const token of tokens) {
    const leading = /^\n*/.exec(token.raw)![0].length;
    addToken(list, token, at + leading, kind);
    at += countLines(token.raw);
  }
}

function addToken(list: PassageList, token: Token, line: number, kind: "paragraph" | "list-item"): void {
  const place = { line };
  switch (token.type) {
    case "heading":
      list.add({ kind: "heading", text: inlineText(token), level: (token as Tokens.Heading).depth, place });
      return;
    case "list":
      addItems(list, token as Tokens.List, line);
      return;
    case "table":
      addTable(list, token as Tokens.Table, line);
      return;
    case "blockquote":
      addTokens(list, (token as Tokens.Blockquote).tokens, line, kind);
      return;
    case "html":
      list.add({ kind, text: htmlText(token.raw), place });
      return;
    case "code":
      list.add({ kind: "paragraph", text: (token as Tokens.Code).text, place });
      return;
    case "paragraph":
    case "text":
      list.add({ kind, text: inlineText(token), place });
      return;
    // Blank lines, rules and link definitions say nothing.
    default:
  }
}

function addItems(list: PassageList, { items }: Tokens.List, line: number): void {
  let at = line;
  for (const item of items) {
    addTokens(list, item.tokens, at, "list-item");
    at += countLines(item.raw);
  }
}

function addTable(list: PassageList, table: Tokens.Table, line: number): void {
  // The line of dashes stands between the header and the first row.
  const rows = [table.header, ...table.rows].map((cells, index) => ({
    cells: cells.map((cell) => inlineText({ tokens: cell.tokens, raw: cell.text })),
    place: { line: line + index + (index > 0 ? 1 : 0) },
    ...(index === 0 && { isHeader: true }),
  }));
  list.addTable(rows);
}

type Inline = { readonly raw: string; readonly tokens?: readonly Token[] | undefined };

/** The words without marks: a link's text, a picture's description, no address and no tag. */
function inlineText(token: Inline): string {
  const { tokens } = token;
  if (tokens === undefined) return plainText(token as Token);
  return tokens.map((each) => inlineText(each as Inline)).join("");
}

function plainText(token: Token): string {
  if (token.type === "br") return "\n";
  if (token.type === "html" || token.type === "checkbox") return "";
  if (token.type === "codespan" || token.type === "escape") return (token as Tokens.Codespan).text;
  const text = "text" in token ? String(token.text) : token.raw;
  return /&[#\w]+;/.test(text) ? htmlText(text.replaceAll("<", "&lt;")) : text;
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
