import { FileUnsupportedError } from "../../../errors.ts";
import {
  contentTypeOf,
  contentTypesPart,
  hasPart,
  isRelationshipType,
  openPackage,
  relationshipsOf,
} from "../../opc/opc-package.ts";
import { benchRelationships, encodeParts, freePartName } from "../../opc/part-bench.ts";
import type { PartText } from "../../opc/part-text.ts";
import { savePackage } from "../../opc/save-package.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { createBench, declareType, edit, read, relate, type Workbench } from "../edit/part-workbench.ts";
import { openWord } from "../open-word.ts";
import type { WordDocument } from "../types.ts";
import type { PlannedHeading } from "./block-plan.ts";
import type { ContentBlock, DocumentProperties } from "./content.ts";
import { type ContentContext, createContentContext, finishContent } from "./content-context.ts";
import { blocksXml } from "./create-blocks.ts";
import { contentsFieldXml } from "./create-contents.ts";
import { findInsertion, type Insertion } from "./create-insertion.ts";
import { setContentTypes } from "./create-package-parts.ts";
import { type PlaceholderValues, placeholderSplices } from "./create-placeholders.ts";
import { corePropertiesXml, dateInWords, staleStatistics } from "./create-properties.ts";
import { declareOnRoot } from "./create-root.ts";
import { checkText } from "./create-runs.ts";
import { readStyleSheet } from "./create-style-sheet.ts";
import { fillSlots, type Slots } from "./fill-slots.ts";
import { readHeadingLabels } from "./heading-labels.ts";
import { findKeptContents } from "./kept-contents.ts";
import { pruneParts, removeRelationships } from "./prune-parts.ts";
import { readControls } from "./read-controls.ts";
import { fieldSplices } from "./refresh-fields.ts";
import { templatePackage } from "./template-package.ts";
import { showsTitle, titleSplices, withoutTitle } from "./title-block.ts";

export type CreateDocumentOptions = {
  /** A `.dotx` or `.docx` file. Defaults to Tandem's own template, which is `templates/minutes.dotx` as well. */
  readonly template?: Uint8Array;
  /**
   * What fills the template's content controls, by tag or title. When one of them stands in a body that does not say
   * where content goes, the body is kept and the blocks go behind it.
   */
  readonly slots?: Slots;
  /** The page of each heading of the blocks, in order, from a rendering of them; for the table of contents. */
  readonly pageNumbers?: readonly number[];
};

const documentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const coreType = "application/vnd.openxmlformats-package.core-properties+xml";
const coreRelationship =
  "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/**
 * A new `.docx` with these blocks, in the styles and numbering of the template and around its headers, footers and page
 * set-up. The blocks go where the template says (see `findInsertion`), otherwise they replace its body, and what only
 * that body used goes with it. Throws `BadRequestError` for content that Word or the template cannot hold,
 * `FileUnsupportedError` for a template with macros.
 */
export function createDocument(
  blocks: readonly ContentBlock[],
  properties: DocumentProperties,
  options: CreateDocumentOptions = {},
): Uint8Array {
  const template = openWord(openPackage(options.template ?? templatePackage()));
  refuseMacros(template);
  const first = write(template, blocks, properties, options);
  if (!first.listsHeadings) return first.bytes;
  // What Word prints before a heading depends on all that is counted before it, so it is read from the finished file.
  const headingLabels = readHeadingLabels(first.bytes, first.headingNames);
  return headingLabels.some((label) => label !== undefined)
    ? write(template, blocks, properties, { ...options, headingLabels }).bytes
    : first.bytes;
}

type WriteOptions = CreateDocumentOptions & Pick<ContentContext, "headingLabels">;

type Written = {
  readonly bytes: Uint8Array;
  /** Bookmarks of the headings, and whether a table of contents points at them. */
  readonly headingNames: readonly string[];
  readonly listsHeadings: boolean;
};

function write(
  template: WordDocument,
  blocks: readonly ContentBlock[],
  properties: DocumentProperties,
  options: WriteOptions,
): Written {
  const bench = createBench(template);
  writeCoreProperties(bench, properties);
  dropStatistics(bench);
  const { pictures, bookmarks, listHeadings } = writeStories(bench, blocks, properties, options);
  const types = new Map([[template.mainPart, documentType]]);
  edit(bench, contentTypesPart, (tree) => replaceAll(tree, setContentTypes(tree.source, types)));
  const removed = pruneParts(bench);
  const added = new Map([...encodeParts(bench.added), ...pictures.media]);
  const bytes = savePackage(template.package, encodeParts(changed(bench)), added, removed);
  const listsHeadings = listHeadings !== undefined || blocks.some(({ kind }) => kind === "contents");
  return { bytes, headingNames: bookmarks.headingNames, listsHeadings };
}

