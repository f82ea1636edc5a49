import { contentTypeOf, isRelationshipType, readPart, relationshipsOf } from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import {
  attribute,
  attributesOf,
  childNamed,
  childrenOf,
  descendantsNamed,
  nameOf,
} from "../../xml/xml-tree.ts";
import { append } from "../edit/part-workbench.ts";
import { relatedTree } from "../read/styles.ts";
import type { WordDocument } from "../types.ts";
import { foreignXml } from "./foreign-xml.ts";
import { listDefinitions, styleNames } from "./key-context.ts";
import { addTextPart, editPart, type PackageBench, readText, relatedPart } from "./package-bench.ts";

/** Brings style and list definitions of the second document into the first, when something there needs them. */
export type Definitions = {
  /** The first document's id for a style of the second. */
  readonly style: (id: string) => string;
  /** The first document's `w:numId` for a list of the second. */
  readonly list: (id: string) => string;
};

export function createDefinitions(
  bench: PackageBench,
  before: WordDocument,
  after: WordDocument,
): Definitions {
  const lists = matchLists(before, after);
  const styles = matchStyles(before, after);
  const definitions: Definitions = {
    style: (id) => {
      const known = styles.get(id);
      if (known !== undefined) return known;
      const own = freeStyleId(bench, id);
      styles.set(id, own);
      importStyle(bench, after, id, own, definitions);
      return own;
    },
    list: (id) => {
      const known = lists.get(id);
      if (known !== undefined) return known;
      const made = importList(bench, after, id, definitions);
      lists.set(id, made);
      return made;
    },
  };
  return definitions;
}

/** Lists are the same when id and definition are, or else the definition, each at most once. */
function matchLists(before: WordDocument, after: WordDocument): Map<string, string> {
  const [old, fresh] = [listDefinitions(before), listDefinitions(after)];
  // 0 takes a paragraph out of its style's list (17.9.18).
  const matched = new Map<string, string>([["0", "0"]]);
  const taken = new Set<string>();
  for (const [id, definition] of fresh) {
    if (old.get(id) !== definition) continue;
    matched.set(id, id);
    taken.add(id);
  }
  for (const [id, definition] of fresh) {
    if (matched.has(id)) continue;
    const found = [...old].find(([other, own]) => own === definition && !taken.has(other));
    if (found === undefined) continue;
    matched.set(id, found[0]);
    taken.add(found[0]);
  }
  return matched;
}

function matchStyles(before: WordDocument, after: WordDocument): Map<string, string> {
  const old = new Map([...styleNames(before)].map(([id, name]) => [name, id]));
  const matched = new Map<string, string>();
  for (const [id, name] of styleNames(after)) {
    const own = old.get(name);
    if (own !== undefined) matched.set(id, own);
  }
  return matched;
}

/** The id itself, or with a number where the first document uses it for another style. */
function freeStyleId(bench: PackageBench, id: string): string {
  const name = relatedPart(bench, "styles");
  if (name === undefined) return id;
  const tree = rootOf(bench, name);
  const used = new Set(childrenOf(tree, 0).map((each) => attribute(tree, each, "w:styleId")));
  if (!used.has(id)) return id;
  for (let number = 2; ; number++) if (!used.has(`${id}${number}`)) return `${id}${number}`;
}

function importStyle(
  bench: PackageBench,
  after: WordDocument,
  id: string,
  own: string,
  definitions: Definitions,
): void {
  const tree = relatedTree(after, "styles");
  if (tree === undefined) return;
  const style = childrenOf(tree, 0).find(
    (each) => nameOf(tree, each) === "w:style" && attribute(tree, each, "w:styleId") === id,
  );
  if (style === undefined) return;
  const name = relatedPart(bench, "styles") ?? emptyCopy(bench, after, "styles");
  if (name === undefined) return;
  const target = rootOf(bench, name);
  const styleId = attributesOf(tree, style).find((each) => each.name === "w:styleId")!;
  const splices = [
    attributeSplice(tree, styleId, escapeAttribute(own)),
    ...translated(tree, style, definitions, (child) => nameOf(tree, child) === "w:next"),
  ];
  const text = foreignXml(tree, style, splices, target.scopes[target.scope[0]!]!);
  editPart(bench.texts, name, (root) => append(root, withoutDefault(text)));
}

