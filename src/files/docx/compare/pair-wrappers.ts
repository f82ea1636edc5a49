import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descendantsNamed, nameOf, textOf } from "../../xml/xml-tree.ts";
import type { Comparison } from "./comparison.ts";
import { attributesKey, childrenKey, contentKey, type KeySource } from "./content-key.ts";
import { pairInOrder } from "./pair-in-order.ts";
import { type Item, readItems } from "./read-items.ts";
import { textBoxes } from "./text-boxes.ts";
import { commonCharacters, countWords, type WordCounts } from "./word-counts.ts";

/** The items of two paragraphs, where wrappers that are the same but for what they hold have the same stand-in. */
export type WrapperPairs = {
  readonly before: readonly Item[];
  readonly after: readonly Item[];
  /** The second's wrapper by the first's, of those whose content differs. */
  readonly inside: ReadonlyMap<Item, Item>;
  /** Characters that each stand-in of a wrapper stands for. */
  readonly weights: ReadonlyMap<string, number>;
};

/** Something that holds text of its own: a hyperlink, a content control, a field's result, the text boxes of a drawing. */
type Wrapper = {
  readonly item: Item;
  /** What it is apart from its content. */
  readonly shell: string;
  /** Of its content. */
  readonly words: WordCounts;
};

/** Wrappers of one paragraph that are weighed against each other; with more they come and go whole. */
const MOST_PAIRS = 10_000;

/**
 * Finds hyperlinks, content controls, fields and text boxes that both have with other content, so that they can be
 * compared inside. Those that Word or a program fills in (locked, bound to data, a choice) stay whole.
 */
export function pairWrappers(
  comparison: Comparison,
  before: readonly Item[],
  after: readonly Item[],
): WrapperPairs {
  const old = wrappersOf(comparison, "before", before);
  const fresh = wrappersOf(comparison, "after", after);
  const weights = new Map<string, number>();
  const renamed = new Map<Item, Item>();
  const inside = new Map<Item, Item>();
  if (old.length * fresh.length > MOST_PAIRS) return { before, after, inside, weights };
  const common = (one: Wrapper, two: Wrapper): number => commonCharacters(one.words, two.words);
  const gain = (i: number, j: number): number => {
    const [one, two] = [old[i]!, fresh[j]!];
    if (one.item.text === two.item.text) return common(one, two) + 2;
    return one.shell === two.shell ? common(one, two) + 1 : 0;
  };
  for (const match of pairInOrder(old.length, fresh.length, { pair: gain })) {
    const [one, two] = [old[match.before]!, fresh[match.after]!];
    const { part } = comparison.before;
    const isSame = one.item.text === two.item.text;
    const pair = `pair ${part} ${one.item.element} ${two.item.element}`;
    const text = isSame ? one.item.text : comparison.standIn(pair);
    weights.set(text, Math.max(1, common(one, two)));
    if (isSame) continue;
    const [first, second] = [
      { ...one.item, text },
      { ...two.item, text },
    ];
    renamed.set(one.item, first).set(two.item, second);
    inside.set(first, second);
  }
  const rename = (item: Item): Item => renamed.get(item) ?? item;
  return { before: before.map(rename), after: after.map(rename), inside, weights };
}

function wrappersOf(comparison: Comparison, side: "before" | "after", items: readonly Item[]): Wrapper[] {
  return items.flatMap((item) => {
    const found = wrapperOf(comparison, comparison[side], item);
    return found === undefined ? [] : [{ ...found, item }];
  });
}

function wrapperOf(comparison: Comparison, source: KeySource, item: Item): Omit<Wrapper, "item"> | undefined {
  if (item.kind === "field") return fieldShell(source, item);
  if (item.kind === "child") return boxShell(source, item);
  if (item.kind !== "element") return undefined;
  const { tree } = source;
  const content = wrapperContent(tree, item.element);
  if (content < 0 || !mayChangeInside(tree, item.element)) return undefined;
  // A wrapper without any content goes with its last run, and would not come back when that is refused.
  const items = readItems(source, content, comparison.standIn);
  if (items.every((each) => each.text === "")) return undefined;
  const properties = childrenOf(tree, item.element).filter((child) => /^w:\w+Pr$/.test(nameOf(tree, child)));
  const shell = `${nameOf(tree, item.element)}${attributesKey(source, item.element)} ${childrenKey(source, properties)}`;
  return { shell, words: countWords(textIn(tree, content)) };
}

