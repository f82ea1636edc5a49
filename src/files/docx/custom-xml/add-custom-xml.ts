import { contentTypeOf, hasPart, type OpcPackage, relationshipsPart } from "../../opc/opc-package.ts";
import { addPart, declareType, encodeParts, relate } from "../../opc/part-bench.ts";
import { savePackage } from "../../opc/save-package.ts";
import { verifyPackage } from "../../opc/verify-package.ts";
import { assertWellFormed } from "../../xml/assert-well-formed.ts";
import { namespaceUri, rootScope } from "../../xml/namespaces.ts";
import { escapeAttribute, escapeText } from "../../xml/xml-text.ts";
import { createBench } from "../edit/part-workbench.ts";
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
  const bench = createBench(document);
  addPart(bench, itemPart, xml);
  const store = dataStore(isStrict);
  addPart(
    bench,
    propertiesPart,
    `<ds:datastoreItem ds:itemID="${escapeAttribute(item.itemId)}" xmlns:ds="${store}"><ds:schemaRefs><ds:schemaRef ds:uri="${escapeAttribute(item.namespace)}"/></ds:schemaRefs></ds:datastoreItem>`,
  );
  relate(bench, itemPart, { type: `${office}/customXmlProps`, target: `itemProps${number}.xml` });
  const target = relativeTarget(document.mainPart, itemPart);
  relate(bench, document.mainPart, { type: `${office}/customXml`, target });
  declareType(bench, propertiesPart, propertiesType);
  if (contentTypeOf(opc, itemPart) === undefined) declareType(bench, itemPart, "application/xml");
  const [replaced, added] = [encodeParts(bench.replaced), encodeParts(bench.added)];
  const bytes = savePackage(opc, replaced, added);
  verifyPackage(opc, bytes, replaced, added);
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

/** As Word writes it: up from the folder of the main part. */
function relativeTarget(source: string, target: string): string {
  return `${"../".repeat(source.split("/").length - 2)}${target.slice(1)}`;
}
