import type { Language } from "./language-of.ts";
import { isFunctionWord, stemOf } from "./word-stems.ts";

/**
 * `number` has a canonical key (`12400`, `#3` for third, `02:00`), `code` mixes letters and digits or is all capitals,
 * `address` is a URL or e-mail, `held` a placeholder such as `[[1]]`, `mark` a sign that separates.
 */
export type TokenKind = "content" | "function" | "number" | "code" | "address" | "held" | "mark";

export type Token = {
  readonly kind: TokenKind;
  /** As written. */
  readonly text: string;
  readonly lower: string;
  /** What two tokens that say the same have in common: a stem or a canonical number. */
  readonly key: string;
  /** Position of its sentence and clause in the text, from 0. */
  readonly sentence: number;
  readonly clause: number;
  readonly isSentenceStart: boolean;
  readonly isCapital: boolean;
};

const PIECES =
  /\[\[\d+\]\]|(?:https?:\/\/|www\.)[^\s<>"”)\]]*[^\s<>"”)\].,;:!?]|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}|\d+(?:[.,:/'’\u00a0\u202f-]\d+)*[\p{L}\p{N}]*|[\p{L}\p{N}]+(?:['’&][\p{L}\p{N}]+)*|[€£$¥%§]|[.!?…]+|[,;:()"“”–—\n]/gu;
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  "mr mrs ms dr prof st vs no e.g i.e eg ie approx inc ltd co corp fig art sec para pp cf etc z.b bzw u.a d.h ca nr".split(
    " ",
  ),
);
const CONJUNCTIONS: ReadonlySet<string> = new Set(
  "and but or so while whereas although because if unless which who that when until after before where whereby otherwise then".split(
    " ",
  ),
);
const SUBJECT_STARTS: ReadonlySet<string> = new Set(
  "the a an it they we you he she this these those each all any every our its their his her".split(" "),
);

const AUXILIARY = /^(?:is|are|was|were|has|have|will|would|shall|must|may|can|cannot|could|should|does|do)$/u;