const wrappers = /^w:(hyperlink|smartTag|customXml|fldSimple|dir|bdo)$/;

/** The element that holds a wrapper's content: itself, or the content of a control; -1 for what is no wrapper. */
export function wrapperContent(tree: XmlTree, element: number): number {
  const name = nameOf(tree, element);
  if (name === "w:sdt") return childNamed(tree, element, "w:sdtContent");
  return wrappers.test(name) ? element : -1;
}

/** Controls that hold a choice, a date or a picture (17.5.2), or a state beside their text. */
const filledControl =
  /^w:(dataBinding|comboBox|dropDownList|date|picture|docPartObj|docPartList|equation|citation|bibliography|group|showingPlcHdr)$|^w14:checkbox$|^w15:(dataBinding|repeatingSection\w*)$/;

function mayChangeInside(tree: XmlTree, wrapper: number): boolean {
  const fields = descendantsNamed(tree, wrapper, "w:fldChar");
  const count = (type: string): number =>
    fields.filter((field) => attribute(tree, field, "w:fldCharType") === type).length;
  if (count("begin") !== count("end")) return false;
  const own = childNamed(tree, wrapper, "w:sdtPr");
  if (own < 0) return true;
  return childrenOf(tree, own).every((child) => {
    const name = nameOf(tree, child);
    if (filledControl.test(name)) return false;
    return name !== "w:lock" || !/ontentLocked$/.test(attribute(tree, child, "w:val") ?? "");
  });
}

/** The parts of a complex field: up to its separator, its result, its end; undefined when it has no result. */
export function fieldParts(
  tree: XmlTree,
  item: Item,
):
  | { readonly head: readonly Item[]; readonly result: readonly Item[]; readonly tail: readonly Item[] }
  | undefined {
  const { parts } = item;
  const isCharacter = (part: Item | undefined, type: string): boolean =>
    part?.kind === "child" &&
    nameOf(tree, part.element) === "w:fldChar" &&
    attribute(tree, part.element, "w:fldCharType") === type;
  const separator = parts.findIndex((part) => isCharacter(part, "separate"));
  if (separator < 0 || !isCharacter(parts.at(-1), "end")) return undefined;
  return {
    head: parts.slice(0, separator + 1),
    result: parts.slice(separator + 1, -1),
    tail: parts.slice(-1),
  };
}

function fieldShell({ tree }: KeySource, item: Item): Omit<Wrapper, "item"> | undefined {
  const parts = fieldParts(tree, item);
  if (parts === undefined) return undefined;
  const key = (items: readonly Item[]): string =>
    items
      .filter((part) => part.kind !== "marker")
      .map((part) => `[${part.format}]${part.text}`)
      .join("");
  const text = parts.result
    .filter((part) => part.kind === "text")
    .map((part) => part.text)
    .join("");
  return { shell: `field ${key(parts.head)} ${key(parts.tail)}`, words: countWords(text) };
}

function boxShell(source: KeySource, item: Item): Omit<Wrapper, "item"> | undefined {
  const { tree } = source;
  if (!/^(mc:AlternateContent|w:drawing|w:pict|w:object)$/.test(nameOf(tree, item.element))) return undefined;
  const boxes = textBoxes(source, item.element);
  if (boxes === undefined || boxes.length === 0) return undefined;
  const shell = contentKey({ ...source, hollow: "w:txbxContent" }, item.element);
  return { shell, words: countWords(boxes.map(({ content }) => textIn(tree, content)).join("\n")) };
}

function textIn(tree: XmlTree, element: number): string {
  return descendantsNamed(tree, element, "w:t")
    .map((text) => textOf(tree, text))
    .join("");
}
