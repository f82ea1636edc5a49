import { contentTypeOf, isRelationshipType, openPackage, relationshipsOf } from "../../opc/opc-package.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descend, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { openWord } from "../open-word.ts";
import { relatedTree } from "../read/styles.ts";
import type { StoryPart, WordDocument } from "../types.ts";
import { findInsertion, type Insertion } from "./create-insertion.ts";
import { ownTexts, paragraphText } from "./create-placeholders.ts";
import {
  type ControlKind,
  type DocumentProperty,
  documentProperties,
  isBoundTo,
  readControls,
} from "./read-controls.ts";
import { readFields } from "./story-fields.ts";
import { type TemplateRole, templateRoles } from "./template-roles.ts";

/** A content control of a template, which a slot fills by its tag or title. */
export type TemplateControl = {
  readonly tag?: string;
  readonly title?: string;
  readonly kind: ControlKind;
  readonly story: "body" | "header" | "footer";
  /** True when its text is kept in data of the file or in the document's properties. */
  readonly isBound: boolean;
  readonly isLocked: boolean;
  /** True as long as it shows its placeholder. */
  readonly isEmpty: boolean;
  /** What a list offers. */
  readonly choices: readonly string[];
  /** What of the document it is bound to, and shows without a slot. */
  readonly shows?: DocumentProperty;
  /** True when it goes with the text that new content replaces, unless a slot keeps the body. */
  readonly isRemoved?: boolean;
};

/** A field of a template: its instruction, and what becomes of it in a new document. */
export type TemplateField = {
  readonly code: string;
  readonly story: "body" | "header" | "footer";
  /** `refreshed`: we write its result; `dirty`: Word computes it on opening; `kept`: as it is. */
  readonly treatment: "refreshed" | "dirty" | "kept" | "removed";
};

/** Lengths in twips (twentieths of a point). */
export type PageSetup = {
  readonly width: number;
  readonly height: number;
  readonly isLandscape: boolean;
  readonly columns: number;
  readonly hasTitlePage: boolean;
};

/** What a template holds and what a new document would use each thing for. */
export type TemplateDescription = {
  readonly roles: readonly TemplateRole[];
  /** How many list definitions there are. */
  readonly numberingDefinitions: number;
  readonly fields: readonly TemplateField[];
  readonly controls: readonly TemplateControl[];
  /** `{{title}}` and the like, as they stand in the text. */
  readonly placeholders: readonly string[];
  /** Where the content goes: `body` means that it replaces all that the body holds. */
  readonly contentPlace: Insertion["place"];
  readonly pages: readonly PageSetup[];
  readonly headers: number;
  readonly footers: number;
  /** Fonts of the theme and of the styles. */
  readonly fonts: readonly string[];
  readonly theme?: string;
  readonly languages: readonly string[];
  /** What stands in the way, or what a person should know before using it. */
  readonly warnings: readonly string[];
};

/**
 * Says what a `.dotx` or `.docx` offers as a template. Throws a typed error when the file is no Word document; a
 * template that `createDocument` refuses is described with a warning.
 */
export function describeTemplate(bytes: Uint8Array): TemplateDescription {
  const document = openWord(openPackage(bytes));
  const body = document.stories[0]!;
  const stories = document.stories.filter(({ kind }) => /^(body|header|footer)$/.test(kind));
  const insertion = findInsertion(body.tree);
  const { roles, sheet } = templateRoles(document);
  const theme = relatedTree(document, "theme");
  const themeName = theme === undefined ? undefined : attribute(theme, 0, "name");
  const numbering = relatedTree(document, "numbering");
  const controls = stories.flatMap((story) => controlsOf(story, story === body ? insertion : undefined));
  return {
    roles,
    numberingDefinitions:
      numbering === undefined
        ? 0
        : childrenOf(numbering, 0).filter((each) => nameOf(numbering, each) === "w:abstractNum").length,
    fields: stories.flatMap((story) => fieldsOf(story, story === body ? insertion : undefined)),
    controls,
    placeholders: [...new Set(stories.flatMap(({ tree }) => placeholdersOf(tree)))],
    contentPlace: insertion.place,
    pages: descendantsNamed(body.tree, 0, "w:sectPr").map((each) => pageSetup(body.tree, each)),
    headers: document.stories.filter(({ kind }) => kind === "header").length,
    footers: document.stories.filter(({ kind }) => kind === "footer").length,
    fonts: fontsOf(document, theme),
    ...(themeName !== undefined && { theme: themeName }),
    languages: [...sheet.languages].filter((each) => each !== ""),
    warnings: warningsOf(document, roles, insertion, controls),
  };
}

type Edge = TemplateControl["story"];

