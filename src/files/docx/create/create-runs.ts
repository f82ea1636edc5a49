import { BadRequestError } from "../../../errors.ts";
import { escapeAttribute, escapeText, isXmlText } from "../../xml/xml-text.ts";
import type { ContentRun } from "./content.ts";
import type { ContentContext } from "./content-context.ts";
import { fieldXml } from "./create-fields.ts";
import { type RunLook, runProperties } from "./create-look.ts";

/** What writing runs needs from the document around them. */
export type RunContext = Pick<
  ContentContext,
  "sheet" | "links" | "notes" | "comments" | "bookmarks" | "language"
> & {
  /** What a reference shows that has no text of its own, by bookmark in lower case. */
  readonly referenceTexts?: ReadonlyMap<string, string>;
};

/** The runs of a paragraph as `w:r`, `w:hyperlink` and what stands around them. `base` is formatting of all of them. */
export function runsXml(runs: readonly ContentRun[], base: RunLook, context: RunContext): string {
  return runs.map((run) => runXml(run, base, context)).join("");
}

function runXml(run: ContentRun, base: RunLook, context: RunContext): string {
  const shown = commented(run, shownXml(run, base, context), context);
  const marked = run.bookmark === undefined ? shown : context.bookmarks.around(run.bookmark, shown);
  return run.note === undefined ? marked : marked + noteMark(run.note, base, context);
}

function shownXml(run: ContentRun, base: RunLook, context: RunContext): string {
  const known =
    run.reference === undefined ? "" : (context.referenceTexts?.get(run.reference.toLowerCase()) ?? "");
  const text = checkText(run.text === "" ? known : run.text).replace(/\r\n?/g, "\n");
  if (text === "" && run.reference === undefined) return "";
  const address = run.link === undefined ? undefined : linkAddress(run.link);
  const look: RunLook = {
    ...base,
    ...(address !== undefined && linkLook(context)),
    ...(run.bold && { bold: true }),
    ...(run.italic && { italic: true }),
    ...(context.language !== undefined && { language: context.language }),
  };
  const properties = runProperties(look);
  const xml = `<w:r>${properties}${textXml(text)}</w:r>`;
  if (run.reference !== undefined) return fieldXml(`REF ${run.reference} \\h`, xml, { properties });
  if (address === undefined) return xml;
  return `<w:hyperlink r:id="${escapeAttribute(context.links(address))}" w:history="1">${xml}</w:hyperlink>`;
}

function linkLook({ sheet }: RunContext): RunLook {
  const style = sheet.find("character", "Hyperlink");
  return style === undefined ? { colour: "0563C1", underline: true } : { styleId: style };
}

/** The mark of a footnote in the text; the note itself is kept by the note writer. */
function noteMark(note: readonly ContentRun[], base: RunLook, context: RunContext): string {
  const { notes } = context;
  if (notes === undefined) throw new BadRequestError("a footnote can't hold another footnote");
  const inner: RunContext = { ...context, links: notes.links, notes: undefined, comments: undefined };
  const id = notes.add(runsXml(note, notes.textLook, inner));
  const { bold: _bold, italic: _italic, ...plain } = base;
  return `<w:r>${runProperties({ ...plain, ...notes.markLook })}<w:footnoteReference w:id="${id}"/></w:r>`;
}

/** The text between the marks of its comment's range, and the reference behind it (17.13.4). */
function commented(run: ContentRun, shown: string, context: RunContext): string {
  if (run.comment === undefined) return shown;
  if (context.comments === undefined) throw new BadRequestError("a footnote can't hold a comment");
  const id = context.comments.add(run.comment);
  const styleId = context.sheet.find("character", "annotation reference");
  const properties = styleId === undefined ? "" : runProperties({ styleId });
  const reference = `<w:r>${properties}<w:commentReference w:id="${id}"/></w:r>`;
  return `<w:commentRangeStart w:id="${id}"/>${shown}<w:commentRangeEnd w:id="${id}"/>${reference}`;
}

/** Text with its tabs and line ends as elements. */
export function textXml(text: string): string {
  return text
    .split(/([\t\n])/)
    .map((piece) => {
      if (piece === "\t") return "<w:tab/>";
      if (piece === "\n") return "<w:br/>";
      return piece === "" ? "" : `<w:t xml:space="preserve">${escapeText(piece)}</w:t>`;
    })
    .join("");
}

/** The address as it may stand in a relationship; undefined for what a document should not open with a click. */
function linkAddress(link: string): string | undefined {
  let url: URL;
  try {
    url = new URL(link.trim());
  } catch {
    return undefined;
  }
  if (!["http:", "https:", "mailto:"].includes(url.protocol)) return undefined;
  return url.protocol === "mailto:" || url.hostname !== "" ? url.href : undefined;
}

/** Throws `BadRequestError` for text that XML cannot hold: control characters, half surrogate pairs. */
export function checkText(text: string): string {
  if (isXmlText(text)) return text;
  const bad = [...text].find((character) => !isXmlText(character))!;
  const code = bad.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  const at = text.indexOf(bad);
  throw new BadRequestError(`the text holds the character U+${code}, which Word files cannot hold`, {
    hint: `Take it out; it stands after ${JSON.stringify(text.slice(Math.max(0, at - 30), at))}.`,
  });
}
