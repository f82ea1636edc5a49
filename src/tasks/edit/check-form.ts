import type { Objection } from "./check-candidate.ts";
import { type Token, tokensOf } from "./text-tokens.ts";

const CHATTER =
  /^(?:here(?:'s| is| are)|sure[,!. ]|certainly|of course[,!]|okay[,.!]|as an ai|i (?:have|can|will|would|'ve|am|apologi[sz]e)|(?:the )?(?:rewritten|revised|shortened|concise|input|output|simplified|improved|corrected)\b[^.]{0,40}:|rewrite:|note:|answer:|text:|hello|hi[,! ]|dear |thank you for)/iu;
const TALKS_ABOUT_TEXT =
  /\b(?:input text|rewritten (?:text|version)|this (?:paragraph|passage|sentence|text) (?:is|was|describes|explains|states|says)|the (?:author|writer|speaker)|in summary|to summari[sz]e|in conclusion|(?:ignore|disregard) (?:the|all|any) (?:above|previous|earlier)|system prompt|language model)\b/iu;
const MARKUP = /\*\*|__|^#{1,6}\s|^\s*[-*•]\s|```|<\/?[a-z][^>]*>|#[\p{L}]{4,}/mu;
// A text that ends in one of these was cut off, whatever sign follows.
const NEVER_LAST: ReadonlySet<string> = new Set(
  "the a an and or but of by with from into per via than as if because that which whose their its our your my".split(
    " ",
  ),
);

/** The bare text of an answer: without a fence or quotation marks around it, without spaces at the ends. */
export function cleanCandidate(answer: string, source: string): string {
  let text = answer
    .trim()
    .replace(/^```\w*\n([\s\S]*?)\n?```$/u, "$1")
    .trim();
  const wrapped = /^["“]([\s\S]+)["”]$/u.exec(text)?.[1];
  if (wrapped !== undefined && !/^["“]/u.test(source.trim()) && !/["“”]/u.test(wrapped))
    text = wrapped.trim();
  return text.replace(/[ \t]+/gu, (spaces) => (spaces.includes("\t") && source.includes("\t") ? "\t" : " "));
}

/** Objections that need no comparison of claims: the shape, the length, the ends. */
export function checkForm(source: string, candidate: string): readonly Objection[] {
  const objections: Objection[] = [];
  const object = (code: Objection["code"], detail: string): void => void objections.push({ code, detail });
  if (candidate === "") return [{ code: "cut-off", detail: "there is no text" }];
  if (sameText(source, candidate)) return [{ code: "unchanged", detail: "it is the text that stands there" }];
  if (CHATTER.test(candidate) && !CHATTER.test(source)) object("chatter", candidate.slice(0, 40));
  const talk = TALKS_ABOUT_TEXT.exec(candidate)?.[0];
  if (talk !== undefined && !source.toLowerCase().includes(talk.toLowerCase())) object("chatter", talk);
  if (MARKUP.test(candidate) && !MARKUP.test(source)) object("chatter", "it has markup");
  if (/\n/u.test(candidate) && !/\n/u.test(source.trim())) object("chatter", "it has several lines");
  const end = endProblem(source, candidate);
  if (end !== undefined) object("cut-off", end);
  const repeated = repetition(source, candidate);
  if (repeated !== undefined) object("repeats", repeated);
  return objections;
}

/** Colons, semicolons and dashes that the source lacks: small models use them to patch words together. */
export function checkPunctuation(source: string, candidate: string): readonly Objection[] {
  const sign = [":", ";", "–", "—"].find((each) => candidate.split(each).length > source.split(each).length);
  return sign === undefined ? [] : [{ code: "punctuation", detail: `it brings in "${sign}"` }];
}

/** Words of a text, numbers and codes among them. */
export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:[.,'’:-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}

function sameText(a: string, b: string): boolean {
  const plain = (text: string): string => text.replace(/\s+/gu, " ").trim();
  return plain(a) === plain(b);
}

function endProblem(source: string, candidate: string): string | undefined {
  const sign = (text: string): string =>
    /([.!?:;,…])["”’'»)\]]*$/u.exec(text.trim())?.[1]?.replace("!", ".") ?? "";
  if (sign(source) !== sign(candidate)) {
    return sign(candidate) === "" ? "it does not end as a sentence" : `it ends with "${sign(candidate)}"`;
  }
  const last = /([\p{L}\p{N}]+)[^\p{L}\p{N}]*$/u.exec(candidate)?.[1]?.toLowerCase() ?? "";
  if (NEVER_LAST.has(last) && !new RegExp(`${last}[^\\p{L}\\p{N}]*$`, "iu").test(source))
    return `it ends with "${last}"`;
  if (/^\p{Ll}/u.test(candidate) && /^\p{Lu}/u.test(source.trim()))
    return "it begins in the middle of a sentence";
  for (const [open, close] of [
    ["(", ")"],
    ["[", "]"],
    ["“", "”"],
  ] as const) {
    const balance = (text: string): number => text.split(open).length - text.split(close).length;
    if (balance(candidate) !== balance(source)) return `"${open}" and "${close}" do not match`;
  }
  return undefined;
}

function repetition(source: string, candidate: string): string | undefined {
  const words = (text: string): readonly string[] =>
    tokensOf(text)
      .filter((token: Token) => token.kind !== "mark")
      .map((token) => token.lower);
  const inCandidate = words(candidate);
  const doubled = inCandidate.find(
    (word, at) => word === inCandidate[at + 1] && !/^(?:that|had)$/u.test(word),
  );
  if (doubled !== undefined && !hasDoubled(words(source), doubled)) return `${doubled} ${doubled}`;
  const counts = gramCounts(words(source));
  for (const [gram, count] of gramCounts(inCandidate)) {
    if (count > Math.max(1, counts.get(gram) ?? 0)) return gram;
  }
  return undefined;
}

function hasDoubled(words: readonly string[], word: string): boolean {
  return words.some((each, at) => each === word && words[at + 1] === word);
}

function gramCounts(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + 4 <= words.length; at++) {
    const gram = words.slice(at, at + 4).join(" ");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}
