import { attributeSite } from "../units/attribute-units.ts";
import { type ChartTexts, readChartTexts } from "../units/chart-units.ts";
import { listDiagramUnits } from "../units/diagram-units.ts";
import { drawingElements, drawingPath } from "../units/drawing-text-names.ts";
import { drawingTextSites } from "../units/drawing-text-sites.ts";
import { corePropertiesPart, elementTextSite, propertySites } from "../units/property-units.ts";
import type { ListUnitsOptions } from "../units/types.ts";
import { xmlPart } from "../units/unit-parts.ts";
import type { UnitSite } from "../units/unit-site.ts";
import { attribute } from "../xml/xml-tree.ts";
import { openPresentation, type Presentation, type Slide, targets } from "./open-presentation.ts";
import { type SlideContext, slideContext } from "./slide-context.ts";
import { type SlideTextOptions, slideTexts } from "./slide-sites.ts";
import type { TextFrame } from "./text-frame.ts";

/** All translatable texts of a presentation and what writing them needs to know. */
export type PresentationSites = {
  readonly presentation: Presentation;
  readonly sites: readonly UnitSite[];
  readonly charts: readonly ChartTexts[];
  /** Frames of text by their box. */
  readonly frames: ReadonlyMap<string, { readonly context: SlideContext; readonly frame: TextFrame }>;
};

type Collected = {
  readonly presentation: Presentation;
  readonly options: ListUnitsOptions;
  readonly sites: UnitSite[];
  readonly charts: ChartTexts[];
  readonly frames: Map<string, { context: SlideContext; frame: TextFrame }>;
  /** Parts that were read, in lower case: two slides may share one. */
  readonly seen: Set<string>;
};

/** Reads slides in the order of the show with their notes and comments, then layouts, masters and the file's own texts. */
export function presentationSites(bytes: Uint8Array, options: ListUnitsOptions): PresentationSites {
  const presentation = openPresentation(bytes);
  const all: Collected = {
    presentation,
    options,
    sites: [],
    charts: [],
    frames: new Map(),
    seen: new Set(),
  };
  for (const slide of presentation.slides) if (!slide.isHidden || options.hidden) collectSlide(all, slide);
  for (const { part } of presentation.layouts) collectPattern(all, part, "layout", part);
  for (const part of presentation.masters) collectPattern(all, part, "master", undefined);
  collectSections(all);
  if (options.properties !== false) collectProperties(all);
  return all;
}

function isNew(all: Collected, part: string): boolean {
  const key = part.toLowerCase();
  if (all.seen.has(key)) return false;
  all.seen.add(key);
  return true;
}

function collectSlide(all: Collected, slide: Slide): void {
  const place = `slide ${slide.number}`;
  if (!isNew(all, slide.part)) return;
  const context = slideContext(all.presentation, slide.part, slide.layout);
  if (context !== undefined) collectShapes(all, context, { place });
  if (slide.notes !== undefined && isNew(all, slide.notes)) collectNotes(all, slide.notes, `${place}, notes`);
  if (all.options.comments) for (const part of slide.comments) collectComments(all, part, place);
}

function collectShapes(all: Collected, context: SlideContext, options: SlideTextOptions): void {
  const texts = slideTexts(all.presentation, context, { ...options, hidden: all.options.hidden ?? false });
  all.sites.push(...texts.sites);
  for (const [box, frame] of texts.frames) all.frames.set(box, { context, frame });
  for (const part of texts.charts) {
    if (!isNew(all, part)) continue;
    const chart = readChartTexts(all.presentation.package, part, `${options.place}, chart`);
    if (chart === undefined) continue;
    all.charts.push(chart);
    all.sites.push(...chart.own, ...chart.caches.map(({ site }) => site));
  }
  for (const parts of texts.diagrams) {
    if (!isNew(all, parts.data)) continue;
    all.sites.push(...listDiagramUnits(all.presentation.package, parts, `${options.place}, diagram`));
  }
}

function collectNotes(all: Collected, part: string, place: string): void {
  const { package: opc } = all.presentation;
  const tree = xmlPart(opc, part);
  if (tree === undefined) return;
  const [master] = targets(opc, part, "notesMaster");
  const masterTree = xmlPart(opc, master);
  const parents = masterTree === undefined ? [] : [masterTree];
  collectShapes(all, { part, tree, parents, presentation: all.presentation.tree }, { place, kind: "note" });
}

function collectPattern(
  all: Collected,
  part: string,
  word: "layout" | "master",
  layout: string | undefined,
): void {
  if (!isNew(all, part)) return;
  const context = slideContext(all.presentation, part, layout);
  if (context === undefined) return;
  const slide = drawingPath(context.tree, 0, "p:cSld");
  const name = slide < 0 ? undefined : attribute(context.tree, slide, "name");
  const place = name === undefined || name === "" ? word : `${word} ${JSON.stringify(name)}`;
  collectShapes(all, context, { place, skipPlaceholders: true });
}

function collectComments(all: Collected, part: string, place: string): void {
  const tree = xmlPart(all.presentation.package, part);
  if (tree === undefined || !isNew(all, part)) return;
  const about = { kind: "comment", place: `${place}, comment` } as const;
  all.sites.push(...drawingTextSites(tree, part, () => about));
  for (const comment of drawingElements(tree, 0, "p:cm")) {
    const text = drawingPath(tree, comment, "p:text");
    if (text >= 0) all.sites.push(...elementTextSite(tree, part, text, about));
  }
}

function collectSections(all: Collected): void {
  const { tree, mainPart } = all.presentation;
  for (const element of drawingElements(tree, 0, "p14:section")) {
    const at = { part: mainPart, element, name: "name" };
    const site = attributeSite(tree, at, { kind: "section-name", place: "section name" });
    if (site !== undefined) all.sites.push(site);
  }
}

function collectProperties(all: Collected): void {
  const part = corePropertiesPart(all.presentation.package);
  const tree = xmlPart(all.presentation.package, part);
  if (part !== undefined && tree !== undefined) all.sites.push(...propertySites(tree, part));
}
