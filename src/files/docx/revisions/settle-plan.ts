import type { XmlTree } from "../../xml/scan-xml.ts";
import { childrenOf, nameOf } from "../../xml/xml-tree.ts";
import type { RevisionElement } from "./settle-revisions.ts";

/** What becomes of each element. */
export const KEPT = 0;
/** Gone with all it holds. */
export const REMOVED = 1;
/** Its tags go, its content stays. */
export const UNWRAPPED = 2;

/** The fate of every element of a part while tracked changes are settled; filled in step by step. */
export type SettlePlan = {
  readonly tree: XmlTree;
  readonly fate: Uint8Array;
  /** 1 where something visible is left inside. */
  readonly content: Uint8Array;
  /** 1 where something inside was removed. */
  readonly lost: Uint8Array;
  /** Property elements that get their old properties back: never empty, so never dropped. */
  readonly restored: Set<number>;
  /** Paragraphs whose mark goes, so that they join the next one; true when they were moved. */
  readonly goneMarks: Map<number, boolean>;
};

export function createPlan(tree: XmlTree): SettlePlan {
  return {
    tree,
    fate: new Uint8Array(tree.count),
    content: new Uint8Array(tree.count),
    lost: new Uint8Array(tree.count),
    restored: new Set(),
    goneMarks: new Map(),
  };
}

/** Marks what one accepted or rejected revision removes; old properties are put back elsewhere. */
export function planRevision(plan: SettlePlan, revision: RevisionElement, action: "accept" | "reject"): void {
  const { fate, goneMarks } = plan;
  const { index, target, role } = revision;
  const removes = revision.isAddition === (action === "reject");
  if (role === "content") {
    if (fate[index] !== REMOVED) fate[index] = removes ? REMOVED : UNWRAPPED;
    return;
  }
  if (role === "math-control") {
    fate[index] = UNWRAPPED;
    if (removes) unwrapMath(plan, target);
    return;
  }
  fate[index] = REMOVED;
  if (role === "control") {
    if (removes && target >= 0) unwrapControl(plan, target);
  } else if (role === "mark") {
    if (!removes || (action === "accept" && holdsSection(plan.tree, target))) return;
    goneMarks.set(target, revision.kind.startsWith("moved"));
  } else if (removes && (role === "row" || role === "cell" || role === "numbering")) {
    if (target >= 0) fate[target] = REMOVED;
  }
}

/**
 * Word does not let a section break be deleted while it tracks changes, so a deleted mark that carries one
 * only loses its revision: without the break, pages would take another section's size and headers.
 */
function holdsSection(tree: XmlTree, paragraph: number): boolean {
  return childrenOf(tree, paragraph).some(
    (child) =>
      nameOf(tree, child) === "w:pPr" &&
      childrenOf(tree, child).some((each) => nameOf(tree, each) === "w:sectPr"),
  );
}

function unwrapControl(plan: SettlePlan, control: number): void {
  plan.fate[control] = UNWRAPPED;
  for (const child of childrenOf(plan.tree, control)) {
    const name = nameOf(plan.tree, child);
    if (name === "w:sdtContent") plan.fate[child] = UNWRAPPED;
    else if (/^w:(sdtPr|sdtEndPr|customXmlPr)$/.test(name)) plan.fate[child] = REMOVED;
  }
}

/** A fraction whose control character is gone leaves its numerator and denominator. */
function unwrapMath(plan: SettlePlan, structure: number): void {
  if (!nameOf(plan.tree, structure).startsWith("m:")) return;
  plan.fate[structure] = UNWRAPPED;
  for (const child of childrenOf(plan.tree, structure)) {
    const name = nameOf(plan.tree, child);
    if (name.endsWith("Pr")) plan.fate[child] = REMOVED;
    else if (/^m:(e|num|den|sub|sup|deg|lim|fName|mr)$/.test(name)) plan.fate[child] = UNWRAPPED;
    if (name === "m:mr") for (const cell of childrenOf(plan.tree, child)) plan.fate[cell] = UNWRAPPED;
  }
}

