import { hasPart, isRelationshipType, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { stylesOf } from "../read/find-style.ts";
import type { WordDocument } from "../types.ts";
import { createListWriter, type ListSource } from "./create-lists.ts";
import { headingLook, type ParagraphLook, paragraphLook } from "./create-look.ts";
import { readStyleSheet, type StyleSheet } from "./create-style-sheet.ts";
import { tableStyle } from "./create-table.ts";

/** What a kind of text gets from a template. */
export type TemplateRole = {
  /** `title`, `heading 2`, `bulleted list`, `footnote mark` and so on. */
  readonly role: string;
  /** Name of the style it gets, when it gets one. */
  readonly style?: string;
  /**
   * `style`: the style made for it; `substitute`: another one, with direct formatting for what that lacks; `numbering`: a
   * list definition of the template; `direct`: direct formatting alone, since the template has nothing.
   */
  readonly source: "style" | "substitute" | "numbering" | "direct";
};

/** What each kind of text that we write gets from the template. */
export function templateRoles(document: WordDocument): { roles: readonly TemplateRole[]; sheet: StyleSheet } {
  const sheet = readStyleSheet(document);
  const lists = createListWriter(sheet, numberingText(document), document.isStrict);
  const names = new Map(
    (["paragraph", "character", "table"] as const).flatMap((type) =>
      stylesOf(document, type).map(({ id, name }) => [id, name] as const),
    ),
  );
  const named = (
    role: string,
    styleId: string | undefined,
    source: TemplateRole["source"] = "style",
  ): TemplateRole => {
    const style = styleId === undefined ? undefined : names.get(styleId);
    return { role, ...(style !== undefined && { style }), source: styleId === undefined ? "direct" : source };
  };
  const paragraph = (role: string, name: string): TemplateRole => {
    const { styleId } = paragraphLook(sheet, name);
    return named(role, styleId, isOwn(names, styleId, name) ? "style" : "substitute");
  };
  const list = (role: string, ordered: boolean): TemplateRole => {
    const source: ListSource = lists.sourceOf(ordered);
    if (source.kind === "style") return named(role, source.styleId);
    const { styleId } = lists.item(ordered, 0);
    lists.end();
    return { ...named(role, styleId), source: source.kind === "definition" ? "numbering" : "direct" };
  };
  const roles = [
    paragraph("title", "Title"),
    ...[1, 2, 3, 4].map((level) => {
      const look: ParagraphLook = headingLook(sheet, level);
      return named(
        `heading ${level}`,
        look.styleId,
        look.outlineLevel === undefined ? "style" : "substitute",
      );
    }),
    named("body text", sheet.defaultParagraph),
    list("bulleted list", false),
    list("numbered list", true),
    named("table", tableStyle(sheet, undefined)),
    paragraph("caption", "caption"),
    paragraph("quote", "Quote"),
    paragraph("footnote text", "footnote text"),
    named("footnote mark", sheet.find("character", "footnote reference")),
    paragraph("contents title", "TOC Heading"),
    ...[1, 2, 3, 4].map((level) => named(`contents ${level}`, sheet.find("paragraph", `toc ${level}`))),
    named("link", sheet.find("character", "Hyperlink")),
  ];
  return { roles, sheet };
}

function isOwn(names: ReadonlyMap<string, string>, styleId: string | undefined, name: string): boolean {
  const found = (styleId === undefined ? undefined : names.get(styleId)) ?? "";
  return found.split(",")[0]!.trim().toLowerCase() === name.toLowerCase();
}

function numberingText({ package: opc, mainPart }: WordDocument): string | undefined {
  const found = relationshipsOf(opc, mainPart).find(
    (each) => !each.isExternal && isRelationshipType(each, "numbering") && hasPart(opc, each.target),
  );
  return found && decodePart(readPart(opc, found.target), found.target).text;
}
