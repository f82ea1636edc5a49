import type { FormatKind } from "../types.ts";

/** A piece of a number format's code (ECMA-376-1, 18.8.31). */
export type FormatToken =
  | { readonly kind: "literal" | "date" | "elapsed" | "exponent"; readonly text: string }
  /** One of `0`, `#`, `?`. */
  | { readonly kind: "digit"; readonly text: string }
  | {
      readonly kind: "point" | "comma" | "percent" | "slash" | "text" | "general" | "half-day";
      readonly text: string;
    };

/** One of the up to four parts of a code that semicolons separate. */
export type FormatSection = {
  readonly tokens: readonly FormatToken[];
  readonly condition?: { readonly operator: string; readonly value: number };
  readonly kind: FormatKind;
};

const parsed = new Map<string, readonly FormatSection[]>();

/** The sections of a code. Codes are few and numbers many, so results are kept. */
export function parseFormat(code: string): readonly FormatSection[] {
  const known = parsed.get(code);
  if (known !== undefined) return known;
  const sections = splitSections(code).map(parseSection);
  if (parsed.size > 2000) parsed.clear();
  parsed.set(code, sections);
  return sections;
}

/** What a code makes of a positive number. */
export function formatKind(code: string): FormatKind {
  return parseFormat(code)[0]!.kind;
}

function splitSections(code: string): string[] {
  const pieces = code.match(/"[^"]*"?|\\[\s\S]?|[_*][\s\S]?|\[[^\]]*\]?|;|[\s\S]/g) ?? [];
  const sections = [""];
  for (const piece of pieces) {
    if (piece === ";") sections.push("");
    else sections[sections.length - 1] += piece;
  }
  return sections;
}

const tokenPattern =
  /"([^"]*)"?|\\([\s\S]?)|_([\s\S]?)|\*[\s\S]?|\[([^\]]*)\]?|(general)|(am\/pm|a\/p|上午\/下午)|(e[+-])|([ye]+|m+|d+|h+|s+|g+|b+)|([0#?])|([.,%/@])|([\s\S])/gi;

function parseSection(code: string): FormatSection {
  const tokens: FormatToken[] = [];
  let condition: FormatSection["condition"];
  const literal = (text: string): number => tokens.push({ kind: "literal", text });
  for (const match of code.matchAll(tokenPattern)) {
    const [all, quoted, escaped, space, bracket, general, halfDay, exponent, date, digit, sign, other] =
      match;
    if (quoted !== undefined) literal(quoted);
    else if (escaped !== undefined) literal(escaped);
    else if (space !== undefined) literal(" ");
    else if (bracket !== undefined) condition = readBracket(bracket, tokens) ?? condition;
    else if (general !== undefined) tokens.push({ kind: "general", text: all });
    else if (halfDay !== undefined) tokens.push({ kind: "half-day", text: all });
    else if (exponent !== undefined) tokens.push({ kind: "exponent", text: all });
    else if (date !== undefined) tokens.push({ kind: "date", text: date.toLowerCase() });
    else if (digit !== undefined) tokens.push({ kind: "digit", text: digit });
    else if (sign !== undefined) tokens.push({ kind: signs[sign]!, text: sign });
    else if (other !== undefined) literal(other);
  }
  const kind = kindOf(tokens);
  return condition === undefined ? { tokens, kind } : { tokens, kind, condition };
}

const signs: Readonly<Record<string, "point" | "comma" | "percent" | "slash" | "text">> = {
  ".": "point",
  ",": "comma",
  "%": "percent",
  "/": "slash",
  "@": "text",
};

/** Elapsed time, a currency, a condition; colours and locales show nothing. */
function readBracket(text: string, tokens: FormatToken[]): FormatSection["condition"] {
  if (/^(?:h+|m+|s+)$/i.test(text)) tokens.push({ kind: "elapsed", text: text.toLowerCase() });
  else if (text.startsWith("$")) tokens.push({ kind: "literal", text: text.slice(1).split("-")[0]! });
  const condition = /^(<=|>=|<>|<|>|=)\s*(-?[0-9.]+(?:E[+-]?[0-9]+)?)$/i.exec(text);
  return condition === null ? undefined : { operator: condition[1]!, value: Number(condition[2]) };
}

function kindOf(tokens: readonly FormatToken[]): FormatKind {
  const dates = tokens.flatMap((token, index) => (token.kind === "date" ? [{ token, index }] : []));
  const isTime =
    tokens.some(({ kind }) => kind === "elapsed" || kind === "half-day") ||
    dates.some(({ token }) => /^[hs]/.test(token.text));
  const isDate = dates.some(
    ({ token, index }) =>
      /^[ydegb]/.test(token.text) || (token.text.startsWith("m") && !isMinute(tokens, index)),
  );
  if (isDate) return isTime ? "timestamp" : "date";
  if (isTime) return "time";
  if (tokens.some(({ kind }) => kind === "percent")) return "percent";
  if (tokens.some(({ kind }) => kind === "general")) return "general";
  if (tokens.some(({ kind }) => kind === "text")) return "text";
  return "number";
}

/** True when the `m` at `index` counts minutes: after hours or before seconds. */
export function isMinute(tokens: readonly FormatToken[], index: number): boolean {
  if (tokens[index]!.text.length > 2) return false;
  const isPart = ({ kind }: FormatToken): boolean => kind === "date" || kind === "elapsed";
  const before = tokens.slice(0, index).findLast(isPart);
  const after = tokens.slice(index + 1).find(isPart);
  return /^h/.test(before?.text ?? "") || /^s/.test(after?.text ?? "");
}
