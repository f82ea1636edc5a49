import { findPersonalData, type PersonalDataOptions } from "./find-personal-data.ts";
import { findSecrets } from "./find-secrets.ts";
import { type SensitiveKind, withoutOverlaps } from "./sensitive-span.ts";

/** `TEXT` stands for text that only looks like a token of ours. */
type TokenKind = SensitiveKind | "TEXT";

/** What was replaced in one job, so that the same value always gets the same token. It never leaves this process. */
export type MaskSession = {
  readonly options: PersonalDataOptions;
  readonly tokens: Map<string, string>;
  readonly values: Map<string, string>;
  readonly counts: Map<TokenKind, number>;
};

export type MaskedText = {
  readonly text: string;
  /** The tokens in the text in order of their first place. */
  readonly tokens: readonly string[];
};

/** An empty session; one a job. */
export function maskSession(options: PersonalDataOptions = {}): MaskSession {
  return { options, tokens: new Map(), values: new Map(), counts: new Map() };
}

const NAMES: readonly TokenKind[] = ["EMAIL", "PHONE", "IBAN", "CARD", "ID", "IP", "SECRET", "TEXT"];
const KINDS = NAMES.join("|");
const ANY_CASE = NAMES.flatMap((name) => [
  name,
  name.toLowerCase(),
  name.charAt(0) + name.slice(1).toLowerCase(),
]).join("|");
// Models change brackets, case and spacing; a token without brackets has to be exact.
const BRACKETED = `[[⟦【［]\\s{0,3}(?<kind>${ANY_CASE})\\s{0,2}[-_–‑ ]?\\s{0,2}(?<number>\\d{1,6})\\s{0,3}[\\]⟧】］]`;
const BARE = `(?<![\\p{L}\\p{N}_])(?<bareKind>${KINDS})[-_](?<bareNumber>\\d{1,6})(?![\\p{L}\\p{N}_])`;
const TOKEN = new RegExp(`${BRACKETED}|${BARE}`, "gu");
// What may be the beginning of one, at the end of a piece; the piece may also end in half of a letter.
const BEGINNING =
  /(?:[[⟦【［](?:\s{0,3}[A-Za-z]{0,7}\s{0,2}[-_–‑ ]?\s{0,2}\d{0,6}\s{0,3})?|(?<![\p{L}\p{N}_])[A-Z]{1,6}(?:[-_]\d{0,7})?|(?=[\uD800-\uDBFF]))[\uD800-\uDBFF]?$/gu;

/** Replaces personal data and secrets by tokens such as `[EMAIL-1]`. `unmaskText` puts them back. */
export function maskText(text: string, session: MaskSession): MaskedText {
  const spans = withoutOverlaps([...findSecrets(text), ...findPersonalData(text, session.options)]);
  const used = new Set<string>();
  const replace = (kind: TokenKind, value: string): string => {
    const token = tokenFor(kind, value, session);
    used.add(token);
    return token;
  };
  // Each stretch alone, since a token that is put beside it changes what stands at its edge.
  const plain = (stretch: string): string => stretch.replace(TOKEN, (found) => replace("TEXT", found));
  let masked = "";
  let place = 0;
  for (const { kind, start, end } of spans) {
    masked += plain(text.slice(place, start)) + replace(kind, text.slice(start, end));
    place = end;
  }
  masked += plain(text.slice(place));
  return { text: masked, tokens: [...used] };
}

function tokenFor(kind: TokenKind, value: string, session: MaskSession): string {
  const known = session.tokens.get(value);
  if (known !== undefined) return known;
  const number = (session.counts.get(kind) ?? 0) + 1;
  session.counts.set(kind, number);
  const token = `[${kind}-${number}]`;
  session.tokens.set(value, token);
  session.values.set(token, value);
  return token;
}

export type UnmaskOptions = {
  /** How a value is written where it is put: inside JSON, quotes need a backslash. Defaults to as it is. */
  readonly write?: (value: string) => string;
};

/** Puts the values back, also where a model changed brackets, case or spacing. Tokens that nobody gave out stay. */
export function unmaskText(text: string, session: MaskSession, options: UnmaskOptions = {}): string {
  return unmaskFrom(text, 0, session, options);
}

/** Puts values back from a place on; what stands before it only decides where words begin. */
function unmaskFrom(text: string, from: number, session: MaskSession, options: UnmaskOptions): string {
  let written = "";
  let place = from;
  const token = new RegExp(TOKEN);
  token.lastIndex = from;
  for (const { index, 0: found, groups = {} } of text.matchAll(token)) {
    const kind = (groups.kind ?? groups.bareKind ?? "").toUpperCase();
    const value = session.values.get(`[${kind}-${Number(groups.number ?? groups.bareNumber)}]`);
    if (value === undefined) continue;
    written += text.slice(place, index) + (options.write?.(value) ?? value);
    place = index + found.length;
  }
  return written + text.slice(place);
}

/** Puts values back in a text that comes in pieces; together they read as `unmaskText` of the whole. */
export type UnmaskStream = {
  readonly push: (piece: string) => string;
  readonly end: () => string;
  /** UTF-16 units at the end of what came in that are held back. */
  readonly held: () => number;
};

/** Holds back the end of each piece that may begin a token. */
export function unmaskStream(session: MaskSession, options: UnmaskOptions = {}): UnmaskStream {
  let held = "";
  // The letter before decides whether a token without brackets begins a word.
  let before = "";
  const give = (text: string): string => {
    if (text === "") return "";
    const written = unmaskFrom(before + text, before.length, session, options);
    before = [...text].at(-1) ?? "";
    return written;
  };
  return {
    push: (piece) => {
      held += piece;
      const context = before + held;
      const beginning = new RegExp(BEGINNING);
      beginning.lastIndex = before.length;
      const place = (beginning.exec(context)?.index ?? context.length) - before.length;
      const ready = held.slice(0, place);
      held = held.slice(place);
      return give(ready);
    },
    end: () => {
      const rest = held;
      held = "";
      return give(rest);
    },
    held: () => held.length,
  };
}

/** A value as it stands inside a JSON string. */
export function inJsonString(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
