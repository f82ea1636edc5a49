import { childrenOf, nameOf } from "../../xml/xml-tree.ts";
import type { FormatKey, FormatValue } from "../read/character-values.ts";
import { findStyle, stylesOf } from "../read/find-style.ts";
import type { Inline, InlineRun } from "../read/read-inline.ts";
import { readRunStyles } from "../read/run-styles.ts";
import type { CharacterFormat, WordDocument } from "../types.ts";
import {
  describeValue,
  differences,
  type FormatDifference,
  pendingAuthor,
  type ResolvedCharacterFormat,
} from "./character-format.ts";
import {
  type Draft,
  inlinesOf,
  type Outcome,
  type ParagraphWork,
  type PlacedChange,
  type Signature,
} from "./draft.ts";
import { refuseNested, refuseWork } from "./draft-text.ts";
import { textWithin } from "./edit-runs.ts";
import { lockReason } from "./refuse-run-edit.ts";
import type { EditContext, RefusalReason, RunFormat } from "./run-edit.ts";

/** Gathers other formatting of a stretch of text. */
export function draftFormat(
  draft: Draft,
  work: ParagraphWork,
  { at, set: wanted }: PlacedChange<"format">,
  revision: Signature,
): Outcome {
  const set = resolveFormat(draft.document, wanted);
  if ("code" in set) return set;
  if (at.start === at.end)
    return {
      code: "unsupported",
      reason: "there is no text to format at that place",
      fix: "Quote the text that is to look different.",
    };
  const format: RunFormat = {
    start: at.start,
    end: at.end,
    set,
    styles: readRunStyles(draft.document),
    revision,
  };
  const context = draft.contexts.get(work.source.story.name)!;
  const refusal =
    refuseWork(work, at) ?? refuseFormat(context, work, format) ?? refuseNested(draft, work, [format]);
  if (refusal !== undefined) return refusal;
  const found = inlinesOf(work.source)
    .flatMap((inline) => changedRuns(context, inline, format))
    .flatMap((each) => each.found);
  if (found.length === 0)
    return {
      code: "no-change",
      reason: "the text is formatted that way already",
      fix: "Leave the change out.",
    };
  work.claims.push({ start: at.start, end: at.end });
  work.formats.push(format);
  return { paragraph: work.paragraph.id, ...describe(draft.document, found) };
}

/** Highlighting colours (17.18.40). */
const highlights =
  "black blue cyan green magenta red yellow white darkBlue darkCyan darkGreen darkMagenta darkRed darkYellow darkGray lightGray none".split(
    " ",
  );
const verticals = ["baseline", "superscript", "subscript"];
const switches = ["bold", "italic", "underline", "strike"] as const;
const keys = [...switches, "vertical", "highlight", "color", "size", "font", "style"];

