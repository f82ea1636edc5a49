import type { XmlTree } from "../../xml/scan-xml.ts";
import { nameOf } from "../../xml/xml-tree.ts";
import { isLastInContainer, nextSibling } from "./paragraph-marks.ts";
import type { StoryEdit } from "./verify-changes.ts";

/** Some neighbouring blocks that an edit touches, from the first up to `end`, all children of one parent. */
export type Region = {
  readonly first: number;
  readonly start: number;
  readonly end: number;
  readonly endsStory: boolean;
};

/** The regions of a story that its edits touch, in order. */
export function touchedRegions(edit: StoryEdit): Region[] {
  const { tree } = edit.story;
  const elements = new Set<number>();
  for (const { source } of edit.works) {
    elements.add(source.inline.element);
    if (source.twin !== undefined && source.twin !== "differs") elements.add(source.twin.element);
  }
  for (const { element } of edit.structures) elements.add(element);
  for (const element of commentPoints(edit)) elements.add(element);
  const regions: Region[] = [];
  for (const element of [...elements].sort((a, b) => tree.start[a]! - tree.start[b]!)) {
    const region = regionOf(tree, element);
    const last = regions.at(-1);
    if (last === undefined || region.start >= last.end) regions.push(region);
    else if (region.end > last.end)
      regions[regions.length - 1] = { ...last, end: region.end, endsStory: region.endsStory };
  }
  return regions;
}

/** Paragraphs that only a point splice touches (the markers of a reply). */
function commentPoints(edit: StoryEdit): number[] {
  const { tree } = edit.story;
  const worked = [
    ...edit.works.map(({ source }) => source.inline.element),
    ...edit.structures.map(({ element }) => element),
  ];
  const inside = (element: number, at: number): boolean =>
    tree.start[element]! <= at && at <= tree.end[element]!;
  const loose = edit.splices.filter(({ start }) => !worked.some((element) => inside(element, start)));
  if (loose.length === 0) return [];
  const found = new Set<number>();
  for (const { start } of loose) {
    let best = -1;
    for (let index = 0; index < tree.count && tree.start[index]! <= start; index++) {
      if (nameOf(tree, index) === "w:p" && start <= tree.end[index]!) best = index;
    }
    if (best >= 0) found.add(best);
  }
  return [...found];
}

/** The paragraph and the block after it, into which its mark may merge. */
function regionOf(tree: XmlTree, element: number): Region {
  const next = nextSibling(tree, element);
  return {
    first: element,
    start: tree.start[element]!,
    end: next >= 0 ? tree.end[next]! : tree.end[element]!,
    endsStory: next < 0 && isLastInContainer(tree, element),
  };
}
