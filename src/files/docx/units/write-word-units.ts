import { BadRequestError } from "../../../errors.ts";
import { encodePart } from "../../opc/part-text.ts";
import { savePackage } from "../../opc/save-package.ts";
import { verifyPackage } from "../../opc/verify-package.ts";
import { writeChartWorkbook } from "../../units/chart-units-workbook.ts";
import { corePropertiesPart } from "../../units/property-units.ts";
import type {
  CodedTarget,
  TextUnit,
  UnitTarget,
  WriteUnitsOptions,
  WrittenUnits,
} from "../../units/types.ts";
import { splicedParts, xmlPart } from "../../units/unit-parts.ts";
import { addSplices, targetsOf, writeSites } from "../../units/unit-site.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { createRevisionIds } from "../edit/revision-ids.ts";
import { changedProperties, propertyTexts } from "./bound-properties.ts";
import {
  propertyLanguageSplices,
  settingsLanguageSplices,
  settingsPart,
  styleLanguageSplices,
} from "./default-language.ts";
import { chartSites } from "./drawing-part-sites.ts";
import type { Languages, StyleSheet } from "./style-traits.ts";
import { overflowingTextBoxes } from "./text-box-fit.ts";
import { type WordLanguage, wordLanguage } from "./word-language.ts";
import { readWordUnits, unitsOf, type WordUnits } from "./word-units.ts";
import { writeStory } from "./write-story.ts";

type Notes = {
  readonly flagged: { readonly unit: string; readonly reason: string }[];
  readonly refused: { readonly unit: string; readonly reason: string }[];
};

/**
 * Writes targets into a Word file. Everything that is not text of a written unit stays as it is, to the byte. Throws
 * `BadRequestError` for a target of a unit that the file does not have.
 */
export function writeWordUnits(
  bytes: Uint8Array,
  targets: readonly UnitTarget[],
  options: WriteUnitsOptions,
): WrittenUnits {
  const language = wordLanguage(options.language);
  const units = readWordUnits(bytes, options);
  const all = unitsOf(units);
  refuseUnknown(all, targets);
  const byUnit = targetsOf(all, targets);
  const fixed = new Set(
    units.stories.flatMap(({ paragraphs }) =>
      paragraphs.filter(({ refused }) => refused !== undefined).map(({ unit }) => unit.id),
    ),
  );
  const isWhole = all.length > 0 && all.every(({ id }) => byUnit.has(id) || fixed.has(id));
  const notes: Notes = { flagged: [], refused: [] };
  const replaced = new Map([
    ...writeStories(units, byUnit, { language, isWhole, notes }),
    ...writeOthers(units, byUnit, { language, isWhole, notes }),
  ]);
  const opc = units.document.package;
  if (replaced.size === 0) return { bytes, ...notes, overflowing: [] };
  const saved = savePackage(opc, replaced);
  verifyPackage(opc, saved, replaced, new Map());
  return { bytes: saved, ...notes, overflowing: overflowingBoxes(units, byUnit, language, notes) };
}

function overflowingBoxes(
  { stories }: WordUnits,
  targets: ReadonlyMap<string, CodedTarget>,
  { isComplex }: WordLanguage,
  { refused }: Notes,
): { readonly unit: string; readonly reason: string }[] {
  const kept = new Set(refused.map(({ unit }) => unit));
  return stories.flatMap((story) => overflowingTextBoxes(story, { targets, kept, isComplex }));
}

function refuseUnknown(units: readonly TextUnit[], targets: readonly UnitTarget[]): void {
  const known = new Set(units.map(({ id }) => id));
  const unknown = targets.find(({ unit }) => !known.has(unit));
  if (unknown === undefined) return;
  throw new BadRequestError(`the file has no unit ${unknown.unit} to translate`, {
    hint: "List the units of the same file, with the same options, and give them targets.",
  });
}

type Work = { readonly language: WordLanguage; readonly isWhole: boolean; readonly notes: Notes };

function writeStories(
  { document, stories, properties }: WordUnits,
  targets: ReadonlyMap<string, CodedTarget>,
  { language, isWhole, notes }: Work,
): Map<string, Uint8Array> {
  const parts = new Map<string, Uint8Array>();
  let ids: (() => string) | undefined;
  const newId = (): string => {
    ids ??= createRevisionIds(document.stories);
    return ids();
  };
  const ofFile = { old: propertyTexts(properties), changed: changedProperties(properties, targets) };
  for (const units of stories) {
    const { name, encoding, sheet } = units.story;
    const defaults = isWhole ? defaultsAfter(sheet, language) : sheet.defaultLanguages;
    const { text, flagged, refused } = writeStory(units, {
      targets,
      language,
      defaults,
      newId,
      properties: ofFile,
    });
    notes.flagged.push(...flagged);
    notes.refused.push(...refused);
    if (text === undefined) continue;
    scanXml(text, document.package.limits.depth);
    parts.set(name, encodePart({ text, encoding }));
  }
  return parts;
}

/** What the defaults say once `styleLanguageSplices` is made: that needs a place for it in the styles. */
function defaultsAfter(sheet: StyleSheet, language: WordLanguage): Languages {
  const hasPlace = styleLanguageSplices(sheet, language).length > 0;
  return hasPlace
    ? { ...sheet.defaultLanguages, [language.attribute]: language.tag }
    : sheet.defaultLanguages;
}

function writeOthers(
  { document, stories, drawings, properties }: WordUnits,
  targets: ReadonlyMap<string, CodedTarget>,
  { language, isWhole, notes }: Work,
): Map<string, Uint8Array> {
  const opc = document.package;
  const allowed = new Map(targets);
  const parts = new Map<string, Uint8Array>();
  for (const chart of drawings.charts) {
    const { part, bytes, refused } = writeChartWorkbook(opc, chart, targets, language.tag);
    for (const { unit } of refused) allowed.delete(unit);
    notes.refused.push(...refused);
    if (part !== undefined && bytes !== undefined) parts.set(part, bytes);
  }
  const sites = [...drawings.charts.flatMap(chartSites), ...drawings.diagrams, ...properties];
  const { splices, flagged, refused } = writeSites(sites, allowed, language);
  notes.flagged.push(...flagged);
  notes.refused.push(...refused);
  if (isWhole) {
    const sheets = new Map(stories.map(({ story: { sheet } }) => [sheet.part, sheet]));
    for (const [part, sheet] of sheets)
      if (part !== undefined) addSplices(splices, part, styleLanguageSplices(sheet, language));
    for (const [part, changes] of languageOfFile(document, language)) addSplices(splices, part, changes);
  }
  return new Map([...parts, ...splicedParts(opc, splices)]);
}

function languageOfFile(
  document: WordUnits["document"],
  language: WordLanguage,
): (readonly [part: string, splices: readonly Splice[]])[] {
  const opc = document.package;
  const settings = settingsPart(opc, document.mainPart);
  const tree = xmlPart(opc, settings);
  const core = corePropertiesPart(opc);
  return [
    ...(settings === undefined || tree === undefined
      ? []
      : [[settings, settingsLanguageSplices(tree, language)] as const]),
    ...(core === undefined ? [] : [[core, propertyLanguageSplices(opc, core, language)] as const]),
  ];
}
