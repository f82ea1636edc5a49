import { textHeight } from "../../units/fit-text.ts";
import type { CodedTarget, TextUnit } from "../../units/types.ts";
import { isEcho } from "../../units/unit-site.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { type BoxText, layOut, readBoxParagraph } from "./box-paragraph.ts";
import { readStyleLevels } from "./paragraph-levels.ts";
import { type TextBoxRoom, textBoxRooms } from "./text-box-room.ts";
import type { StoryUnits } from "./word-units.ts";

export type TextBoxFitOptions = {
  readonly targets: ReadonlyMap<string, CodedTarget>;
  /** Units that keep their source text all the same. */
  readonly kept: ReadonlySet<string>;
  /** True when the targets are shown by the half of the formatting for complex scripts. */
  readonly isComplex: boolean;
};

/** Less than this beyond the box is no overflow: widths are estimates. */
const tolerance = 0.05;

/** What has a height, or parts beside each other, that nothing here can tell. */
const unknownHeights = new Set([
  "w:tbl",
  "w:drawing",
  "w:pict",
  "w:object",
  "mc:AlternateContent",
  "m:oMath",
  "m:oMathPara",
  "w:altChunk",
  "w:framePr",
]);

/**
 * Text boxes of fixed size that the source text fits and the translation does not, by an estimate; each is named by its
 * first translated unit. Word cuts off what is too much.
 */
export function overflowingTextBoxes(
  { story, paragraphs }: StoryUnits,
  { targets, kept, isComplex }: TextBoxFitOptions,
): { readonly unit: string; readonly reason: string }[] {
  const { tree, sheet } = story;
  const rooms = textBoxRooms(tree).filter(({ content }) => isPlain(tree, content));
  if (rooms.length === 0) return [];
  const styles = readStyleLevels(sheet);
  const units = new Map(paragraphs.map(({ element, unit }) => [element, unit]));
  const read = (element: number): Versions => {
    const paragraph = readBoxParagraph(tree, element, styles);
    const unit = units.get(element);
    if (unit === undefined) return unchanged({ paragraph, text: paragraph.text });
    const source: BoxText = { paragraph, text: shownText(unit, unit) };
    const target = kept.has(unit.id) ? undefined : targets.get(unit.id);
    if (target === undefined || isEcho(unit, target)) return unchanged(source);
    const text = shownText(unit, target);
    return { source, target: { paragraph, text, script: { complex: isComplex } }, unit: unit.id };
  };
  return rooms.flatMap((room) => {
    const versions = descendantsNamed(tree, room.content, "w:p").map(read);
    const unit = versions.find((each) => each.unit !== undefined)?.unit;
    const overflow = unit === undefined ? undefined : overflowOf(versions, room);
    if (unit === undefined || overflow === undefined) return [];
    return [{ unit, reason: `the text is about ${Math.round(overflow * 100)} % higher than its box` }];
  });
}

/** A paragraph before and after translation; `unit` where its text changes. */
type Versions = { readonly source: BoxText; readonly target: BoxText; readonly unit?: string };

function unchanged(source: BoxText): Versions {
  return { source, target: source };
}

/** By how much the translation is higher than its box, as a share of it, where the source is not. */
function overflowOf(versions: readonly Versions[], { width, height }: TextBoxRoom): number | undefined {
  const before = layOut(versions.map(({ source }) => source));
  const after = layOut(versions.map(({ target }) => target));
  if (before === undefined || after === undefined) return undefined;
  const most = height * (1 + tolerance);
  const needed = textHeight(after, width);
  return textHeight(before, width) <= most && needed > most ? needed / height - 1 : undefined;
}

function isPlain(tree: XmlTree, content: number): boolean {
  for (let at = content + 1; at < tree.next[content]!; at++)
    if (unknownHeights.has(nameOf(tree, at))) return false;
  return true;
}

/** The text as it is shown, with fields' results, tabs and line ends. */
function shownText(source: TextUnit, { text, atoms }: CodedTarget): string {
  const shows = new Map(
    source.atoms.map(({ id, kind, shows: shown = "" }) => [
      id,
      kind === "break" ? "\n" : kind === "tab" ? "\t" : shown,
    ]),
  );
  let out = "";
  let at = 0;
  for (const { id, offset } of atoms.toSorted((a, b) => a.offset - b.offset)) {
    out += text.slice(at, offset) + (shows.get(id) ?? "");
    at = Math.max(at, offset);
  }
  return out + text.slice(at);
}
