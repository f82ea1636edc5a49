import { FileUnsupportedError } from "../../../errors.ts";
import {
  contentTypeOf,
  contentTypesPart,
  hasPart,
  isRelationshipType,
  openPackage,
  readPart,
  relationshipsOf,
  relationshipsPart,
} from "../../opc/opc-package.ts";
import { decodePart, encodePart, type PartText } from "../../opc/part-text.ts";
import { savePackage } from "../../opc/save-package.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { openWord } from "../open-word.ts";
import type { StoryPart, WordDocument } from "../types.ts";
import type { ContentBlock, DocumentProperties } from "./content.ts";
import { blocksXml } from "./create-blocks.ts";
import { findInsertion, type Insertion } from "./create-insertion.ts";
import { createListWriter, type ListWriter } from "./create-lists.ts";
import { addRelationships, type NewRelationship, setContentTypes } from "./create-package-parts.ts";
import { type PlaceholderValues, placeholderSplices } from "./create-placeholders.ts";
import { corePropertiesXml, dateInWords } from "./create-properties.ts";
import { declareOnRoot } from "./create-root.ts";
import { checkText } from "./create-runs.ts";
import { readStyleSheet, type StyleSheet } from "./create-style-sheet.ts";
import { textWidth } from "./create-text-width.ts";
import { templatePackage } from "./template-package.ts";

export type CreateDocumentOptions = {
  /** A `.dotx` or `.docx` file. Defaults to Tandem's own template, which is `templates/minutes.dotx` as well. */
  readonly template?: Uint8Array;
};

const documentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const numberingType = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";
const coreType = "application/vnd.openxmlformats-package.core-properties+xml";
const coreRelationship =
  "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/**
 * A new `.docx` with these blocks, in the styles of the template and around its headers, footers and page set-up.
 * The blocks go where the template says (see `findInsertion`), otherwise they replace its body. Throws
 * `BadRequestError` for text or tables that Word cannot hold, `FileUnsupportedError` for a template with macros.
 */
export function createDocument(
  blocks: readonly ContentBlock[],
  properties: DocumentProperties,
  options: CreateDocumentOptions = {},
): Uint8Array {
  const template = openWord(openPackage(options.template ?? templatePackage()));
  refuseMacros(template);
  const values: PlaceholderValues = {
    title: checkText(properties.title ?? "").replace(/\s+/g, " "),
    date: dateInWords(properties),
  };
  const parts = createPartTexts(template);
  const body = template.stories[0]!;
  const insertion = findInsertion(body.tree);
  const sheet = readStyleSheet(template);
  const numberingPart = related(template, template.mainPart, "numbering");
  const lists = createListWriter(sheet, numberingPart && parts.read(numberingPart), template.isStrict);
  const links = createLinks(template);
  const content = blocksXml(blocks, {
    sheet,
    lists,
    runs: {
      relationshipId: links.relationshipId,
      linkStyle: sheet.find("character", "Hyperlink"),
      language: otherLanguage(sheet, properties),
    },
    textWidth: textWidth(body.tree, insertion.section, insertion.start),
    isStrict: template.isStrict,
  });
  parts.write(body.name, bodyXml(template, body, insertion, content, values));
  fillEdges(template, parts, values);
  finishPackage(template, parts, { lists, numberingPart, links }, properties);
  return parts.save();
}

/** The texts of the parts that change, in the encoding each part has. */
type PartTexts = {
  /** The text as written so far, or undefined when the template has no such part. */
  readonly read: (name: string) => string | undefined;
  readonly write: (name: string, text: string) => void;
  /** The new file. */
  readonly save: () => Uint8Array;
};

function createPartTexts({ package: opc }: WordDocument): PartTexts {
  const written = new Map<string, string>();
  const original = (name: string): PartText | undefined =>
    hasPart(opc, name) ? decodePart(readPart(opc, name), name) : undefined;
  return {
    read: (name) => written.get(name) ?? original(name)?.text,
    write: (name, text) => {
      // A reader that refuses what we wrote is the last check before the file leaves.
      scanXml(text, opc.limits.depth);
      written.set(name, text);
    },
    save: () => {
      const replaced = new Map<string, Uint8Array>();
      const added = new Map<string, Uint8Array>();
      for (const [name, text] of written) {
        const before = original(name);
        if (before === undefined) added.set(name, encodePart({ text, encoding: "utf-8" }));
        else if (before.text !== text) replaced.set(name, encodePart({ text, encoding: before.encoding }));
      }
      return savePackage(opc, replaced, added);
    },
  };
}

function refuseMacros(template: WordDocument): void {
  const type = contentTypeOf(template.package, template.mainPart) ?? "";
  const hasProject = related(template, template.mainPart, "vbaProject") !== undefined;
  if (!/macroEnabled/i.test(type) && !hasProject) return;
  throw new FileUnsupportedError("the template holds macros, which a .docx file cannot hold", {
    hint: "Save it in Word as a template without macros (.dotx).",
  });
}