/** The format with names and numbers as the file has them, or why it can't be given. */
function resolveFormat(
  document: WordDocument,
  set: CharacterFormat,
): ResolvedCharacterFormat | RefusalReason {
  const { highlight, color, size, font, vertical, style, ...onOff } = set;
  if (Object.values(set).every((value) => value === undefined))
    return { code: "no-change", reason: "no formatting is given", fix: `Give one of: ${keys.join(", ")}.` };
  const unsuitable = (key: FormatKey, value: unknown, fix: string): RefusalReason => ({
    code: "unsupported",
    reason: `${key} can't be ${JSON.stringify(value)}`,
    fix,
  });
  for (const key of switches) {
    const value: unknown = set[key];
    if (value !== undefined && typeof value !== "boolean")
      return unsuitable(key, value, "Give true or false.");
  }
  if (vertical !== undefined && !verticals.includes(vertical))
    return unsuitable("vertical", vertical, `Give one of: ${verticals.join(", ")}.`);
  const shade = highlights.find((name) => name.toLowerCase() === highlight?.toLowerCase());
  if (highlight !== undefined && shade === undefined)
    return unsuitable("highlight", highlight, `Give one of: ${highlights.join(", ")}.`);
  const hex = color?.replace(/^#/, "");
  if (hex !== undefined && !/^([\dA-F]{6}|auto)$/i.test(hex))
    return unsuitable("color", color, "Give six hexadecimal digits, such as C00000, or auto.");
  if (size !== undefined && !(Number.isInteger(size * 2) && size >= 1 && size <= 1638))
    return unsuitable("size", size, "Give points from 1 to 1638, in halves.");
  if (font !== undefined && (font.trim() === "" || /[\r\n\t]/.test(font)))
    return unsuitable("font", font, "Give the name of a font.");
  const named = style === undefined ? undefined : findStyle(document, "character", style);
  if (named !== undefined && "code" in named) return named;
  return {
    ...onOff,
    ...(vertical !== undefined && { vertical }),
    ...(shade !== undefined && { highlight: shade }),
    ...(hex !== undefined && { color: hex.toLowerCase() === "auto" ? "auto" : hex.toUpperCase() }),
    ...(size !== undefined && { size }),
    ...(font !== undefined && { font: font.trim() }),
    ...(named !== undefined && { style: named.id, isDefaultStyle: named.isDefault }),
  };
}

/** Why the text can't be formatted as a tracked change, or undefined. */
function refuseFormat(
  context: EditContext,
  work: ParagraphWork,
  format: RunFormat,
): RefusalReason | undefined {
  const { tree } = context;
  for (const inline of inlinesOf(work.source)) {
    const locked = inline.pieces.find(
      (piece) =>
        piece.end > format.start &&
        piece.start < format.end &&
        piece.lock !== undefined &&
        piece.lock !== "object",
    );
    if (locked?.lock === "field")
      return {
        ...lockReason(tree, inline, locked, context),
        fix: "Leave what the field shows out of the quote.",
      };
    if (locked !== undefined) return lockReason(tree, inline, locked, context);
    for (const { run } of changedRuns(context, inline, format)) {
      const author = pendingAuthor(tree, run);
      if (author !== undefined && author !== context.author) return pendingFormat;
      if (childrenOf(tree, run.element).filter((child) => nameOf(tree, child) === "w:rPr").length > 1)
        return damagedFormat;
    }
  }
  return undefined;
}

const pendingFormat: RefusalReason = {
  code: "locked",
  reason: "the text has a change of its formatting that is still to be accepted",
  fix: "Accept or reject that change first.",
};

const damagedFormat: RefusalReason = {
  code: "unsupported",
  reason: "the formatting of the text is stored twice in the file",
  fix: "Open the file in Word and save it again.",
};

type ChangedRun = { readonly run: InlineRun; readonly found: readonly FormatDifference[] };

function changedRuns({ tree }: EditContext, inline: Inline, format: RunFormat): ChangedRun[] {
  return inline.runs.flatMap((run) => {
    const text = textWithin(inline, run, format);
    const found = text === "" ? [] : differences(tree, run, format, text);
    return found.length === 0 ? [] : [{ run, found }];
  });
}

/** What differs before and after, each value once: `bold off, size 10/11`. */
function describe(
  document: WordDocument,
  found: readonly FormatDifference[],
): { readonly before: string; readonly after: string } {
  const names = new Map(stylesOf(document, "character").map(({ id, name }) => [id, name]));
  const shown = (key: FormatKey, value: FormatValue | undefined): string =>
    describeValue(key, key === "style" ? (names.get(String(value)) ?? value) : value);
  const before = new Map<FormatKey, Set<string>>();
  const after = new Map<FormatKey, string>();
  for (const { key, from, to } of found) {
    const values = before.get(key) ?? new Set();
    before.set(key, values.add(shown(key, from)));
    after.set(key, shown(key, to));
  }
  const list = [...before].map(([key, values]) => {
    const [first, ...others] = values;
    return [first!, ...others.map((each) => each.replace(`${key} `, ""))].join("/");
  });
  return { before: list.join(", "), after: [...after.values()].join(", ") };
}
