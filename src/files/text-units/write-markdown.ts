import { RoundTripError } from "../../errors.ts";
import { paint } from "../units/paint.ts";
import type { CodedTarget } from "../units/types.ts";
import { applySplices, type Splice } from "../xml/splice.ts";
import { type MarkdownBlock, markdownBlocks } from "./markdown-blocks.ts";
import type { WrittenText } from "./write-blocks.ts";

/** How a block is written: as Markdown, with HTML elements where its marks don't work, or not at all. */
type Attempt = "markdown" | "html" | "none";

/** Most readings of a file that is being written. */
const maxReadings = 12;

/**
 * Writes targets into Markdown and reads the result again: a block that isn't read as the target says is written in
 * another way, or stays in the source language.
 */
export function writeMarkdown(source: string, targets: ReadonlyMap<string, CodedTarget>): WrittenText {
  const blocks = markdownBlocks(source);
  const attempts = blocks.map(({ unit }): Attempt => (targets.has(unit.id) ? "markdown" : "none"));
  for (let reading = 0; reading < maxReadings; reading++) {
    const { text, flagged } = writeAll(source, blocks, targets, attempts);
    const wrong = wrongBlocks(blocks, targets, attempts, text);
    if (wrong.length === 0) return { text, flagged, refused: refusals(blocks, targets, attempts) };
    for (const index of wrong) attempts[index] = nextAttempt(blocks, attempts, index);
    // Whatever it is, the source itself is read as it was.
    if (reading === maxReadings - 3)
      attempts.forEach((attempt, index) => {
        if (attempt === "html") attempts[index] = "none";
      });
    if (reading === maxReadings - 2) attempts.fill("none");
  }
  throw new RoundTripError("the translated Markdown is not read as it was written");
}

function nextAttempt(blocks: readonly MarkdownBlock[], attempts: readonly Attempt[], index: number): Attempt {
  return attempts[index] === "markdown" && blocks[index]!.writeHtml !== undefined ? "html" : "none";
}

function writeAll(
  source: string,
  blocks: readonly MarkdownBlock[],
  targets: ReadonlyMap<string, CodedTarget>,
  attempts: readonly Attempt[],
): Pick<WrittenText, "text" | "flagged"> {
  const flagged: { unit: string; reason: string }[] = [];
  const splices: Splice[] = [];
  // From the last, so that the attributes of a paragraph are there when it is written.
  for (let index = blocks.length - 1; index >= 0; index--) {
    const { unit, start, end, write, writeHtml } = blocks[index]!;
    const target = targets.get(unit.id);
    if (target === undefined || attempts[index] === "none") continue;
    const inner: Splice[] = [];
    while (splices.length > 0 && splices.at(-1)!.start < end) inner.push(splices.pop()!);
    const slice = (from: number, to: number): string => sliceWith(source, inner, from, to);
    const written = (attempts[index] === "html" && writeHtml ? writeHtml : write)(target, slice);
    if (written.flagged !== undefined) flagged.unshift({ unit: unit.id, reason: written.flagged });
    splices.push({ start, end, text: written.text });
  }
  return { text: applySplices(source, splices), flagged };
}

function sliceWith(source: string, splices: readonly Splice[], from: number, to: number): string {
  const inside = splices.filter(({ start, end }) => start >= from && end <= to);
  return applySplices(
    source.slice(from, to),
    inside.map(({ start, end, text }) => ({ start: start - from, end: end - from, text })),
  );
}

/** Blocks that are read otherwise than they should; only the first where more or fewer blocks are found. */
function wrongBlocks(
  blocks: readonly MarkdownBlock[],
  targets: ReadonlyMap<string, CodedTarget>,
  attempts: readonly Attempt[],
  text: string,
): number[] {
  const found = markdownBlocks(text);
  const wrong: number[] = [];
  blocks.forEach((block, index) => {
    const target = attempts[index] === "none" ? undefined : targets.get(block.unit.id);
    const wanted = target === undefined ? echoSignature(block) : signature(block, target);
    const read = found[index];
    if (read === undefined || echoSignature(read) !== wanted || read.unit.kind !== block.unit.kind)
      wrong.push(index);
  });
  if (found.length === blocks.length && wrong.every((index) => attempts[index] !== "none")) return wrong;
  // Something else broke: what was written last before it is the cause.
  const first = wrong[0] ?? blocks.length;
  const cause = attempts.findLastIndex((attempt, index) => attempt !== "none" && index <= first);
  const later = attempts.findIndex((attempt) => attempt !== "none");
  return cause >= 0 ? [cause] : later >= 0 ? [later] : [];
}

function echoSignature(block: MarkdownBlock): string {
  const { text, spans, atoms } = block.unit;
  return signature(block, { text, spans, atoms });
}

/** What a reader of the block sees: text with the names of what it stands in, and kinds of atoms. */
function signature({ coded }: MarkdownBlock, target: CodedTarget): string {
  const parts: { names: string; text: string }[] = [];
  for (const piece of paint(coded.coded, target).pieces) {
    const isText = piece.kind === "text";
    const names = isText
      ? piece.spans
          .map((id) => coded.spans.get(id)?.name ?? "")
          .sort()
          .join(" ")
      : `<${coded.atoms.get(piece.id)?.kind ?? ""}>`;
    const last = parts.at(-1);
    if (isText && last?.names === names) last.text += piece.text;
    else parts.push({ names, text: isText ? piece.text : "" });
  }
  return parts
    .map(({ names, text }, index) => {
      const starts = parts[index - 1]?.names === "<break>" ? text.trimStart() : text;
      return `${names}:${parts[index + 1]?.names === "<break>" ? starts.trimEnd() : starts}`;
    })
    .join("\u0000");
}

function refusals(
  blocks: readonly MarkdownBlock[],
  targets: ReadonlyMap<string, CodedTarget>,
  attempts: readonly Attempt[],
): { unit: string; reason: string }[] {
  return blocks
    .filter(({ unit }, index) => targets.has(unit.id) && attempts[index] === "none")
    .map(({ unit }) => ({ unit: unit.id, reason: "Markdown can't hold this target at this place" }));
}