function related(template: WordDocument, source: string, word: string): string | undefined {
  return relationshipsOf(template.package, source).find(
    (each) => !each.isExternal && isRelationshipType(each, word) && hasPart(template.package, each.target),
  )?.target;
}

type Links = {
  readonly relationshipId: (address: string) => string;
  readonly added: NewRelationship[];
  /** A relationship id of the main part that nothing uses yet. */
  readonly nextId: () => string;
};

function createLinks(template: WordDocument): Links {
  const added: NewRelationship[] = [];
  const nextId = relationshipIds(template, template.mainPart);
  const relationshipId = (address: string): string => {
    const known = added.find((each) => each.target === address);
    if (known !== undefined) return known.id;
    const id = nextId();
    added.push({
      id,
      type: officeRelationship("hyperlink", template.isStrict),
      target: address,
      isExternal: true,
    });
    return id;
  };
  return { relationshipId, added, nextId };
}

function relationshipIds(template: WordDocument, source: string): () => string {
  const used = relationshipsOf(template.package, source).map(({ id }) =>
    Number(/^rId(\d+)$/i.exec(id)?.[1] ?? 0),
  );
  let last = Math.max(0, ...used);
  return () => `rId${++last}`;
}

function officeRelationship(word: string, isStrict: boolean): string {
  return isStrict
    ? `http://purl.oclc.org/ooxml/officeDocument/relationships/${word}`
    : `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${word}`;
}

/** One attribute of `w:lang` when the template's styles are set for another language (17.3.2.20). */
function otherLanguage(sheet: StyleSheet, { language }: DocumentProperties): string | undefined {
  if (language === undefined || sheet.languages.has(language.toLowerCase())) return undefined;
  const name = /^(zh|ja|ko)\b/i.test(language)
    ? "eastAsia"
    : /^(ar|he|fa|ur)\b/i.test(language)
      ? "bidi"
      : "val";
  return `w:${name}="${new Intl.Locale(language).toString()}"`;
}

function bodyXml(
  template: WordDocument,
  body: StoryPart,
  insertion: Insertion,
  content: string,
  values: PlaceholderValues,
): string {
  const splices: Splice[] = [
    { start: insertion.start, end: insertion.end, text: insertion.before + content + insertion.after },
    ...insertion.splices,
    ...placeholderSplices(body.tree, values, insertion),
    ...declareOnRoot(body.tree, content.includes("r:id=") ? ["w", "r"] : ["w"], template.isStrict),
  ];
  return applySplices(body.tree.source, splices);
}

function fillEdges(template: WordDocument, parts: PartTexts, values: PlaceholderValues): void {
  for (const { name, kind, tree } of template.stories) {
    if (kind !== "header" && kind !== "footer") continue;
    const splices = placeholderSplices(tree, values);
    if (splices.length > 0) parts.write(name, applySplices(tree.source, splices));
  }
}

function finishPackage(
  template: WordDocument,
  parts: PartTexts,
  made: { readonly lists: ListWriter; readonly numberingPart: string | undefined; readonly links: Links },
  properties: DocumentProperties,
): void {
  const { mainPart, isStrict } = template;
  const types = new Map([[mainPart, documentType]]);
  const added = [...made.links.added];
  const numbering = made.lists.numberingXml();
  if (numbering !== undefined) {
    const name =
      made.numberingPart ?? freeName(template, `${mainPart.slice(0, mainPart.lastIndexOf("/"))}/numbering`);
    parts.write(name, numbering);
    if (made.numberingPart === undefined) {
      types.set(name, numberingType);
      const id = made.links.nextId();
      added.push({ id, type: officeRelationship("numbering", isStrict), target: name, isExternal: false });
    }
  }
  if (added.length > 0) {
    const name = relationshipsPart(mainPart);
    parts.write(name, addRelationships(parts.read(name), added));
  }
  writeCoreProperties(template, parts, types, properties);
  parts.write(contentTypesPart, setContentTypes(parts.read(contentTypesPart)!, types));
}

function writeCoreProperties(
  template: WordDocument,
  parts: PartTexts,
  types: Map<string, string>,
  properties: DocumentProperties,
): void {
  const existing = related(template, "/", "core-properties");
  const name = existing ?? freeName(template, "/docProps/core");
  parts.write(name, corePropertiesXml(existing && parts.read(existing), properties));
  if (existing !== undefined) return;
  types.set(name, coreType);
  const relationships = relationshipsPart("/");
  const id = relationshipIds(template, "/")();
  parts.write(
    relationships,
    addRelationships(parts.read(relationships), [
      { id, type: coreRelationship, target: name, isExternal: false },
    ]),
  );
}

/** A part name that the package does not use yet. */
function freeName(template: WordDocument, stem: string): string {
  let name = `${stem}.xml`;
  for (let number = 1; hasPart(template.package, name); number++) name = `${stem}${number}.xml`;
  return name;
}
