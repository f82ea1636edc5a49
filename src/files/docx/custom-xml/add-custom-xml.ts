import {
  contentTypeOf,
  contentTypesPart,
  hasPart,
  type OpcPackage,
  relationshipsPart,
} from "../../opc/opc-package.ts";
import { encodePart, type PartText } from "../../opc/part-text.ts";
import { savePackage } from "../../opc/save-package.ts";
import { assertWellFormed } from "../../xml/assert-well-formed.ts";
import { namespaceUri, rootScope } from "../../xml/namespaces.ts";
import { escapeAttribute, escapeText } from "../../xml/xml-text.ts";
import { attribute, childrenOf } from "../../xml/xml-tree.ts";
import { append, edit, qualified, type Workbench } from "../edit/part-workbench.ts";
import { verifyPackage } from "../edit/verify-changes.ts";
import type { WordDocument } from "../types.ts";

export type CustomXmlToAdd = {
  /** The namespace of the part's root element: whose data it is. */
  readonly namespace: string;
  /** Local name of the root. */
  readonly name: string;
  /** What the root holds, as plain text. */
  readonly text: string;
  /** Names the part in the data store; as Word writes it: `{8-4-4-4-12}` in capital hexadecimal digits. */
  readonly itemId: string;
};

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const propertiesType = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml";
const dataStore = (strict: boolean): string =>
  strict
    ? "http://purl.oclc.org/ooxml/officeDocument/customXml"
    : "http://schemas.openxmlformats.org/officeDocument/2006/customXml";

/**
 * The file with one more part in its custom XML data store, as Word writes them: the item, its properties, the
 * relationships and the content type (ECMA-376-1, 15.2.5, 15.2.6, 22.5). All other entries stay byte for byte;
 * checked before the bytes are given out. Throws `RoundTripError` when the name or the text can't stand in XML.
 */
export function addCustomXml(document: WordDocument, item: CustomXmlToAdd): Uint8Array {
  const xml = `<${item.name} xmlns="${escapeAttribute(item.namespace)}">${escapeText(item.text)}</${item.name}>`;
  assertWellFormed(xml, rootScope);
  const { package: opc, isStrict } = document;
  const number = freeNumber(opc);
  const itemPart = `/customXml/item${number}.xml`;
  const propertiesPart = `/customXml/itemProps${number}.xml`;
  const office = namespaceUri("r", isStrict);
  const bench: Workbench = { document, replaced: new Map(), added: new Map() };
  const add = (name: string, text: string): void => {
    bench.added.set(name, { text: declaration + text, encoding: "utf-8" });
  };
  add(itemPart, xml);
  const store = dataStore(isStrict);
  add(
    propertiesPart,
    `<ds:datastoreItem ds:itemID="${escapeAttribute(item.itemId)}" xmlns:ds="${store}"><ds:schemaRefs><ds:schemaRef ds:uri="${escapeAttribute(item.namespace)}"/></ds:schemaRefs></ds:datastoreItem>`,
  );
  relate(bench, itemPart, `${office}/customXmlProps`, `itemProps${number}.xml`);
  relate(bench, document.mainPart, `${office}/customXml`, relativeTarget(document.mainPart, itemPart));
  declareTypes(bench, itemPart, propertiesPart);
  const encode = (parts: ReadonlyMap<string, PartText>): Map<string, Uint8Array> =>
    new Map([...parts].map(([name, part]) => [name, encodePart(part)]));
  const [replaced, added] = [encode(bench.replaced), encode(bench.added)];
  const bytes = savePackage(opc, replaced, added);
  verifyPackage(document, bytes, replaced, added);
  return bytes;
}

function freeNumber(opc: OpcPackage): number {
  let number = 1;
  const isTaken = (): boolean =>
    [`/customXml/item${number}.xml`, `/customXml/itemProps${number}.xml`].some(
      (name) => hasPart(opc, name) || hasPart(opc, relationshipsPart(name)),
    );
  while (isTaken()) number++;
  return number;
}

function relate(bench: Workbench, source: string, type: string, target: string): void {
  const name = relationshipsPart(source);
  if (!hasPart(bench.document.package, name)) {
    const text = `${declaration}<Relationships xmlns="${namespaceUri("pr")}"></Relationships>`;
    bench.added.set(name, { text, encoding: "utf-8" });
  }
  edit(bench, name, (tree) => {
    const used = new Set(childrenOf(tree, 0).map((child) => attribute(tree, child, "Id")));
    let number = used.size + 1;
    while (used.has(`rId${number}`)) number++;
    return append(
      tree,
      `<${qualified(tree, "Relationship")} Id="rId${number}" Type="${type}" Target="${escapeAttribute(target)}"/>`,
    );
  });
}

/** As Word writes it: up from the folder of the main part. */
function relativeTarget(source: string, target: string): string {
  return `${"../".repeat(source.split("/").length - 2)}${target.slice(1)}`;
}

function declareTypes(bench: Workbench, itemPart: string, propertiesPart: string): void {
  const overrides = [[propertiesPart, propertiesType]];
  if (contentTypeOf(bench.document.package, itemPart) === undefined)
    overrides.push([itemPart, "application/xml"]);
  edit(bench, contentTypesPart, (tree) =>
    append(
      tree,
      overrides
        .map(([name, type]) => `<${qualified(tree, "Override")} PartName="${name!}" ContentType="${type!}"/>`)
        .join(""),
    ),
  );
}
