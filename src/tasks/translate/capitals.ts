import type { CodedTarget, CodedText } from "../../files/units/types.ts";

/** True for a text all in capitals that is more than an abbreviation or two: engines hardly know such words. */
export function isAllCapitals(text: string): boolean {
  const words = text.match(/\p{L}{3,}/gu) ?? [];
  return words.length >= 2 && words.join("").length >= 8 && !/\p{Ll}/u.test(text) && /\p{Lu}/u.test(text);
}

/** The text as a sentence would write it, with its codes; undefined where it isn't all capitals or its length would change. */
export function withoutCapitals(coded: CodedText, language: string): CodedText | undefined {
  if (!isAllCapitals(coded.text)) return undefined;
  const lower = coded.text.toLocaleLowerCase(language);
  if (lower.length !== coded.text.length) return undefined;
  const text = lower.replace(/\p{L}/u, (letter) => letter.toLocaleUpperCase(language));
  return text.length === coded.text.length ? { ...coded, text } : undefined;
}

/** A target in capitals; a letter whose capital is longer than itself (ß) stays, so that codes keep their places. */
export function inCapitals(target: CodedTarget, language: string): CodedTarget {
  const text = [...target.text]
    .map((letter) => {
      const capital = letter.toLocaleUpperCase(language);
      return capital.length === letter.length ? capital : letter;
    })
    .join("");
  return { ...target, text };
}