/** An imported style must not become the default of its kind. */
function withoutDefault(style: string): string {
  return style.replace(/^(<[^>]*?)\s[\w-]+:default\s*=\s*("[^"]*"|'[^']*')/, "$1");
}

/** Splices that give references to styles and lists the first document's ids, and leave some elements out. */
function translated(
  tree: XmlTree,
  element: number,
  definitions: Definitions,
  leavesOut: (child: number) => boolean,
): Splice[] {
  const splices: Splice[] = [];
  for (let at = element + 1; at < tree.next[element]!; at++) {
    if (leavesOut(at)) {
      splices.push({ start: tree.start[at]!, end: tree.end[at]!, text: "" });
      at = tree.next[at]! - 1;
      continue;
    }
    const name = nameOf(tree, at);
    const isStyle = /^w:(basedOn|link|pStyle|rStyle|tblStyle)$/.test(name);
    if (!isStyle && name !== "w:numId") continue;
    const value = attributesOf(tree, at).find((each) => each.name === "w:val");
    if (value === undefined) continue;
    const own = isStyle ? definitions.style(value.value) : definitions.list(value.value);
    splices.push(attributeSplice(tree, value, escapeAttribute(own)));
  }
  return splices;
}

/** Gives an attribute another value, escaped as it is. */
export function attributeSplice(
  tree: XmlTree,
  own: { readonly start: number; readonly end: number },
  value: string,
): Splice {
  const source = tree.source.slice(own.start, own.end);
  return { start: own.start, end: own.end, text: `${source.slice(0, source.indexOf("="))}="${value}"` };
}

/** Adds the list's definition and the list itself under new ids (17.9.1, 17.9.15); its `w:numId`. */
function importList(bench: PackageBench, after: WordDocument, id: string, definitions: Definitions): string {
  const tree = relatedTree(after, "numbering");
  if (tree === undefined) return id;
  const num = childrenOf(tree, 0).find(
    (each) => nameOf(tree, each) === "w:num" && attribute(tree, each, "w:numId") === id,
  );
  const reference = num === undefined ? -1 : childNamed(tree, num, "w:abstractNumId");
  const wanted = reference < 0 ? undefined : attribute(tree, reference, "w:val");
  const abstract = childrenOf(tree, 0).find(
    (each) => nameOf(tree, each) === "w:abstractNum" && attribute(tree, each, "w:abstractNumId") === wanted,
  );
  if (num === undefined || abstract === undefined) return id;
  const name = relatedPart(bench, "numbering") ?? emptyCopy(bench, after, "numbering");
  if (name === undefined) return id;
  const target = rootOf(bench, name);
  const numId = String(highest(target, "w:num", "w:numId") + 1);
  const abstractId = String(highest(target, "w:abstractNum", "w:abstractNumId") + 1);
  const scope = target.scopes[target.scope[0]!]!;
  const own = (element: number, attributeName: string, value: string): Splice =>
    attributeSplice(tree, attributesOf(tree, element).find((each) => each.name === attributeName)!, value);
  const leavesOut = (child: number): boolean =>
    /^w:(nsid|styleLink|numStyleLink|lvlPicBulletId)$/.test(nameOf(tree, child));
  const abstractXml = foreignXml(
    tree,
    abstract,
    [own(abstract, "w:abstractNumId", abstractId), ...translated(tree, abstract, definitions, leavesOut)],
    scope,
  );
  const numXml = foreignXml(
    tree,
    num,
    [
      own(num, "w:numId", numId),
      own(reference, "w:val", abstractId),
      ...translated(tree, num, definitions, leavesOut),
    ],
    scope,
  );
  editPart(bench.texts, name, (root) => {
    const children = childrenOf(root, 0);
    const firstNum = children.find((each) => /^w:(num|numIdMacAtCleanup)$/.test(nameOf(root, each)));
    const last = children.find((each) => nameOf(root, each) === "w:numIdMacAtCleanup");
    const at = (element: number | undefined, xml: string): Splice[] =>
      element === undefined
        ? append(root, xml)
        : [{ start: root.start[element]!, end: root.start[element]!, text: xml }];
    if (firstNum === undefined) return append(root, abstractXml + numXml);
    return [...at(firstNum, abstractXml), ...at(last, numXml)];
  });
  return numId;
}

function highest(tree: XmlTree, name: string, id: string): number {
  let most = 0;
  for (const element of descendantsNamed(tree, 0, name)) {
    const value = Number.parseInt(attribute(tree, element, id) ?? "", 10);
    if (value > most) most = value;
  }
  return most;
}

function rootOf(bench: PackageBench, name: string): XmlTree {
  return scanXml(readText(bench.texts, name).text, bench.texts.document.package.limits.depth);
}

/** The second document's part without its styles or lists, where the first has no such part. */
function emptyCopy(
  bench: PackageBench,
  after: WordDocument,
  word: "styles" | "numbering",
): string | undefined {
  const relationship = relationshipsOf(after.package, after.mainPart).find(
    (each) => !each.isExternal && isRelationshipType(each, word),
  );
  if (relationship === undefined) return undefined;
  const { text } = decodePart(readPart(after.package, relationship.target), relationship.target);
  const tree = scanXml(text, after.package.limits.depth);
  const gone = childrenOf(tree, 0).filter((each) =>
    /^w:(style|abstractNum|num|numPicBullet|latentStyles|docDefaults)$/.test(nameOf(tree, each)),
  );
  return addTextPart(bench, {
    name: relationship.target,
    text: applySplices(
      text,
      gone.map((each) => ({ start: tree.start[each]!, end: tree.end[each]!, text: "" })),
    ).replace(/^\ufeff/, ""),
    type: contentTypeOf(after.package, relationship.target) ?? "",
    relationship: relationship.type,
  });
}
