import { savePackage } from "../opc/save-package.ts";
import type { ChartTexts } from "../units/chart-units.ts";
import { writeChartWorkbook } from "../units/chart-units-workbook.ts";
import { targetLanguage } from "../units/target-language.ts";
import type {
  CodedTarget,
  ListUnitsOptions,
  TextUnit,
  UnitTarget,
  WriteUnitsOptions,
  WrittenUnits,
} from "../units/types.ts";
import { splicedParts, xmlPart } from "../units/unit-parts.ts";
import { addSplices, type SitesWritten, targetsOf, writeSites } from "../units/unit-site.ts";
import { fitFrame } from "./fit-frames.ts";
import { mirrorSlide } from "./mirror-slide.ts";
import type { Presentation } from "./open-presentation.ts";
import { type PresentationSites, presentationSites } from "./presentation-sites.ts";

/** A presentation with targets written. */
export type WrittenPresentation = WrittenUnits & {
  /** Units whose box is too small for the translation, even with the smallest type that is written. */
  readonly overflowing: readonly { readonly unit: string; readonly reason: string }[];
};

/** The translatable texts of a presentation, slide by slide. */
export function listPresentationUnits(
  bytes: Uint8Array,
  options: ListUnitsOptions = {},
): readonly TextUnit[] {
  return presentationSites(bytes, options).sites.map(({ unit }) => unit);
}

/**
 * Writes targets into a presentation. Text that needs more room than its box has is made smaller where its box allows it.
 * Parts without a target stay identical to the byte.
 */
export function writePresentationUnits(
  bytes: Uint8Array,
  targets: readonly UnitTarget[],
  options: WriteUnitsOptions,
): WrittenPresentation {
  const all = presentationSites(bytes, options);
  const language = targetLanguage(options.language);
  const { package: opc } = all.presentation;
  const wanted = new Map(
    targetsOf(
      all.sites.map(({ unit }) => unit),
      targets,
    ),
  );
  const replaced = new Map<string, Uint8Array>();
  const kept: { unit: string; reason: string }[] = [];
  for (const chart of all.charts) writeChartData(all, chart, wanted, options.language, replaced, kept);
  const written = writeSites(all.sites, wanted, language);
  const overflowing = fitFrames(all, wanted, written);
  if (options.mirror && language.isRightToLeft) mirrorSlides(all.presentation, written);
  for (const [part, content] of splicedParts(opc, written.splices)) replaced.set(part, content);
  return {
    bytes: replaced.size === 0 ? bytes : savePackage(opc, replaced),
    flagged: written.flagged,
    refused: [...kept, ...written.refused],
    overflowing,
  };
}

/** Brings a chart's embedded workbook up to its caches; caches of cells that can't be set keep their text. */
function writeChartData(
  { presentation }: PresentationSites,
  chart: ChartTexts,
  wanted: Map<string, CodedTarget>,
  language: string,
  replaced: Map<string, Uint8Array>,
  kept: { unit: string; reason: string }[],
): void {
  const { part, bytes, refused } = writeChartWorkbook(
    presentation.package,
    chart,
    wanted,
    language,
    replaced,
  );
  for (const each of refused) {
    wanted.delete(each.unit);
    kept.push(each);
  }
  if (part !== undefined && bytes !== undefined) replaced.set(part, bytes);
}

function fitFrames(
  { frames }: PresentationSites,
  wanted: ReadonlyMap<string, CodedTarget>,
  written: SitesWritten,
): { unit: string; reason: string }[] {
  const overflowing: { unit: string; reason: string }[] = [];
  for (const { context, frame } of frames.values()) {
    const { splices, overflow, unit } = fitFrame(context, frame, wanted);
    addSplices(written.splices, context.part, splices);
    if (overflow === undefined || unit === undefined) continue;
    const percent = Math.max(1, Math.round(overflow * 100));
    overflowing.push({ unit, reason: `the text is about ${percent} % higher than its box` });
  }
  return overflowing;
}

function mirrorSlides(presentation: Presentation, written: SitesWritten): void {
  const parts = [
    ...presentation.slides.map(({ part }) => part),
    ...presentation.layouts.map(({ part }) => part),
    ...presentation.masters,
  ];
  for (const part of new Set(parts)) {
    const tree = xmlPart(presentation.package, part);
    if (tree !== undefined)
      addSplices(written.splices, part, mirrorSlide(tree, presentation.slideSize.width));
  }
}
