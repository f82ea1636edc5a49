/**
 * Joins the lines of a paragraph. A word divided at a line's end is made whole; whether its hyphen stays is told by the
 * file itself: `words` counts how it writes words elsewhere (lower case).
 */
export function joinLines(lines: readonly string[], words: ReadonlyMap<string, number>): string {
  let text = "";
  for (const line of lines) {
    const next = line.trim();
    // Only the end is looked at: a pattern would search a long text from its beginning for each line.
    const end = text.slice(-2);
    if (text === "" || next === "") text += next;
    else if (end.endsWith("\u00ad")) text = text.slice(0, -1) + next;
    else if (/\p{L}[-\u2010]$/u.test(end) && /^\p{Ll}/u.test(next)) text = healed(text, next, words);
    // A number, a compound or an address that breaks after its own hyphen or slash.
    else if (/[\p{L}\p{N}][-\u2010/]$/u.test(end) && /^[\p{L}\p{N}]/u.test(next)) text += next;
    // Chinese and Japanese write no space where a line ends.
    else if (unspaced.test(text.at(-1)!) && unspaced.test(next[0]!)) text += next;
    else text += ` ${next}`;
  }
  return text;
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

const LONGEST_WORD = 60;

function healed(text: string, next: string, words: ReadonlyMap<string, number>): string {
  const head = /[\p{L}\p{M}'’-]*\p{L}(?=[-\u2010]$)/u.exec(text.slice(-LONGEST_WORD))?.[0] ?? "";
  const tail = /^[\p{L}\p{M}]+/u.exec(next)?.[0] ?? "";
  const whole = words.get((head + tail).toLowerCase()) ?? 0;
  const hyphened = words.get(`${head}-${tail}`.toLowerCase()) ?? 0;
  const stays = hyphened > whole || (whole === 0 && /-/.test(head));
  return stays ? text + next : text.slice(0, -1) + next;
}

/** How often each word stands within the lines, with its hyphens, in lower case. */
export function countWords(lines: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    for (const [word] of line
      .toLowerCase()
      .matchAll(/[\p{L}\p{M}]+(?:[-\u2010][\p{L}\p{M}]+)*(?![-\u2010\p{L}])/gu)) {
      const key = word.replaceAll("\u2010", "-");
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}
