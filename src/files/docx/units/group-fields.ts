import { isProseField } from "./field-results.ts";
import type { Container, Token } from "./inline-token.ts";

/** A complex field that began in an earlier paragraph and is open. */
export type OpenField = { readonly code: string; readonly isResult: boolean };

/** First and last token of what is moved as one. */
export type Range = { readonly start: number; readonly end: number };

/** A complex field whose result may be translated: its tokens from begin to separate, and its end. */
export type ProseField = { readonly begin: number; readonly separate: number; readonly end: number };

export type FieldGroups = {
  readonly ranges: readonly Range[];
  /** An outer one before an inner one. */
  readonly prose: readonly ProseField[];
  readonly open: readonly OpenField[];
};

type Field = { code: string; isResult: boolean; readonly begin: number; separate: number };

/**
 * Follows complex fields through a paragraph. One that begins and ends in it is one range or, with prose as its result, a
 * container; of one that goes on the two ends are ranges of their own (17.16.18).
 */
export function groupFields(
  tokens: readonly Token[],
  containers: readonly Container[],
  open: readonly OpenField[],
): FieldGroups {
  const stack: Field[] = open.map((field) => ({ ...field, begin: -1, separate: -1 }));
  const ranges: Range[] = [];
  const prose: ProseField[] = [];
  tokens.forEach((token, index) => {
    for (const event of token.events) {
      const top = stack.at(-1);
      if (event.kind === "begin") stack.push({ code: "", isResult: false, begin: index, separate: -1 });
      else if (event.kind === "code" && top !== undefined && !top.isResult) top.code += event.text;
      else if (event.kind === "separate" && top !== undefined && !top.isResult) {
        top.isResult = true;
        top.separate = index;
      } else if (event.kind === "end") {
        stack.pop();
        if (top === undefined) ranges.push({ start: index, end: index });
        else if (top.begin >= 0 && isContainer(tokens, containers, top, index))
          prose.push({ begin: top.begin, separate: top.separate, end: index });
        else ranges.push(...closed(top, index));
      }
    }
  });
  const last = tokens.length - 1;
  for (const field of stack) ranges.push(...unclosed(field, last));
  const left = stack.map(({ code, isResult }) => ({ code, isResult }));
  return { ranges, prose: prose.toSorted((a, b) => a.begin - b.begin), open: left };
}

function isContainer(
  tokens: readonly Token[],
  containers: readonly Container[],
  { code, begin, separate }: Field,
  end: number,
): boolean {
  if (separate < 0 || !isProseField(code)) return false;
  const own = tokens[begin]!.container;
  const isPlain = (token: Token): boolean => token.run >= 0 && token.container === own;
  if (!tokens.slice(begin, separate + 1).every(isPlain) || !isPlain(tokens[end]!)) return false;
  const result = tokens.slice(separate + 1, end);
  return result.every((token) => isWithin(containers, token.container, own));
}

function isWithin(containers: readonly Container[], inner: number, outer: number): boolean {
  let at = inner;
  while (at !== outer && at >= 0) at = containers[at]!.parent;
  return at === outer;
}

/** The ranges of a field that ends at that token and is no container. */
function closed({ begin, separate, isResult, code }: Field, end: number): Range[] {
  if (begin >= 0) return [{ start: begin, end }];
  if (!isResult || !isProseField(code)) return [{ start: 0, end }];
  const tail = { start: end, end };
  return separate >= 0 ? [{ start: 0, end: separate }, tail] : [tail];
}

function unclosed({ begin, separate, isResult, code }: Field, last: number): Range[] {
  if (last < 0) return [];
  const start = Math.max(begin, 0);
  if (!isResult || !isProseField(code)) return [{ start, end: last }];
  return separate >= 0 ? [{ start, end: separate }] : [];
}
