import { hasPart, isRelationshipType, relationshipsOf } from "../../opc/opc-package.ts";
import { canonicalName, rootScope, scopeWith } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { escapeAttribute, escapeText } from "../../xml/xml-text.ts";
import {
  attribute,
  attributesOf,
  childrenOf,
  descendantsNamed,
  isSelfClosing,
  nameOf,
  textOf,
} from "../../xml/xml-tree.ts";
import { append, edit, read, type Workbench } from "../edit/part-workbench.ts";
import { type DataBinding, propertyStores } from "./read-controls.ts";

/** The place in a part that a binding's path leads to. */
type BoundNode = {
  readonly part: string;
  readonly element: number;
  readonly attributeName: string | undefined;
};

/** The text at the place a control is bound to, undefined when there is no such place. */
export function readBound(bench: Workbench, binding: DataBinding): string | undefined {
  const node = findNode(bench, binding);
  if (node === undefined) return undefined;
  const tree = treeOf(bench, node.part);
  return node.attributeName === undefined
    ? textOf(tree, node.element)
    : (attribute(tree, node.element, node.attributeName) ?? "");
}

/**
 * Writes the value at the place a control is bound to, since Word shows that and not the control's own text. False when
 * the part or the place is not there; then Word shows the text.
 */
export function writeBound(bench: Workbench, binding: DataBinding, value: string): boolean {
  const node = findNode(bench, binding);
  if (node === undefined) return addProperty(bench, binding, value);
  edit(bench, node.part, (tree) => setNode(tree, node, value));
  return true;
}

function setNode(tree: XmlTree, { element, attributeName }: BoundNode, value: string): Splice[] {
  if (attributeName !== undefined) {
    const found = attributesOf(tree, element).find((each) => each.name === attributeName);
    if (found === undefined) return [];
    const name = tree.source.slice(found.start, found.end).split("=")[0]!.trimEnd();
    return [{ start: found.start, end: found.end, text: `${name}="${escapeAttribute(value)}"` }];
  }
  if (isSelfClosing(tree, element)) return append(tree, escapeText(value), element);
  return [{ start: tree.openEnd[element]!, end: tree.closeStart[element]!, text: escapeText(value) }];
}

function findNode(bench: Workbench, binding: DataBinding): BoundNode | undefined {
  const steps = readPath(binding);
  if (steps === undefined) return undefined;
  for (const part of storeParts(bench, binding)) {
    const node = walk(treeOf(bench, part), steps);
    if (node !== undefined) return { part, ...node };
  }
  return undefined;
}

function treeOf(bench: Workbench, part: string): XmlTree {
  return scanXml(read(bench, part).text, bench.package.limits.depth);
}

/** The parts that a store item id may mean; those of properties have ids of their own. */
function storeParts(bench: Workbench, { storeItemId }: DataBinding): string[] {
  const { package: opc, document } = bench;
  const related = (source: string, word: string): string[] =>
    relationshipsOf(opc, source).flatMap((each) =>
      !each.isExternal && isRelationshipType(each, word) && hasPart(opc, each.target) ? each.target : [],
    );
  const id = storeItemId.toUpperCase();
  if (id === propertyStores.core) return related("/", "core-properties");
  if (id === propertyStores.extended) return related("/", "extended-properties");
  const items = related(document.mainPart, "customXml");
  if (id === "") return items;
  return items.filter((item) =>
    related(item, "customXmlProps").some((properties) => {
      const tree = treeOf(bench, properties);
      return attributesOf(tree, 0).some(
        (each) => /(^|[:}])itemID$/.test(each.name) && each.value.toUpperCase() === id,
      );
    }),
  );
}

type Step = { readonly name: string; readonly position: number; readonly isAttribute: boolean };

/** A path as Word writes it, of names and positions alone: `/ns0:letter[1]/ns0:date[1]`, `/a/b/@c`. */
function readPath({ xpath, prefixMappings }: DataBinding): Step[] | undefined {
  const scope = scopeWith(rootScope, ` ${prefixMappings}`);
  const parts = xpath
    .trim()
    .replace(/\/text\(\)(\[1\])?$/, "")
    .split("/");
  if (parts.shift() !== "" || parts.length === 0) return undefined;
  const steps: Step[] = [];
  for (const part of parts) {
    const match = /^(@?)([\w.-]+(?::[\w.-]+)?)(?:\[(\d+)\])?$/.exec(part.trim());
    if (match === null) return undefined;
    const isAttribute = match[1] === "@";
    const name = canonicalName(scope, match[2]!, !isAttribute);
    steps.push({ name, position: Number(match[3] ?? 1), isAttribute });
  }
  return steps;
}

function walk(tree: XmlTree, steps: readonly Step[]): Omit<BoundNode, "part"> | undefined {
  const [root, ...rest] = steps;
  if (root === undefined || root.isAttribute || nameOf(tree, 0) !== root.name || root.position !== 1)
    return undefined;
  let element = 0;
  for (const [index, step] of rest.entries()) {
    if (step.isAttribute) {
      const isLast = index === rest.length - 1;
      return isLast && attribute(tree, element, step.name) !== undefined
        ? { element, attributeName: step.name }
        : undefined;
    }
    const next = childrenOf(tree, element).filter((each) => nameOf(tree, each) === step.name)[
      step.position - 1
    ];
    if (next === undefined) return undefined;
    element = next;
  }
  // A place that holds elements is no place for text.
  return childrenOf(tree, element).length > 0 ? undefined : { element, attributeName: undefined };
}

/** A property that the core or extended part does not have yet is added: `/…:coreProperties[1]/…:category[1]`. */
function addProperty(bench: Workbench, binding: DataBinding, value: string): boolean {
  const id = binding.storeItemId.toUpperCase();
  if (id !== propertyStores.core && id !== propertyStores.extended) return false;
  const [part] = storeParts(bench, binding);
  const scope = scopeWith(rootScope, ` ${binding.prefixMappings}`);
  const match = /^\/[^/]+\/(?:([\w.-]+):)?([\w.-]+)(\[1\])?$/.exec(binding.xpath.trim());
  const uri = match === null ? undefined : scope.get(match[1] ?? "");
  if (part === undefined || match === null || uri === undefined) return false;
  edit(bench, part, (tree) =>
    descendantsNamed(tree, 0, canonicalName(scope, match[1] ? `${match[1]}:${match[2]}` : match[2]!, true))
      .length > 0
      ? []
      : append(tree, `<${match[2]} xmlns="${escapeAttribute(uri)}">${escapeText(value)}</${match[2]}>`),
  );
  return true;
}
