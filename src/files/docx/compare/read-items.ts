import { attribute, childrenOf, nameOf, textOf } from "../../xml/xml-tree.ts";
import { isMarkerName } from "../revisions/settle-plan.ts";
import { contentKey, formatKey, type KeySource } from "./content-key.ts";

/**
 * The smallest things of a paragraph that are kept, deleted or inserted. `text` can be cut; `child` is another child
 * of a run (tab, drawing, note reference); `field` a complex field with all its `parts`; `element` a hyperlink,
 * content control, equation or other child of the paragraph; `marker` a range marker or layout cache, which shows
 * nothing; `mark` the end of a paragraph that another one of the same stretch follows.
 */
export type Item = {
  readonly kind: "text" | "child" | "field" | "element" | "marker" | "mark";
  /** Run child or paragraph child; the first part's for a field, the paragraph of a mark. */
  readonly element: number;
  /** -1 for what is in no run. */
  readonly run: number;
  /** What stands for it in the compared string: its text, or one stand-in character. */
  readonly text: string;
  /** Key of the run's formatting; "" where the stand-in says it all. */
  readonly format: string;
  readonly parts: readonly Item[];
};

/** Gives every different object one character of its own that no text has. */
export type StandIns = (key: string) => string;

/** Planes 15 and 16, private use. */
const FIRST = 0xf0000;
const LAST = 0x10fffd;
const privateCharacter = /[\u{F0000}-\u{10FFFD}]/gu;

export function createStandIns(): StandIns {
  const known = new Map<string, string>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      // Beyond 131,000 different objects two share one, and the check of the result refuses it.
      found = String.fromCodePoint(Math.min(FIRST + known.size, LAST));
      known.set(key, found);
    }
    return found;
  };
}

/** The items of some paragraphs in a row, their marks between them. */
export function readAllItems(
  source: KeySource,
  paragraphs: readonly number[],
  standIn: StandIns,
): readonly Item[] {
  return paragraphs.flatMap((paragraph, index) => {
    const items = readItems(source, paragraph, standIn);
    if (index === paragraphs.length - 1) return items;
    const end = { element: paragraph, run: -1, text: standIn("mark"), format: "", parts: [] };
    return [...items, { kind: "mark" as const, ...end }];
  });
}

const ownProperties = /^w:(pPr|smartTagPr|customXmlPr|fldData)$/;

/** Where the items of a paragraph, hyperlink or other wrapper begin in the source: after its properties. */
export function itemsStart(tree: KeySource["tree"], container: number): number {
  const own = childrenOf(tree, container).findLast((child) => ownProperties.test(nameOf(tree, child)));
  return own === undefined ? tree.openEnd[container]! : tree.end[own]!;
}

/** The items of a paragraph, or of a wrapper such as a hyperlink, in order. */
export function readItems(source: KeySource, container: number, standIn: StandIns): Item[] {
  const { tree } = source;
  const items: Item[] = [];
  const open: Item[][] = [];
  const add = (item: Item): void => {
    (open.at(-1) ?? items).push(item);
  };
  const closeField = (): void => {
    const parts = open.pop() ?? [];
    const first = parts[0];
    if (first === undefined) return;
    // However the runs are cut: a formatting counts where it begins.
    let format: string | undefined;
    let key = "";
    for (const part of parts) {
      if (part.kind === "marker") continue;
      key += part.format === format ? part.text : `[${part.format}]${part.text}`;
      format = part.format;
    }
    add({
      kind: "field",
      element: first.element,
      run: first.run,
      text: standIn(`field ${key}`),
      format: "",
      parts,
    });
  };
  for (const child of childrenOf(tree, container)) {
    const name = nameOf(tree, child);
    if (ownProperties.test(name)) continue;
    if (name !== "w:r") {
      add(isMarkerName(name) ? marker(child, -1) : element(source, child, standIn));
      continue;
    }
    const format = formatKey(source, child);
    for (const piece of childrenOf(tree, child)) {
      if (nameOf(tree, piece) === "w:rPr") continue;
      const type = nameOf(tree, piece) === "w:fldChar" ? attribute(tree, piece, "w:fldCharType") : undefined;
      if (type === "begin") open.push([]);
      add(runItem(source, piece, child, format, standIn));
      if (type === "end" && open.length > 0) closeField();
    }
  }
  // A field that goes on in the next paragraph: what it holds here is edited as other text is.
  return [...items, ...open.flat()];
}

function runItem(source: KeySource, piece: number, run: number, format: string, standIn: StandIns): Item {
  const { tree } = source;
  const name = nameOf(tree, piece);
  if (name === "w:t") {
    const text = textOf(tree, piece).replace(privateCharacter, (character) => standIn(`text ${character}`));
    return { kind: "text", element: piece, run, text, format, parts: [] };
  }
  if (name === "w:lastRenderedPageBreak" || name === "w:commentReference") return marker(piece, run);
  return { kind: "child", element: piece, run, text: standIn(contentKey(source, piece)), format, parts: [] };
}

function marker(element: number, run: number): Item {
  return { kind: "marker", element, run, text: "", format: "", parts: [] };
}

function element(source: KeySource, child: number, standIn: StandIns): Item {
  const key = contentKey(source, child);
  if (key === "") return marker(child, -1);
  const text = standIn(key);
  return { kind: "element", element: child, run: -1, text, format: "", parts: [] };
}

/** The string that stands for the items. */
export function textOfItems(items: readonly Item[]): string {
  return items.map((item) => item.text).join("");
}
