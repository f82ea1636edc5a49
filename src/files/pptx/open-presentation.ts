import { FileUnsupportedError } from "../../errors.ts";
import { findMainPart } from "../opc/find-main-part.ts";
import {
  hasPart,
  isRelationshipType,
  type OpcPackage,
  openPackage,
  type Relationship,
  relationshipsOf,
} from "../opc/opc-package.ts";
import { drawingChild, drawingElements, drawingName } from "../units/drawing-text-names.ts";
import { xmlPart } from "../units/unit-parts.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute, childrenOf } from "../xml/xml-tree.ts";

/** One slide, by its place in the show. */
export type Slide = {
  /** From 1. */
  readonly number: number;
  readonly part: string;
  /** True when the show leaves it out. */
  readonly isHidden: boolean;
  /** Absent where the file names a part that is missing. */
  readonly layout?: string;
  readonly notes?: string;
  /** Parts with comments, older ones and conversations. */
  readonly comments: readonly string[];
};

export type SlideLayout = { readonly part: string; readonly master?: string };

/** A PowerPoint presentation that was opened. Sizes are in EMU (914,400 an inch). */
export type Presentation = {
  readonly kind: "pptx";
  readonly package: OpcPackage;
  readonly mainPart: string;
  readonly tree: XmlTree;
  readonly slideSize: { readonly width: number; readonly height: number };
  /** In the order of the show (`p:sldIdLst`). */
  readonly slides: readonly Slide[];
  readonly layouts: readonly SlideLayout[];
  readonly masters: readonly string[];
};

/**
 * Opens a PowerPoint presentation from its bytes: .pptx, .pptm, .potx, .ppsx, transitional or strict. Throws
 * `FileDamagedError`, `FileUnsupportedError` (another format, a password) or `FileTooLargeError`.
 */
export function openPresentation(bytes: Uint8Array): Presentation {
  const opc = openPackage(bytes);
  const { part: mainPart } = findMainPart(opc, "presentation");
  const tree = xmlPart(opc, mainPart)!;
  if (drawingName(tree, 0) !== "p:presentation")
    throw new FileUnsupportedError(
      `this is no presentation: its main part begins with ${drawingName(tree, 0)}`,
    );
  const relationships = relationshipsOf(opc, mainPart);
  const masters = listed(opc, tree, relationships, "p:sldMasterIdLst", "p:sldMasterId");
  return {
    kind: "pptx",
    package: opc,
    mainPart,
    tree,
    slideSize: slideSize(tree),
    slides: listed(opc, tree, relationships, "p:sldIdLst", "p:sldId").map((part, index) =>
      readSlide(opc, part, index + 1),
    ),
    layouts: masters.flatMap((master) =>
      targets(opc, master, "slideLayout").map((part) => ({ part, master })),
    ),
    masters,
  };
}

/** Parts that a list of ids names, in its order; each once, missing ones left out. */
function listed(
  opc: OpcPackage,
  tree: XmlTree,
  relationships: readonly Relationship[],
  list: string,
  item: string,
): string[] {
  const parent = drawingChild(tree, 0, list);
  if (parent < 0) return [];
  const parts = childrenOf(tree, parent).flatMap((child) => {
    const id = drawingName(tree, child) === item ? attribute(tree, child, "r:id") : undefined;
    const part = relationships.find((each) => each.id === id && !each.isExternal)?.target;
    return part !== undefined && hasPart(opc, part) ? [part] : [];
  });
  return [...new Set(parts)];
}

/** Parts that `source` refers to by that kind of relationship, those that are there. */
export function targets(opc: OpcPackage, source: string, ...words: readonly string[]): string[] {
  return relationshipsOf(opc, source)
    .filter((each) => !each.isExternal && words.some((word) => isRelationshipType(each, word)))
    .map(({ target }) => target)
    .filter((part) => hasPart(opc, part));
}

function readSlide(opc: OpcPackage, part: string, number: number): Slide {
  const tree = xmlPart(opc, part)!;
  const [layout] = targets(opc, part, "slideLayout");
  const [notes] = targets(opc, part, "notesSlide");
  return {
    number,
    part,
    isHidden: /^(?:0|false)$/.test(attribute(tree, 0, "show") ?? ""),
    ...(layout === undefined ? {} : { layout }),
    ...(notes === undefined ? {} : { notes }),
    comments: targets(opc, part, "comments"),
  };
}

function slideSize(tree: XmlTree): { width: number; height: number } {
  const [size] = drawingElements(tree, 0, "p:sldSz");
  const read = (name: string, otherwise: number): number =>
    Number(size === undefined ? otherwise : attribute(tree, size, name)) || otherwise;
  return { width: read("cx", 9_144_000), height: read("cy", 6_858_000) };
}

/** The master of a slide's layout. */
export function masterOf(presentation: Presentation, layout: string | undefined): string | undefined {
  if (layout === undefined) return undefined;
  return (
    presentation.layouts.find(({ part }) => part.toLowerCase() === layout.toLowerCase())?.master ??
    targets(presentation.package, layout, "slideMaster")[0]
  );
}
