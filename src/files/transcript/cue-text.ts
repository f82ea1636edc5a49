const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;

/** One line of clean text: no-break spaces become spaces, line ends and tabs too, half surrogates are replaced. */
export function cleanText(text: string): string {
  return text
    .replace(/[\u00A0\u2007\u202F\t\n\r\v\f\u0085\u2028\u2029]/g, " ")
    .replaceAll("\uFEFF", "")
    .trim()
    .toWellFormed();
}

/** Joins the wrapped lines of one utterance with a space, and without one between Chinese or Japanese characters. */
export function joinWrapped(lines: readonly string[]): string {
  const pieces: string[] = [];
  let last = "";
  for (const line of lines) {
    const text = cleanText(line);
    if (text === "") continue;
    if (last !== "" && !(CJK.test(last) && CJK.test(text.charAt(0)))) pieces.push(" ");
    pieces.push(text);
    last = text.charAt(text.length - 1);
  }
  return pieces.join("");
}
