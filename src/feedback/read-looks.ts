import { type Look, looksLike, pickLook, type StyledLook } from "../files/docx/read/look.ts";
import { paragraphLook } from "../files/docx/read/paragraph-look.ts";
import { type TextLook, textLooks } from "../files/docx/read/text-looks.ts";
import type { Paragraph, Revision } from "../files/index.ts";
import type { IssuedLook, IssuedParagraph } from "./ledger-types.ts";
import type { ReturnedFile, ReturnedToken } from "./returned-tokens.ts";
import type { Found } from "./solve-lattice.ts";

/** What a text or paragraph looks like that a suggestion formats. */
export type LookState = "pending" | "new" | "old" | "other" | "gone" | "unknown";

/** One word or paragraph that a suggestion formats, in its returned state. */
export type LookReading = {
  readonly of: number;
  readonly state: LookState;
  /** What the suggestion changes in it. */
  readonly issued: IssuedLook;
  /** Where it was found; the offsets of words count over all the paragraph's spans. */
  readonly stand?: { readonly paragraph: Paragraph; readonly start: number; readonly end: number };
  readonly weight: number;
  /** How it looks now, by what the suggestion changes. */
  readonly now: Look;
};

type Looked = StyledLook & { readonly pending?: StyledLook & { readonly revision: Revision } };

/** Compares the formatting of words that were found again with what suggestions change in it. */
export function readTextLooks(
  file: ReturnedFile,
  found: readonly Found[],
  tokens: readonly ReturnedToken[],
  returned: readonly Paragraph[],
): LookReading[] {
  const known = new Map<number, TextLook[]>();
  const looksIn = (paragraph: number): TextLook[] => {
    const looks = known.get(paragraph) ?? textLooks(file.document, returned[paragraph]!);
    known.set(paragraph, looks);
    return looks;
  };
  return found.flatMap(({ token, at }) => {
    const returnedToken = tokens[at];
    return (token.looks ?? []).map(({ look, at: start }): LookReading => {
      const { weight } = token;
      if (returnedToken === undefined) return { of: look.of, state: "gone", issued: look, weight, now: {} };
      const offset = returnedToken.offset + Math.min(start, returnedToken.text.length - 1);
      const here = looksIn(returnedToken.paragraph).find((each) => each.start <= offset && offset < each.end);
      const { offset: from, text } = returnedToken;
      const stand = { paragraph: returned[returnedToken.paragraph]!, start: from, end: from + text.length };
      return { ...stateOf(file, look, here), weight, stand };
    });
  });
}

/** What is read of the formatting of an issued paragraph that is nowhere. */
export function goneLooks(issued: IssuedParagraph | undefined): LookReading[] {
  if (typeof issued !== "object") return [];
  const gone = (looks: readonly IssuedLook[] = [], weight: number): LookReading[] =>
    looks.map((look) => ({ of: look.of, state: "gone", issued: look, weight, now: {} }));
  return [
    ...gone(issued.looks, 1),
    ...issued.segments.flatMap(({ looks, text }) => gone(looks, text.length)),
  ];
}

/** The same for a whole paragraph; `returned` is the one it was found as, if any. */
export function readParagraphLooks(
  file: ReturnedFile,
  issued: IssuedParagraph | undefined,
  returned: Paragraph | undefined,
): LookReading[] {
  if (typeof issued !== "object" || issued.looks === undefined) return [];
  const here = returned === undefined ? undefined : paragraphLook(file.document, returned);
  const stand = returned === undefined ? {} : { stand: { paragraph: returned, start: 0, end: 0 } };
  return issued.looks.map((look) => ({ ...stateOf(file, look, here), weight: 1, ...stand }));
}

/** True when the paragraph, or some text in it, looks as the suggestion would have it. */
export function showsLook({ document }: ReturnedFile, paragraph: Paragraph, { after }: IssuedLook): boolean {
  const looks = [paragraphLook(document, paragraph), ...textLooks(document, paragraph)];
  return looks.some(({ look }) => Object.keys(after).every((name) => name in look) && looksLike(look, after));
}

function stateOf(
  { ownersOf }: ReturnedFile,
  issued: IssuedLook,
  here: Looked | undefined,
): Omit<LookReading, "weight"> {
  const { of, after } = issued;
  if (here === undefined) return { of, state: "gone", issued, now: {} };
  const names = Object.keys(after);
  const state = (): LookState => {
    if (here.pending !== undefined) {
      const owners = ownersOf(here.pending.revision);
      const isOurs = owners.length === 1 && owners[0] === of;
      // Seconds and names can be taken out of a file: what would change just this is ours still.
      if (isOurs || (looksLike(here.look, after) && isAsBefore(issued, here.pending))) return "pending";
    }
    // A change that no reader sees.
    if (names.length === 0) return "unknown";
    if (looksLike(here.look, after)) return "new";
    return isAsBefore(issued, here) ? "old" : "other";
  };
  return { of, state: state(), issued, now: pickLook(here.look, names) };
}

function isAsBefore({ before, isPlain = false }: IssuedLook, { look, base }: StyledLook): boolean {
  return looksLike(look, before) || (isPlain && looksLike(look, pickLook(base, Object.keys(before))));
}
