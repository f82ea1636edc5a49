/** A word or phrase that a rule quotes, and where it stands in the rule. */
export type QuotedWords = { readonly text: string; readonly start: number; readonly end: number };

const QUOTED =
  /"([^"]+)"|“([^“”]+)”|„([^„“”]+)[“”]|«\s*([^«»]+?)\s*»|‘([^‘’]+)’|‚([^‚‘]+)‘|`([^`]+)`|(?<![\p{L}\p{N}*])\*([^*\s][^*]*)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_([^_\s][^_]*)_(?![\p{L}\p{N}_])|(?<!\p{L})'([^']+)'(?!\p{L})/gu;

/** The quoted words of a rule in order, whatever marks it uses. */
export function quotedWords(rule: string): readonly QuotedWords[] {
  return [...rule.matchAll(QUOTED)].flatMap((match) => {
    const text =
      match
        .slice(1)
        .find((group) => group !== undefined)
        ?.trim() ?? "";
    return text === "" ? [] : [{ text, start: match.index, end: match.index + match[0].length }];
  });
}
