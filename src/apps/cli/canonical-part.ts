import { scanXml, type XmlTree } from "../../files/xml/scan-xml.ts";
import {
  attributesOf,
  childNamed,
  childrenOf,
  nameOf,
  openTag,
  outerXml,
  textOf,
} from "../../files/xml/xml-tree.ts";

/**
 * A Word part in a form in which two texts are equal when they differ only in how runs are cut: neighbouring runs
 * with the same properties count as one, and so do neighbouring insertions or deletions of one author and time,
 * whatever their ids; empty runs, `w:rsid…` and `xml:space` count as nothing. All else is compared to the letter.
 * Written apart from the check that every save makes, so that one can find a fault in the other.
 */
export function canonicalPart(xml: string): string {
  const tree = scanXml(xml);
  const tokens: Token[] = [];
  for (let index = 0; index < tree.count; index = tree.next[index]!) walk(tree, index, tokens);
  return tokens.map((token) => token.text).join("\n");
}

/** `run`: the properties of the run the text belongs to; only such texts join. `closes`: the revision it ends. */
type Token = { text: string; readonly run?: string; readonly closes?: string };

function walk(tree: XmlTree, index: number, tokens: Token[]): void {
  const name = nameOf(tree, index);
  if (name === "w:r") walkRun(tree, index, tokens);
  else if (name === "w:ins" || name === "w:del") walkRevision(tree, index, tokens);
  else walkOther(tree, index, tokens);
}

function walkOther(tree: XmlTree, index: number, tokens: Token[]): void {
  const children = childrenOf(tree, index);
  if (children.length === 0) {
    tokens.push({ text: outerXml(tree, index) });
    return;
  }
  tokens.push({ text: openTag(tree, index) });
  let at = tree.openEnd[index]!;
  const between = (end: number): void => {
    const text = tree.source.slice(at, end);
    if (text.trim() !== "") tokens.push({ text });
  };
  for (const child of children) {
    between(tree.start[child]!);
    walk(tree, child, tokens);
    at = tree.end[child]!;
  }
  between(tree.closeStart[index]!);
  tokens.push({ text: tree.source.slice(tree.closeStart[index]!, tree.end[index]!) });
}

function walkRevision(tree: XmlTree, index: number, tokens: Token[]): void {
  const attributes = attributesOf(tree, index)
    .filter((each) => each.name !== "w:id")
    .map((each) => `${each.name}=${each.value}`);
  const key = `${nameOf(tree, index)} ${attributes.join(" ")}`;
  const children = childrenOf(tree, index);
  if (children.length === 0) {
    // The mark of a paragraph or row; elsewhere an empty one says nothing.
    const parent = nameOf(tree, tree.parent[index]!);
    if (parent === "w:rPr" || parent === "w:trPr") tokens.push({ text: `<${key}/>` });
    return;
  }
  const start = tokens.length;
  if (tokens.at(-1)?.closes === key) tokens.pop();
  else tokens.push({ text: `<${key}>` });
  const inside = tokens.length;
  for (const child of children) walk(tree, child, tokens);
  const isEmpty = tokens.length === inside && inside > start;
  if (isEmpty) tokens.pop();
  else tokens.push({ text: `</${key}>`, closes: key });
}

function walkRun(tree: XmlTree, index: number, tokens: Token[]): void {
  const own = childNamed(tree, index, "w:rPr");
  const attributes = attributesOf(tree, index)
    .filter((each) => !each.name.startsWith("w:rsid"))
    .map((each) => `${each.name}=${each.value}`);
  const run = `${attributes.join(" ")}|${own < 0 || childrenOf(tree, own).length === 0 ? "" : outerXml(tree, own)}`;
  for (const child of childrenOf(tree, index)) {
    if (child === own) continue;
    const name = nameOf(tree, child);
    if (name !== "w:t" && name !== "w:delText") {
      tokens.push({ text: `[${run}]` });
      walk(tree, child, tokens);
      continue;
    }
    const text = textOf(tree, child);
    const key = `${name}|${run}`;
    const last = tokens.at(-1);
    if (text === "") continue;
    if (last?.run === key) last.text += text;
    else tokens.push({ text: `[${key}]${text}`, run: key });
  }
}
