import { BadRequestError } from "../../../errors.ts";
import { escapeText, isXmlText } from "../../xml/xml-text.ts";
import type { ContentRun } from "./content.ts";
import { type RunLook, runProperties } from "./create-look.ts";

/** What writing runs needs from the document around them. */
export type RunContext = {
  /** The id of the relationship to that address; the same address has one relationship. */
  readonly relationshipId: (address: string) => string;
  /** Style id of links, when the template has one. */
  readonly linkStyle: string | undefined;
  /** One attribute of `w:lang`, when the text is in another language than the template. */
  readonly language: string | undefined;
};

/** The runs of a paragraph as `w:r` and `w:hyperlink`. `base` is formatting that all of them get. */
export function runsXml(runs: readonly ContentRun[], base: RunLook, context: RunContext): string {
  return runs.map((run) => runXml(run, base, context)).join("");
}

function runXml(run: ContentRun, base: RunLook, context: RunContext): string {
  const text = checkText(run.text).replace(/\r\n?/g, "\n");
  if (text === "") return "";
  const address = run.link === undefined ? undefined : linkAddress(run.link);
  const link: RunLook =
    address === undefined
      ? {}
      : context.linkStyle === undefined
        ? { colour: "0563C1", underline: true }
        : { styleId: context.linkStyle };
  const look: RunLook = {
    ...base,
    ...link,
    ...(run.bold && { bold: true }),
    ...(run.italic && { italic: true }),
    ...(context.language !== undefined && { language: context.language }),
  };
  const xml = `<w:r>${runProperties(look)}${textXml(text)}</w:r>`;
  if (address === undefined) return xml;
  return `<w:hyperlink r:id="${context.relationshipId(address)}" w:history="1">${xml}</w:hyperlink>`;
}

/** Text with its tabs and line ends as elements. */
function textXml(text: string): string {
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
