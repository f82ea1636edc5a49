import type { XmlTree } from "../../xml/scan-xml.ts";
import { ancestorNamed, attributesOf, childNamed, nameOf } from "../../xml/xml-tree.ts";
import type { TrackedChange } from "../types.ts";

/**
 * What a revision element says is new or gone: `content` the element's own content, `mark` a paragraph mark,
 * `row`, `cell`, `merge` (cells merged), `properties` (a `…Change` with the old ones), `numbering`,
 * `math-control` (the structure, not its arguments), `control` (a content control's tags), `nothing` (misplaced).
 */
export type RevisionRole =
  | "content"
  | "mark"
  | "row"
  | "cell"
  | "merge"
  | "properties"
  | "numbering"
  | "math-control"
  | "control"
  | "nothing";

/** One revision element of a part (ECMA-376-1, 17.13.5), by its index in the part's tree. */
export type RevisionElement = {
  readonly index: number;
  readonly kind: TrackedChange["kind"];
  readonly role: RevisionRole;
  /** True when accepting keeps what it is about (insertions), false when rejecting does (deletions). */
  readonly isAddition: boolean;
  /** The element it is about: paragraph, row, cell, property element, content control; -1 for none. */
  readonly target: number;
  readonly id: string;
  readonly author: string;
  readonly date?: string;
};

const propertyChanges: ReadonlyMap<string, TrackedChange["kind"]> = new Map([
  ["w:rPrChange", "run-formatting"],
  ["w:pPrChange", "paragraph-formatting"],
  ["w:sectPrChange", "section-formatting"],
  ["w:tblPrChange", "table-formatting"],
  ["w:tblPrExChange", "table-formatting"],
  ["w:tblGridChange", "table-formatting"],
  ["w:trPrChange", "table-formatting"],
  ["w:tcPrChange", "table-formatting"],
]);

/** Start markers of tracked content controls; the end markers hold nothing but the id (17.13.5.4 to .11). */
const controlRanges: ReadonlyMap<string, readonly [kind: TrackedChange["kind"], isAddition: boolean]> =
  new Map([
    ["w:customXmlInsRangeStart", ["insertion", true]],
    ["w:customXmlDelRangeStart", ["deletion", false]],
    ["w:customXmlMoveFromRangeStart", ["moved-from", false]],
    ["w:customXmlMoveToRangeStart", ["moved-to", true]],
  ]);

const trackedRuns: ReadonlyMap<string, readonly [kind: TrackedChange["kind"], isAddition: boolean]> = new Map(
  [
    ["w:ins", ["insertion", true]],
    ["w:del", ["deletion", false]],
    ["w:moveFrom", ["moved-from", false]],
    ["w:moveTo", ["moved-to", true]],
  ],
);

const revisionNames: ReadonlySet<string> = new Set([
  ...propertyChanges.keys(),
  ...controlRanges.keys(),
  ...trackedRuns.keys(),
  ...["w:cellIns", "w:cellDel", "w:cellMerge", "w:numberingChange"],
]);

/** True for the canonical name of an element that records a revision, range markers of moves excluded. */
export function isRevisionName(name: string): boolean {
  return revisionNames.has(name);
}

/** Every revision element in document order. What lies inside old properties is history, not a revision. */
export function findRevisions(tree: XmlTree): RevisionElement[] {
  const isRevision = tree.names.map(isRevisionName);
  if (!isRevision.includes(true)) return [];
  const found: RevisionElement[] = [];
  for (let index = 0; index < tree.count; ) {
    if (!isRevision[tree.name[index]!]) {
      index++;
      continue;
    }
    found.push({ index, ...describe(tree, index), ...whoAndWhen(tree, index) });
    index = propertyChanges.has(nameOf(tree, index)) ? tree.next[index]! : index + 1;
  }
  return tree.names.includes("w:tblGridChange") ? withGridAuthors(tree, found) : found;
}

/**
 * The format has no place for the author of a grid's change (17.13.5.33), so it is taken for theirs who changed the
 * table's cells: settled apart from those, the columns would keep widths that nobody meant. Several may have; a
 * program numbers what it writes together one after the other, so the nearest id tells who it was.
 */
function withGridAuthors(tree: XmlTree, found: readonly RevisionElement[]): RevisionElement[] {
  const ofTables = Map.groupBy(
    found.filter(({ index }) => /^w:t(c|r|bl)Pr$/.test(nameOf(tree, tree.parent[index]!))),
    ({ index }) => ancestorNamed(tree, index, "w:tbl"),
  );
  return found.map((each) => {
    if (each.author !== "" || nameOf(tree, each.index) !== "w:tblGridChange") return each;
    const others = ofTables.get(ancestorNamed(tree, each.index, "w:tbl")) ?? [];
    const distance = ({ id }: RevisionElement): number => Math.abs(Number(id) - Number(each.id));
    const [nearest = each] = [...others].sort((a, b) => distance(a) - distance(b));
    const { author, date } = nearest;
    return { ...each, author, ...(date !== undefined && { date }) };
  });
}