/** Invisible markers between runs and blocks. */
const marker =
  /^w:(bookmarkStart|bookmarkEnd|commentRangeStart|commentRangeEnd|permStart|permEnd|proofErr|(moveFrom|moveTo|customXml(Ins|Del|MoveFrom|MoveTo))Range(Start|End))$/;
const properties = /^(w:(\w+Pr|\w+PrEx|tblGrid|\w+Change|lastRenderedPageBreak)|m:\w+Pr)$/;
/** Elements that show only what they hold. */
const container =
  /^(w:(ins|del|moveFrom|moveTo|hyperlink|smartTag|customXml|sdt|sdtContent|fldSimple|dir|bdo|r|p|tbl|tr)|m:(?!t$)\w+)$/;
/** Containers and properties that go when everything in them went. A content control stays, empty. */
const droppedWhenEmptied =
  /^(w:(ins|del|moveFrom|moveTo|hyperlink|smartTag|fldSimple|dir|bdo|tbl|tr)|m:(r|oMath|oMathPara))$/;
const droppedProperties = /^w:(rPr|pPr|trPr|tcPr|numPr|tblPrEx)$/;

const IS_MARKER = 1;
const IS_PROPERTIES = 2;
const IS_CONTAINER = 4;
const DROPS = 8;
const DROPS_PROPERTIES = 16;
const IS_CONTROL = 32;
/** Even an empty paragraph shows in what holds it. */
const IS_PARAGRAPH = 64;

/** True for range markers and proofing marks, which print nothing. */
export function isMarkerName(name: string): boolean {
  return marker.test(name);
}

/** Carries removals upwards: a table goes with its last row, a hyperlink with its last run. */
export function propagate(plan: SettlePlan): void {
  const { tree, fate, content, lost, restored } = plan;
  const traits = Uint8Array.from(tree.names, traitsOf);
  const kept = new Uint8Array(tree.count);
  content.fill(0);
  lost.fill(0);
  for (let index = tree.count - 1; index >= 0; index--) {
    const trait = traits[tree.name[index]!]!;
    const parent = tree.parent[index]!;
    const isEmptied =
      lost[index] === 1 && (trait & DROPS_PROPERTIES ? kept[index] === 0 : content[index] === 0);
    if (isEmptied && fate[index] === KEPT && !restored.has(index)) {
      const drops = trait & IS_CONTROL ? !isInline(tree, index) : (trait & (DROPS | DROPS_PROPERTIES)) !== 0;
      if (drops) fate[index] = REMOVED;
    }
    if (fate[index] === REMOVED) {
      if (parent >= 0) lost[parent] = 1;
      continue;
    }
    const shows = trait & IS_CONTAINER ? content[index] === 1 : (trait & (IS_MARKER | IS_PROPERTIES)) === 0;
    content[index] = shows ? 1 : 0;
    if (parent < 0) continue;
    if (fate[index] === KEPT) kept[parent] = 1;
    if (shows || trait & IS_PARAGRAPH) content[parent] = 1;
    if (lost[index] && (fate[index] === UNWRAPPED || !shows)) lost[parent] = 1;
  }
}

function traitsOf(name: string): number {
  return (
    (marker.test(name) ? IS_MARKER : 0) |
    (properties.test(name) ? IS_PROPERTIES : 0) |
    (container.test(name) && !properties.test(name) ? IS_CONTAINER : 0) |
    (droppedWhenEmptied.test(name) ? DROPS : 0) |
    (droppedProperties.test(name) ? DROPS_PROPERTIES : 0) |
    (name === "w:p" ? IS_PARAGRAPH : 0) |
    (name === "w:sdt" || name === "w:customXml" ? IS_CONTROL : 0)
  );
}

/** A content control around rows or cells goes with the last of them; one among runs may be empty. */
function isInline(tree: XmlTree, control: number): boolean {
  for (let at = tree.parent[control]!; at >= 0; at = tree.parent[at]!) {
    const name = nameOf(tree, at);
    if (name === "w:p" || name === "m:oMath") return true;
    if (name === "w:tbl" || name === "w:tr") return false;
    if (name === "w:tc" || name === "w:body" || name === "w:txbxContent") return false;
  }
  return false;
}