/** Fills what the template has, puts the blocks in, then fills the controls. */
function writeStories(
  bench: Workbench,
  blocks: readonly ContentBlock[],
  properties: DocumentProperties,
  options: WriteOptions,
): ContentContext {
  const { document } = bench;
  const { slots = {}, headingLabels, pageNumbers } = options;
  const body = document.mainPart;
  const keepsBody = namesControl(document.stories[0]!.tree, slots);
  const place = (tree: XmlTree): Insertion => findInsertion(tree, { keepsBody });
  const isTitled = fillTemplate(bench, place, properties);
  const tree = treeOf(bench, body);
  const insertion = place(tree);
  const plain = createContentContext(bench, { ...insertion, part: body, tree }, properties);
  const own = isTitled ? withoutTitle(blocks, properties) : blocks;
  const kept = own.some(({ kind }) => kind === "contents") ? undefined : findKeptContents(tree, insertion);
  let headings: readonly PlannedHeading[] = [];
  const context: ContentContext = {
    ...plain,
    ...(headingLabels !== undefined && { headingLabels }),
    ...(pageNumbers !== undefined && { pageNumbers }),
    ...(kept !== undefined && {
      listHeadings: (found) => {
        headings = found;
      },
    }),
  };
  const content = insertion.place === "end" && own.length === 0 ? "" : blocksXml(own, context);
  const hasLinks = content.includes("r:id=") || Object.values(slots).some((each) => typeof each !== "string");
  edit(bench, body, () => [
    { start: insertion.start, end: insertion.end, text: insertion.before + content + insertion.after },
    ...(kept === undefined || headings.length === 0
      ? []
      : [{ ...kept, text: contentsFieldXml({ ...kept, isDirty: true }, headings, context) }]),
    ...insertion.splices,
    ...declareOnRoot(tree, hasLinks ? ["w", "r"] : ["w"], document.isStrict),
  ]);
  const parts = document.stories
    .filter(({ kind }) => /^(body|header|footer)$/.test(kind))
    .map(({ name }) => name);
  fillSlots(bench, {
    slots,
    properties,
    parts,
    mainPart: body,
    blocksXml: (each) => blocksXml(each, plain),
  });
  finishContent(bench, context);
  if (insertion.place === "body") dropThumbnail(bench);
  return context;
}

/** True when a slot names a control of the body. */
function namesControl(tree: XmlTree, slots: Slots): boolean {
  const names = new Set(Object.keys(slots).map((name) => name.trim().toLowerCase()));
  if (names.size === 0) return false;
  return readControls(tree).some(({ tag, title }) =>
    [tag, title].some((name) => name !== undefined && names.has(name.trim().toLowerCase())),
  );
}

/** Placeholders, the title and fields of body, headers and footers. True when the body then shows the title itself. */
function fillTemplate(
  bench: Workbench,
  place: (tree: XmlTree) => Insertion,
  properties: DocumentProperties,
): boolean {
  const values: PlaceholderValues = {
    title: checkText(properties.title ?? "").replace(/\s+/g, " "),
    date: dateInWords(properties),
  };
  const sheet = readStyleSheet(bench.document);
  let isTitled = false;
  for (const { name, kind, tree } of bench.document.stories) {
    if (kind === "body") {
      const insertion = place(tree);
      isTitled = showsTitle(tree, insertion, sheet);
      change(bench, name, () => placeholderSplices(tree, values, insertion));
      change(bench, name, (now) => titleSplices(now, place(now), sheet, properties));
    } else if (kind === "header" || kind === "footer") {
      change(bench, name, (now) => placeholderSplices(now, values));
    } else continue;
    change(bench, name, (now) => fieldSplices(now, properties));
  }
  return isTitled;
}

/** An edit that leaves the part alone when there is nothing to change. */
function change(bench: Workbench, part: string, find: (tree: XmlTree) => readonly Splice[]): void {
  const splices = find(treeOf(bench, part));
  if (splices.length > 0) edit(bench, part, () => splices);
}

function treeOf(bench: Workbench, part: string): XmlTree {
  const story = bench.document.stories.find(({ name }) => name === part);
  if (story !== undefined && !bench.replaced.has(part)) return story.tree;
  return scanXml(read(bench, part).text, bench.package.limits.depth);
}

/** The parts whose text is another than before: all others are copied as they are. */
function changed(bench: Workbench): Map<string, PartText> {
  const untouched = { ...bench, replaced: new Map(), added: new Map() };
  return new Map([...bench.replaced].filter(([name, { text }]) => text !== read(untouched, name).text));
}

function refuseMacros(template: WordDocument): void {
  const type = contentTypeOf(template.package, template.mainPart) ?? "";
  const hasProject = relationshipsOf(template.package, template.mainPart).some((each) =>
    isRelationshipType(each, "vbaProject"),
  );
  if (!/macroEnabled/i.test(type) && !hasProject) return;
  throw new FileUnsupportedError("the template holds macros, which a .docx file cannot hold", {
    hint: "Save it in Word as a template without macros (.dotx).",
  });
}

function writeCoreProperties(bench: Workbench, properties: DocumentProperties): void {
  const existing = benchRelationships(bench, "/").find(
    (each) => isRelationshipType(each, "core-properties") && hasPart(bench.package, each.target),
  )?.target;
  if (existing !== undefined) {
    edit(bench, existing, (tree) => replaceAll(tree, corePropertiesXml(tree.source, properties)));
    return;
  }
  const plain = "/docProps/core.xml";
  const name = hasPart(bench.package, plain) ? freePartName(bench, "/docProps/core#.xml", "/") : plain;
  bench.added.set(name, { text: corePropertiesXml(undefined, properties), encoding: "utf-8" });
  relate(bench, "/", { type: coreRelationship, target: name.slice(1) });
  declareType(bench, name, coreType);
}

function dropStatistics(bench: Workbench): void {
  const found = benchRelationships(bench, "/").find((each) =>
    isRelationshipType(each, "extended-properties"),
  );
  if (found === undefined || !hasPart(bench.package, found.target)) return;
  change(bench, found.target, staleStatistics);
}

function replaceAll(tree: XmlTree, text: string): Splice[] {
  return [{ start: 0, end: tree.source.length, text }];
}

/** The picture of the first page shows the text that is gone. */
function dropThumbnail(bench: Workbench): void {
  const found = benchRelationships(bench, "/").filter((each) => isRelationshipType(each, "thumbnail"));
  removeRelationships(bench, "/", new Set(found.map(({ id }) => id)));
}