/** The words, numbers and signs of a text in order. */
export function tokensOf(text: string, language: Language = "en"): readonly Token[] {
  const raw = [...text.replaceAll("’", "'").matchAll(PIECES)].flatMap((match) => splitContraction(match[0]));
  const tokens: Token[] = [];
  let sentence = 0;
  let clause = 0;
  let isStart = true;
  for (let index = 0; index < raw.length; index++) {
    const piece = raw[index] ?? "";
    const next = raw[index + 1] ?? "";
    const { kind, key, length } = classify(raw, index, language);
    const lower = piece.toLowerCase();
    if (beginsClause(raw, index)) clause++;
    tokens.push({
      kind,
      text: raw.slice(index, index + length).join(" "),
      lower,
      key,
      sentence,
      clause,
      isSentenceStart: isStart && kind !== "mark",
      isCapital: /^\p{Lu}/u.test(piece),
    });
    if (kind !== "mark") isStart = false;
    if (
      /^[.!?…]+$/u.test(piece) &&
      /^["“[(\p{Lu}\p{N}]/u.test(next) &&
      !ABBREVIATIONS.has((raw[index - 1] ?? "").toLowerCase())
    ) {
      sentence++;
      clause++;
      isStart = true;
    }
    index += length - 1;
  }
  return tokens;
}

/** Without a stemmer, a word's beginning stands for it: endings differ, beginnings rarely do. */
function beginningOf(word: string): string {
  return word.length <= 5 ? word : word.slice(0, Math.max(5, word.length - 3));
}

function splitContraction(piece: string): readonly string[] {
  const match = /^(.+?)(n't|'(?:ll|re|ve|d|m|s))$/iu.exec(piece);
  if (match === null) return [piece];
  const [, word = "", tail = ""] = match;
  if (tail.toLowerCase() === "'s") return [word];
  if (tail.toLowerCase() === "n't")
    return [{ ca: "can", wo: "will", sha: "shall" }[word.toLowerCase()] ?? word, "not"];
  const full = { "'ll": "will", "'re": "are", "'ve": "have", "'m": "am" }[tail.toLowerCase()];
  return full === undefined ? [word] : [word, full];
}

function beginsClause(raw: readonly string[], index: number): boolean {
  const before = raw[index - 1] ?? "";
  const lower = (raw[index] ?? "").toLowerCase();
  const next = (raw[index + 1] ?? "").toLowerCase();
  if (/^[;:–—\n]$/u.test(before)) return true;
  if (before === "," && (CONJUNCTIONS.has(lower) || SUBJECT_STARTS.has(lower))) return true;
  if ((lower === "that" || lower === "which" || lower === "who") && AUXILIARY.test(next)) return true;
  // Inside a sentence "and the …" may join two things or two statements; taking it for statements is the safe side.
  if (!/^(?:and|but|or|while|whereas)$/u.test(lower) || before === "") return false;
  return SUBJECT_STARTS.has(next) || next === "that" || leadsToVerb(raw, index + 1);
}

/** Whether a few words that name something are followed by an auxiliary: "and urgent requests can be sent". */
function leadsToVerb(raw: readonly string[], from: number): boolean {
  for (let at = from; at < from + 5; at++) {
    const lower = (raw[at] ?? "").toLowerCase();
    if (AUXILIARY.test(lower)) return at > from;
    if (lower === "" || isFunctionWord(lower) || /^[^\p{L}\p{N}]/u.test(lower)) return false;
  }
  return false;
}

function classify(
  raw: readonly string[],
  index: number,
  language: Language,
): { kind: TokenKind; key: string; length: number } {
  const piece = raw[index] ?? "";
  const lower = piece.toLowerCase();
  if (/^\[\[\d+\]\]$/u.test(piece)) return { kind: "held", key: piece, length: 1 };
  if (/^(?:https?:|www\.)|@/iu.test(piece)) return { kind: "address", key: lower, length: 1 };
  const number = numberAt(raw, index);
  if (number !== undefined) return { kind: "number", ...number };
  if (piece === "%") return { kind: "content", key: "percent", length: 1 };
  if (/^[€£$¥§]$/u.test(piece)) return { kind: "content", key: stemOf(piece), length: 1 };
  if (/^[^\p{L}\p{N}]+$/u.test(piece)) return { kind: "mark", key: piece, length: 1 };
  if (lower === "going" && raw[index + 1] === "to") return { kind: "function", key: "will", length: 1 };
  if (lower === "per" && raw[index + 1] === "cent") return { kind: "content", key: "percent", length: 2 };
  if (language !== "en" && !/\d/u.test(piece) && !/^\p{Lu}{2,}$/u.test(piece))
    return { kind: "content", key: beginningOf(lower), length: 1 };
  if (/^set(?:s|ting)?$/u.test(lower) && raw[index + 1] === "up")
    return { kind: "content", key: stemOf("create"), length: 2 };
  if (isFunctionWord(lower) && !/^\p{Lu}{2,}$/u.test(piece))
    return { kind: "function", key: lower, length: 1 };
  if (/\d/u.test(piece)) return { kind: "code", key: lower, length: 1 };
  if (/^\p{Lu}[\p{Lu}&]+s?$/u.test(piece) || /\p{Ll}\p{Lu}/u.test(piece))
    return { kind: "code", key: stemOf(lower), length: 1 };
  return { kind: "content", key: stemOf(lower), length: 1 };
}

const UNITS =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const ORDINALS =
  "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(" ");
const SCALES: ReadonlyMap<string, number> = new Map([
  ["hundred", 100],
  ["thousand", 1_000],
  ["million", 1_000_000],
  ["billion", 1_000_000_000],
]);

function smallNumber(word: string): number | undefined {
  const unit = UNITS.indexOf(word);
  if (unit >= 0) return unit;
  const ten = TENS.indexOf(word);
  return ten >= 0 ? (ten + 2) * 10 : undefined;
}

function numberAt(raw: readonly string[], index: number): { key: string; length: number } | undefined {
  const lower = (raw[index] ?? "").toLowerCase();
  const next = (raw[index + 1] ?? "").toLowerCase();
  if (/^\d/u.test(lower)) {
    const ordinal = /^(\d+)(?:st|nd|rd|th)$/u.exec(lower);
    if (ordinal !== null) return { key: ordinal[1] ?? lower, length: 1 };
    if (/\p{L}/u.test(lower)) return undefined;
    const scale = SCALES.get(next);
    const key = canonical(lower);
    return scale === undefined ? { key, length: 1 } : { key: String(Number(key) * scale), length: 2 };
  }
  const ordinal = ORDINALS.indexOf(lower);
  if (ordinal >= 0) return { key: `#${ordinal}`, length: 1 };
  if (lower === "twice") return { key: "2x", length: 1 };
  // "One of them", "no one", "this one" count nothing.
  if (
    lower === "one" &&
    (/^(?:of|another|or)$/u.test(next) ||
      /^(?:no|this|that|which|any|every|the)$/iu.test(raw[index - 1] ?? ""))
  )
    return undefined;
  if (smallNumber(lower) === undefined && !(SCALES.has(lower) && /^an?$/iu.test(raw[index - 1] ?? "")))
    return undefined;
  return spelledNumber(raw, index);
}

/** Adds up `two hundred and fifty thousand`; stops where the words no longer make one number. */
function spelledNumber(raw: readonly string[], index: number): { key: string; length: number } {
  let total = 0;
  let current = 0;
  let at = index;
  for (; at < raw.length; at++) {
    const word = (raw[at] ?? "").toLowerCase();
    const small = smallNumber(word);
    const scale = SCALES.get(word);
    if (
      small !== undefined &&
      (at === index || current % 100 === 0 || (current % 10 === 0 && current % 100 >= 20 && small < 10))
    )
      current += small;
    else if (scale === 100) current = Math.max(1, current) * 100;
    else if (scale !== undefined) {
      total += Math.max(1, current) * scale;
      current = 0;
    } else if (
      !(
        word === "and" &&
        current > 0 &&
        current % 100 === 0 &&
        smallNumber((raw[at + 1] ?? "").toLowerCase()) !== undefined
      )
    )
      break;
  }
  return { key: String(total + current), length: Math.max(1, at - index) };
}

/** `12,400`, `12 400` and `12'400` are one number; a dot stays, it may be a decimal point. */
function canonical(written: string): string {
  if (/^\d{1,3}(?:[,'’\u00a0\u202f]\d{3})+(?:\.\d+)?$/u.test(written))
    return written.replace(/[,'’\u00a0\u202f]/gu, "");
  return /^\d+,\d+$/u.test(written) ? written.replace(",", ".") : written;
}
