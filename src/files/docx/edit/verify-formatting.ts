import type { XmlTree } from "../../xml/scan-xml.ts";
import { attributesOf, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { currentValue, type FormatKey, scriptsOf } from "../read/character-values.ts";
import type { Inline } from "../read/read-inline.ts";
import { propertiesAt, styleValues } from "../read/run-styles.ts";
import { canonicalChildren } from "./canonical-xml.ts";
import { isSameValue, wantedValues } from "./character-format.ts";
import type { ExpectedParagraph } from "./expected-paragraphs.ts";
import type { RunFormat } from "./run-edit.ts";

/** What belongs to each key of a format, and so may differ where the key is set. */
const owned: Readonly<Record<FormatKey, readonly string[]>> = {
  bold: ["w:b", "w:bCs"],
  italic: ["w:i", "w:iCs"],
  underline: ["w:u"],
  strike: ["w:strike", "w:dstrike"],
  vertical: ["w:vertAlign"],
  highlight: ["w:highlight"],
  color: ["w:color"],
  size: ["w:sz", "w:szCs"],
  font: ["w:rFonts"],
  style: ["w:rStyle"],
};
const fontNames = /^w:(ascii|hAnsi|cs)(Theme|theme)?=/;
const eastAsianFont = /^w:eastAsia(Theme)?=/;

/** A paragraph and the tree it is in. */
export type PlacedInline = { readonly tree: XmlTree; readonly inline: Inline };

/**
 * True when every kept character of a paragraph has the look it had, and every formatted one the format and else the
 * look it had. `original` is the tree that the expected stretches come from, `after` the paragraph once the changes are
 * accepted.
 */
export function hasWantedFormatting(
  original: XmlTree,
  expected: ExpectedParagraph,
  after: PlacedInline,
): boolean {
  const runsAfter = runsByCharacter(after.inline);
  let offset = 0;
  for (const { text, kept } of expected) {
    if (kept !== undefined) {
      const runsBefore = runsByCharacter(kept.inline);
      const parts = partsOf(text, (at) => {
        const from = kept.start + at;
        const format = kept.formats.find(({ start, end }) => start <= from && from < end);
        return [runsBefore[from]!, runsAfter[offset + at]!, format];
      });
      const before = { tree: original, inline: kept.inline };
      if (!parts.every((part) => isRight(before, after, part))) return false;
    }
    offset += text.length;
  }
  return true;
}

function isRight(
  before: PlacedInline,
  after: PlacedInline,
  { text, key: [from, to, format] }: Part,
): boolean {
  const [old, now] = [before.inline.runs[from]?.element, after.inline.runs[to]?.element];
  if (old === undefined || now === undefined) return old === now;
  return (
    isSameButFor(lookOf(before.tree, old), lookOf(after.tree, now), freeNames(format, text)) &&
    (format === undefined || isFormatted(before.tree, old, after.tree, now, format, text))
  );
}

/** What may differ in text to which a format was given. */
function freeNames(format: RunFormat | undefined, text: string): ReadonlySet<string> {
  if (format === undefined) return new Set();
  const keys = wantedValues(format.set).map(([key]) => key);
  const isEastAsian = keys.includes("font") && scriptsOf(text, new Map()).includes("east-asian");
  return new Set([...keys.flatMap((key) => owned[key]), ...(isEastAsian ? ["east-asian font"] : [])]);
}

/** The index of the run of each character of the final text; -1 for what is in no run. */
function runsByCharacter(inline: Inline): Int32Array {
  const runs = new Int32Array(inline.finalText.length);
  for (const { start, end, run } of inline.pieces) runs.fill(run, start, end);
  return runs;
}

type Key = readonly [before: number, now: number, format: RunFormat | undefined];

type Part = { readonly text: string; readonly key: Key };

/** A text cut where what is to be compared changes. */
function partsOf(text: string, keyAt: (at: number) => Key): Part[] {
  const parts: { text: string; readonly key: Key }[] = [];
  for (let at = 0; at < text.length; at++) {
    const key = keyAt(at);
    const last = parts.at(-1);
    if (last?.key.every((value, index) => value === key[index])) last.text += text[at]!;
    else parts.push({ text: text[at]!, key });
  }
  return parts;
}

/** A run's properties by name, pending changes of them left out; of fonts also the rest of the attributes. */
function lookOf(tree: XmlTree, run: number): Map<string, string> {
  const look = new Map<string, string>();
  for (const properties of childrenOf(tree, run).filter((child) => nameOf(tree, child) === "w:rPr")) {
    for (const child of childrenOf(tree, properties)) {
      const name = nameOf(tree, child);
      if (name === "w:rPrChange") continue;
      const attributes = attributesOf(tree, child)
        .filter((each) => !each.name.startsWith("xmlns"))
        .map((each) => `${each.name}=${each.value}`)
        .sort();
      look.set(name, [...attributes, canonicalChildren(tree, child, () => false)].join(" "));
      if (name !== "w:rFonts") continue;
      const rest = attributes.filter((each) => !fontNames.test(each));
      for (const each of rest) look.set(eastAsianFont.test(each) ? "east-asian font" : each, each);
    }
  }
  return look;
}

function isSameButFor(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  free: ReadonlySet<string>,
): boolean {
  return [...new Set([...before.keys(), ...now.keys()])].every(
    (name) => free.has(name) || before.get(name) === now.get(name),
  );
}

/** The styles around the run are looked up where it stood: the tree of the changed paragraph may lack its table. */
function isFormatted(
  original: XmlTree,
  old: number,
  tree: XmlTree,
  run: number,
  { set, styles }: RunFormat,
  text: string,
): boolean {
  const properties = childrenOf(tree, run).find((child) => nameOf(tree, child) === "w:rPr") ?? -1;
  const own = propertiesAt(tree, properties);
  const values = styleValues(styles, original, old, own.get("w:rStyle")?.["w:val"]);
  return wantedValues(set).every(([key, wanted]) =>
    scriptsOf(text, own).every((script) =>
      isSameValue(currentValue(key, script, { own, styles: values }), wanted),
    ),
  );
}