type Description = Pick<RevisionElement, "kind" | "role" | "isAddition" | "target">;

function describe(tree: XmlTree, index: number): Description {
  const name = nameOf(tree, index);
  const parent = tree.parent[index]!;
  const parentName = parent < 0 ? "" : nameOf(tree, parent);
  const formatting = propertyChanges.get(name);
  if (formatting) {
    const role = name === `${parentName}Change` ? "properties" : "nothing";
    return { kind: formatting, role, isAddition: true, target: parent };
  }
  const range = controlRanges.get(name);
  if (range)
    return { kind: range[0], role: "control", isAddition: range[1], target: controlInRange(tree, index) };
  if (name === "w:numberingChange")
    return { kind: "numbering", role: "nothing", isAddition: true, target: parent };
  if (name.startsWith("w:cell")) return describeCell(tree, name, parent);
  return describeTrackedRun(tree, index, parent, parentName);
}

function describeCell(tree: XmlTree, name: string, parent: number): Description {
  const cell = holderOf(tree, parent, "w:tcPr", "w:tc");
  if (name === "w:cellMerge") {
    return { kind: "merged-cell", role: cell < 0 ? "nothing" : "merge", isAddition: true, target: parent };
  }
  const isAddition = name === "w:cellIns";
  return {
    kind: isAddition ? "inserted-cell" : "deleted-cell",
    role: cell < 0 ? "nothing" : "cell",
    isAddition,
    target: cell,
  };
}

/** The element of that name whose properties `properties` are, or -1 where they have no business to be. */
function holderOf(tree: XmlTree, properties: number, propertiesName: string, name: string): number {
  if (properties < 0 || nameOf(tree, properties) !== propertiesName) return -1;
  const holder = tree.parent[properties]!;
  return holder >= 0 && nameOf(tree, holder) === name ? holder : -1;
}

function describeTrackedRun(tree: XmlTree, index: number, parent: number, parentName: string): Description {
  const [kind, isAddition] = trackedRuns.get(nameOf(tree, index))!;
  const isMove = kind === "moved-from" || kind === "moved-to";
  if (parentName === "w:rPr") {
    const paragraph = holderOf(tree, tree.parent[parent]!, "w:pPr", "w:p");
    if (paragraph < 0) return { kind, role: "nothing", isAddition, target: parent };
    const markKind = isMove ? kind : isAddition ? "inserted-mark" : "deleted-mark";
    return { kind: markKind, role: "mark", isAddition, target: paragraph };
  }
  if (parentName === "w:trPr") {
    const row = holderOf(tree, parent, "w:trPr", "w:tr");
    return {
      kind: isAddition ? "inserted-row" : "deleted-row",
      role: row < 0 ? "nothing" : "row",
      isAddition,
      target: row,
    };
  }
  if (parentName === "w:numPr") return { kind: "numbering", role: "numbering", isAddition, target: parent };
  const control = mathControl(tree, parent);
  if (control >= 0) return { kind, role: "math-control", isAddition, target: control };
  return { kind, role: "content", isAddition, target: index };
}

/** The math structure whose control character has these properties (17.13.5.15, 22.1.2.23), or -1. */
function mathControl(tree: XmlTree, parent: number): number {
  let at = parent;
  while (at >= 0 && trackedRuns.has(nameOf(tree, at))) at = tree.parent[at]!;
  if (at < 0 || nameOf(tree, at) !== "m:ctrlPr") return -1;
  const properties = tree.parent[at]!;
  return properties < 0 ? -1 : tree.parent[properties]!;
}

/**
 * The content control (`w:sdt`, `w:customXml`) whose start or end tag lies between a range's markers, or -1.
 * Word writes two ranges for one control, around its start tag and around its end tag.
 */
function controlInRange(tree: XmlTree, marker: number): number {
  for (let at = tree.next[marker]!; at < tree.count; at++) {
    const name = nameOf(tree, at);
    if (name === "w:sdt" || name === "w:customXml") return at;
    if (name.startsWith("w:customXml") && name.endsWith("RangeEnd")) break;
    if (name === "w:p" || name === "w:r" || name === "w:tbl") break;
  }
  for (let at = tree.parent[marker]!; at >= 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    if (name === "w:sdt" || name === "w:customXml") return at;
    if (name !== "w:sdtContent") return -1;
  }
  return -1;
}

function whoAndWhen(tree: XmlTree, index: number): { id: string; author: string; date?: string } {
  let id = "";
  let author = "";
  let date: string | undefined;
  for (const { name, value } of attributesOf(tree, index)) {
    if (name === "w:id") id = value;
    else if (name === "w:author") author = value;
    else if (name === "w:date") date = value;
  }
  return date === undefined ? { id, author } : { id, author, date };
}

/** The old properties inside a `…Change` element: its only child of the same kind as its parent, or -1. */
export function oldProperties(tree: XmlTree, change: number): number {
  return childNamed(tree, change, nameOf(tree, change).slice(0, -"Change".length));
}
