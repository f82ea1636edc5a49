import { TandemError } from "../../../errors.ts";
import { paint } from "../../units/paint.ts";
import type { CodedTarget } from "../../units/types.ts";
import { isEcho } from "../../units/unit-site.ts";
import { assertWellFormed } from "../../xml/assert-well-formed.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, sortSplices } from "../../xml/splice.ts";
import { attribute, childNamed, descend } from "../../xml/xml-tree.ts";
import { createMarkup } from "../edit/markup.ts";
import { boundSplices, type PropertyTexts } from "./bound-properties.ts";
import { layoutDirection, type ParagraphDirection, paragraphDirection } from "./direction-splices.ts";
import { createNestedSplices, type NestedSplices } from "./nested-splices.ts";
import type { ParagraphSite } from "./paragraph-sites.ts";
import { contentStart, paragraphXml, type RunWriter } from "./paragraph-xml.ts";
import { type RunLanguage, runProperties } from "./run-properties.ts";
import type { Languages } from "./style-traits.ts";
import type { WordLanguage } from "./word-language.ts";
import type { TextStory } from "./word-stories.ts";
import type { StoryUnits } from "./word-units.ts";

export type StoryOptions = {
  readonly targets: ReadonlyMap<string, CodedTarget>;
  readonly language: WordLanguage;
  /** What the defaults of the story's styles will say of the language. */
  readonly defaults: Languages;
  readonly newId: () => string;
  /** The document's properties as they are and as they will be. */
  readonly properties: { readonly old: PropertyTexts; readonly changed: PropertyTexts };
};

type Note = { readonly unit: string; readonly reason: string };

export type WrittenStory = {
  /** The part's new text; undefined when nothing in it changes. */
  readonly text?: string;
  readonly flagged: readonly Note[];
  readonly refused: readonly Note[];
};

/** Writes the targets of one part: its paragraphs from the last to the first, since one may hold others. */
export function writeStory(
  { story, paragraphs, attributes }: StoryUnits,
  options: StoryOptions,
): WrittenStory {
  const { tree } = story;
  const { language, targets } = options;
  const flagged: Note[] = [];
  const refused: Note[] = [];
  const simple = boundSplices(tree, options.properties.old, options.properties.changed);
  for (const { unit, write } of attributes) {
    const target = targets.get(unit.id);
    const written = target === undefined ? undefined : write(target, language);
    if (written?.kind === "written") simple.push(...written.splices);
    else if (written !== undefined) refused.push({ unit: unit.id, reason: written.reason });
  }
  const changed = paragraphs.filter((site) => isChanged(site, targets, refused));
  const markup = createMarkup(tree);
  const directions = new Map<number, ParagraphDirection>();
  const shared = { isRightToLeft: language.isRightToLeft, element: markup.element };
  for (const { element, styleId } of changed) {
    const style = story.sheet.paragraph(styleId);
    const direction = paragraphDirection(tree, element, { ...shared, style });
    directions.set(element, direction);
    if (direction.kind === "splice") simple.push(direction.splice);
  }
  const written = changed.map(({ element }) => element);
  simple.push(...layoutDirection(tree, written, shared));
  const nested = createNestedSplices(tree.source);
  const rest = sortSplices(simple);
  const writer = runWriter(story, options, nested);
  for (const site of changed.toReversed()) {
    const start = contentStart(tree, site.element)!;
    while (rest.length > 0 && rest.at(-1)!.start >= start) nested.add(rest.pop()!);
    const direction = directions.get(site.element)!;
    const outcome = writeParagraph(writer(site), site, targets.get(site.unit.id)!, direction);
    if (outcome.kind === "refused") refused.push({ unit: site.unit.id, reason: outcome.reason });
    else if (outcome.flagged !== undefined) flagged.push({ unit: site.unit.id, reason: outcome.flagged });
  }
  while (rest.length > 0) nested.add(rest.pop()!);
  const splices = nested.all();
  if (splices.length === 0) return { flagged, refused };
  return { text: applySplices(tree.source, splices), flagged, refused };
}

/** False for units without a target, for those whose target is the source, and for those that must stay as they are. */
function isChanged(site: ParagraphSite, targets: ReadonlyMap<string, CodedTarget>, refused: Note[]): boolean {
  const target = targets.get(site.unit.id);
  if (target === undefined || isEcho(site.unit, target)) return false;
  if (site.refused !== undefined) refused.push({ unit: site.unit.id, reason: site.refused });
  return site.refused === undefined;
}

type Outcome =
  | { readonly kind: "written"; readonly flagged: string | undefined }
  | { readonly kind: "refused"; readonly reason: string };

function writeParagraph(
  writer: RunWriter,
  { element, unit, paragraph }: ParagraphSite,
  target: CodedTarget,
  direction: ParagraphDirection,
): Outcome {
  const { tree, splices } = writer;
  const painted = paint(unit, target);
  const start = contentStart(tree, element)!;
  const end = tree.closeStart[element]!;
  try {
    const content = paragraphXml(writer, paragraph, painted);
    assertWellFormed(content, tree.scopes[tree.scope[element]!]!);
    splices.absorb(start, end);
    const properties =
      direction.kind === "new" ? `<${writer.prefix}pPr>${direction.xml}</${writer.prefix}pPr>` : "";
    splices.add({ start, end, text: properties + content });
    return { kind: "written", flagged: painted.flagged };
  } catch (cause) {
    if (!(cause instanceof TandemError)) throw cause;
    return { kind: "refused", reason: `the paragraph can't be written anew: ${cause.message}` };
  }
}

/** How the runs of a paragraph are written, worked out once for each source run. */
function runWriter(
  { tree, sheet }: TextStory,
  { language, defaults, newId }: StoryOptions,
  splices: NestedSplices,
): (site: ParagraphSite) => RunWriter {
  const markup = createMarkup(tree);
  const target: RunLanguage = {
    language,
    defaults,
    needsFont: !sheet.namesEastAsianFont,
    element: markup.element,
    name: markup.name,
  };
  const prefix = markup.name("w:r").slice(0, -1);
  return ({ styleId }) => {
    const known = new Map<number, string>();
    const paragraph = sheet.paragraph(styleId);
    const properties = (run: number, isText: boolean): string => {
      if (!isText) return sourceProperties(tree, run);
      const found = known.get(run);
      if (found !== undefined) return found;
      const named = descend(tree, run, "w:rPr", "w:rStyle");
      const character = sheet.character(named < 0 ? undefined : attribute(tree, named, "w:val"));
      const text = runProperties(tree, run, target, { character, paragraph });
      known.set(run, text);
      return text;
    };
    return { tree, splices, prefix, properties, newId };
  };
}

function sourceProperties(tree: XmlTree, run: number): string {
  const properties = childNamed(tree, run, "w:rPr");
  return properties < 0 ? "" : tree.source.slice(tree.start[properties]!, tree.end[properties]!);
}
