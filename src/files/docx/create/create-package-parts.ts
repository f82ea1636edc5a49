import { namespaceUri } from "../../xml/namespaces.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import { attribute, attributesOf, nameOf } from "../../xml/xml-tree.ts";
import { appendToRoot } from "./create-root.ts";

/** The content types with those of some parts set; a part that only its file ending gave a type gets its own entry. */
export function setContentTypes(source: string, types: ReadonlyMap<string, string>): string {
  const tree = scanXml(source);
  const uri = namespaceUri("ct");
  const splices: Splice[] = [];
  const left = new Map([...types].map(([part, type]) => [part.toLowerCase(), { part, type }]));
  for (let index = 1; index < tree.count; index++) {
    if (nameOf(tree, index) !== "ct:Override") continue;
    const key = (attribute(tree, index, "PartName") ?? "").toLowerCase();
    const wanted = left.get(key);
    const current = attributesOf(tree, index).find((each) => each.name === "ContentType");
    if (wanted === undefined || current === undefined) continue;
    splices.push({ start: current.start, end: current.end, text: `ContentType="${wanted.type}"` });
    left.delete(key);
  }
  const declaration = tree.scopes[tree.scope[0]!]!.get("") === uri ? "" : ` xmlns="${uri}"`;
  const rows = [...left.values()].map(
    ({ part, type }) => `<Override${declaration} PartName="${escapeAttribute(part)}" ContentType="${type}"/>`,
  );
  return applySplices(source, [...splices, ...appendToRoot(tree, rows.join(""))]);
}
