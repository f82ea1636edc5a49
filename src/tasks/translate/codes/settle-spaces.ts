import type { AtomCode, CodedText, SpanCode } from "../../../files/units/types.ts";
import { needsSpace } from "./encode-for.ts";
import type { CodePiece } from "./read-pieces.ts";

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Tags between two texts: `before` ends where they begin, `after` begins where they end. */
type Joint = { before: string; after: string; readonly tags: readonly CodePiece[] };

/**
 * Spaces that engines put beside tags or eat there are put right by what the source has at the same tags: one space not
 * two, outside of a span not inside, none before a full stop, one between words that were apart.
 */
export function settleSpaces(segment: CodedText, pieces: readonly CodePiece[]): CodePiece[] {
  const known: Known = {
    segment,
    spans: new Map(segment.spans.map((span) => [span.id, span])),
    atoms: new Map(segment.atoms.map((atom) => [atom.id, atom])),
  };
  const settled: CodePiece[] = [];
  let text = "";
  let tags: CodePiece[] = [];
  const join = (after: string): void => {
    const joint: Joint = { before: text, after, tags };
    if (tags.length > 0) for (const rule of rules) rule(joint, known);
    if (joint.before !== "") settled.push({ kind: "text", text: joint.before });
    settled.push(...tags);
    text = joint.after;
    tags = [];
  };
  for (const piece of pieces) {
    if (piece.kind !== "text") tags.push(piece);
    else if (tags.length > 0) join(piece.text);
    else text += piece.text;
  }
  join("");
  if (text !== "") settled.push({ kind: "text", text });
  return settled;
}

type Known = {
  readonly segment: CodedText;
  readonly spans: ReadonlyMap<string, SpanCode>;
  readonly atoms: ReadonlyMap<string, AtomCode>;
};

type Rule = (joint: Joint, known: Known) => void;

const rules: readonly Rule[] = [dropAroundBreaks, keepOneSpace, moveOutOfSpans, closeUp, holdNotes, openUp];

/** The spaces that were sent for a tab or a break go again. */
function dropAroundBreaks(joint: Joint, { segment, atoms }: Known): void {
  for (const tag of joint.tags) {
    const atom = tag.kind === "atom" ? atoms.get(tag.id) : undefined;
    if (atom === undefined || !needsSpace(segment, atom)) continue;
    joint.before = joint.before.replace(/[ \u00a0]$/, "");
    joint.after = joint.after.replace(/^[ \u00a0]/, "");
  }
}

function keepOneSpace(joint: Joint, known: Known): void {
  if (!joint.before.endsWith(" ") || !joint.after.startsWith(" ")) return;
  if (joint.tags.some((tag) => tag.kind === "atom" || hasSpacesAround(tag, known))) return;
  if (isAll("close", joint)) joint.before = joint.before.slice(0, -1);
  else joint.after = joint.after.slice(1);
}

/** True where the source itself has white space on both sides of the tag. */
function hasSpacesAround(tag: CodePiece, { segment, spans }: Known): boolean {
  const span = tag.kind === "text" ? undefined : spans.get(tag.id);
  if (span === undefined) return false;
  const at = tag.kind === "open" ? span.start : span.end;
  return isSpaceAt(segment, at - 1) && isSpaceAt(segment, at);
}

function moveOutOfSpans(joint: Joint, { segment, spans }: Known): void {
  const [first, last] = [joint.tags[0]!, joint.tags.at(-1)!];
  const { before, after } = joint;
  if (isAll("open", joint) && last.kind === "open" && after.startsWith(" ")) {
    if (isSpaceAt(segment, spans.get(last.id)!.start)) return;
    joint.after = after.slice(1);
    if (before !== "" && !/\s$/.test(before)) joint.before = `${before} `;
  } else if (isAll("close", joint) && first.kind === "close" && before.endsWith(" ")) {
    if (isSpaceAt(segment, spans.get(first.id)!.end - 1)) return;
    joint.before = before.slice(0, -1);
    if (after !== "" && !/^\s/.test(after)) joint.after = ` ${after}`;
  }
}

/** No space before a full stop or comma and none behind an opening bracket, unless the source writes so. */
function closeUp(joint: Joint, { segment: { text } }: Known): void {
  if (joint.tags.some(({ kind }) => kind === "atom")) return;
  if (/^ [.,)\]}](?!\.)/.test(joint.after) && !/ [.,)\]}]/.test(text)) joint.after = joint.after.slice(1);
  if (/[([{] $/.test(joint.before) && !/[([{] /.test(text)) joint.before = joint.before.slice(0, -1);
}

/** A note stands at its word. */
function holdNotes(joint: Joint, { segment, atoms }: Known): void {
  const tag = joint.tags.length === 1 ? joint.tags[0]! : undefined;
  const atom = tag?.kind === "atom" ? atoms.get(tag.id) : undefined;
  if (atom?.kind !== "note" || atom.offset === 0 || isSpaceAt(segment, atom.offset - 1)) return;
  if (/\S $/.test(joint.before) && !/^[\p{L}\p{N}]/u.test(joint.after))
    joint.before = joint.before.slice(0, -1);
}

/** A space between words that had one there in the source. */
function openUp(joint: Joint, { segment, spans }: Known): void {
  const before = /[\p{L}\p{N}]\p{M}*$/u.exec(joint.before.slice(-8))?.[0];
  const after = /^[\p{L}\p{N}]/u.exec(joint.after)?.[0];
  if (before === undefined || after === undefined || unspaced.test(before) || unspaced.test(after)) return;
  if (joint.tags.some(({ kind }) => kind === "atom")) return;
  const closes = joint.tags.some((tag) => tag.kind === "close" && isSpaceAt(segment, spans.get(tag.id)!.end));
  const opens = joint.tags.some(
    (tag) => tag.kind === "open" && isSpaceAt(segment, spans.get(tag.id)!.start - 1),
  );
  if (closes) joint.after = ` ${joint.after}`;
  else if (opens) joint.before += " ";
}

function isAll(kind: CodePiece["kind"], { tags }: Joint): boolean {
  return tags.every((tag) => tag.kind === kind);
}

function isSpaceAt({ text }: CodedText, at: number): boolean {
  return /\s/.test(text[at] ?? "");
}