function controlsOf({ tree, kind }: StoryPart, insertion: Insertion | undefined): TemplateControl[] {
  return readControls(tree).map((control) => {
    const shows = documentProperties.find((each) => isBoundTo(control, each));
    return {
      ...(control.tag !== undefined && { tag: control.tag }),
      ...(control.title !== undefined && { title: control.title }),
      kind: control.kind,
      story: kind as Edge,
      isBound: control.binding !== undefined || control.isBoundToDocument,
      isLocked: control.isLocked,
      isEmpty: control.isPlaceholder,
      choices: control.choices.map(({ text }) => text),
      ...(shows !== undefined && { shows }),
      ...(isReplaced(tree, control.element, insertion) && { isRemoved: true }),
    };
  });
}

function isReplaced(tree: XmlTree, element: number, insertion: Insertion | undefined): boolean {
  return (
    insertion !== undefined && tree.start[element]! >= insertion.start && tree.end[element]! <= insertion.end
  );
}

const refreshed =
  /^\s*(TITLE|AUTHOR|SUBJECT|DATE|CREATEDATE|SAVEDATE|TIME|LASTSAVEDBY|DOCPROPERTY\s+"?(Title|Author|Subject|LastSavedBy)\b)/i;

function fieldsOf({ tree, kind }: StoryPart, insertion: Insertion | undefined): TemplateField[] {
  // Entries of a table of contents are fields as well, as many as it has.
  const fields = readFields(tree).filter(({ code }) => !/^\s*(PAGEREF|HYPERLINK)\b/i.test(code));
  return fields.map(({ code, begin, isLocked }) => {
    const isRemoved = isReplaced(tree, begin, insertion);
    const own = refreshed.test(code) ? "refreshed" : /^\s*TOC\b/i.test(code) ? "dirty" : "kept";
    const treatment = isRemoved ? "removed" : isLocked ? "kept" : own;
    return { code: code.trim(), story: kind as Edge, treatment };
  });
}

function placeholdersOf(tree: XmlTree): string[] {
  return descendantsNamed(tree, 0, "w:p").flatMap((each) =>
    [...paragraphText(tree, ownTexts(tree, each)).matchAll(/\{\{\s*[\w .-]+\s*\}\}/g)].map(([text]) => text),
  );
}

function pageSetup(tree: XmlTree, section: number): PageSetup {
  const size = childNamed(tree, section, "w:pgSz");
  const columns = childNamed(tree, section, "w:cols");
  const number = (element: number, name: string, other: number): number =>
    element < 0 ? other : Math.round(Number.parseFloat(attribute(tree, element, name) ?? "")) || other;
  const [width, height] = [number(size, "w:w", 11_906), number(size, "w:h", 16_838)];
  return {
    width,
    height,
    isLandscape: width > height,
    columns: number(columns, "w:num", 1),
    hasTitlePage: childNamed(tree, section, "w:titlePg") >= 0,
  };
}

/** Fonts by name, those of the theme first; a theme's other scripts are left out. */
function fontsOf(document: WordDocument, theme: XmlTree | undefined): string[] {
  const fonts: (string | undefined)[] = [];
  for (const kind of ["a:majorFont", "a:minorFont"]) {
    for (const each of theme === undefined ? [] : descendantsNamed(theme, 0, kind)) {
      const latin = childNamed(theme!, each, "a:latin");
      fonts.push(latin < 0 ? undefined : attribute(theme!, latin, "typeface"));
    }
  }
  const styles = relatedTree(document, "styles");
  for (const each of styles === undefined ? [] : descendantsNamed(styles, 0, "w:rFonts"))
    fonts.push(attribute(styles!, each, "w:ascii"), attribute(styles!, each, "w:hAnsi"));
  return [...new Set(fonts.filter((font) => font !== undefined && font !== ""))] as string[];
}

function warningsOf(
  document: WordDocument,
  roles: readonly TemplateRole[],
  insertion: Insertion,
  controls: readonly TemplateControl[],
): string[] {
  const warnings: string[] = [];
  const { package: opc, mainPart } = document;
  const related = relationshipsOf(opc, mainPart);
  const type = contentTypeOf(opc, mainPart) ?? "";
  if (/macroEnabled/i.test(type) || related.some((each) => isRelationshipType(each, "vbaProject")))
    warnings.push("It holds macros: save it in Word as a template without macros (.dotx).");
  const settings = relatedTree(document, "settings");
  const protection = settings === undefined ? -1 : descend(settings, 0, "w:documentProtection");
  if (protection >= 0 && /^(1|true|on)$/.test(attribute(settings!, protection, "w:enforcement") ?? ""))
    warnings.push(
      `It is protected (${attribute(settings!, protection, "w:edit") ?? "editing"}): documents made from it are too.`,
    );
  const missing = roles.filter(({ source }) => source === "direct").map(({ role }) => role);
  if (missing.length > 0)
    warnings.push(`It has no style for: ${missing.join(", ")}. Those are formatted directly.`);
  if (insertion.place === "body" && controls.some(({ story }) => story === "body"))
    warnings.push(
      "Nothing marks where the content goes, so it replaces the body with its content controls, unless a slot fills one of them.",
    );
  if (document.stories.some(({ tree }) => /:(ins|del|moveFrom|moveTo) /.test(tree.source)))
    warnings.push("It holds tracked changes: accept or reject them first.");
  return warnings;
}
