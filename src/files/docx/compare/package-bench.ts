import {
  contentTypeOf,
  hasPart,
  type Relationship,
  readPart,
  relationshipsOf,
  relationshipsPart,
} from "../../opc/opc-package.ts";
import { benchRelationships as relationshipsOnBench } from "../../opc/part-bench.ts";
import { encodePart } from "../../opc/part-text.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { escapeAttribute } from "../../xml/xml-text.ts";
import {
  createBench,
  declaration,
  declareType,
  edit,
  type NewRelationship,
  partName,
  read,
  relate,
  type Workbench,
} from "../edit/part-workbench.ts";
import type { WordDocument } from "../types.ts";

/** The first document's package under work: parts edited as text, and parts copied from the second as bytes. */
export type PackageBench = {
  readonly texts: Workbench;
  readonly copies: Map<string, Uint8Array>;
  /** New name by the name in the second package. */
  readonly copiedNames: Map<string, string>;
};

export function createPackageBench(document: WordDocument): PackageBench {
  return {
    texts: createBench(document),
    copies: new Map(),
    copiedNames: new Map(),
  };
}

/** What to write: parts to replace and parts to add. */
export function benchParts(bench: PackageBench): {
  readonly replaced: Map<string, Uint8Array>;
  readonly added: Map<string, Uint8Array>;
} {
  const encoded = (map: Workbench["added"]): [string, Uint8Array][] =>
    [...map].map(([name, part]) => [name, encodePart(part)]);
  return {
    replaced: new Map(encoded(bench.texts.replaced)),
    added: new Map([...encoded(bench.texts.added), ...bench.copies]),
  };
}

/** The part that the main part relates to by that word, of the package or new; undefined when there is none. */
export function relatedPart(bench: PackageBench, word: string): string | undefined {
  return partName(bench.texts, word);
}

/** Adds a relationship to a part and gives its id. */
export function addRelationship(bench: PackageBench, part: string, relationship: NewRelationship): string {
  return relate(bench.texts, part, relationship);
}

/** A name that no part has: the wanted one, or with a number. */
function freeName(bench: PackageBench, wanted: string): string {
  const { document, added } = bench.texts;
  const isTaken = (name: string): boolean =>
    hasPart(document.package, name) || added.has(name) || bench.copies.has(name);
  if (!isTaken(wanted)) return wanted;
  const dot = wanted.lastIndexOf(".");
  const [stem, ending] =
    dot > wanted.lastIndexOf("/") ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, ""];
  for (let number = 2; ; number++)
    if (!isTaken(`${stem}-${number}${ending}`)) return `${stem}-${number}${ending}`;
}

/** Declares the content type of a new part, when no default says the same. */
function declareNewType(bench: PackageBench, name: string, type: string): void {
  if (contentTypeOf(bench.texts.document.package, name) !== type) declareType(bench.texts, name, type);
}

/** Adds a text part to the package, related to the main part; its name. */
export function addTextPart(
  bench: PackageBench,
  part: {
    readonly name: string;
    readonly text: string;
    readonly type: string;
    readonly relationship: string;
  },
): string {
  const name = freeName(bench, part.name);
  bench.texts.added.set(name, { text: part.text, encoding: "utf-8" });
  declareNewType(bench, name, part.type);
  addRelationship(bench, bench.texts.document.mainPart, {
    type: part.relationship,
    target: name,
    isExternal: false,
  });
  return name;
}

/** Copies a part of another package, with all it relates to, once; its name here, or undefined when it is missing. */
export function copyPart(bench: PackageBench, from: WordDocument, name: string): string | undefined {
  const known = bench.copiedNames.get(name);
  if (known !== undefined) return known;
  if (!hasPart(from.package, name)) return undefined;
  const own = freeName(bench, name);
  bench.copiedNames.set(name, own);
  bench.copies.set(own, readPart(from.package, name));
  declareNewType(bench, own, contentTypeOf(from.package, name) ?? "application/octet-stream");
  copyRelationships(bench, from, name, own);
  return own;
}

/** The copied part's relationships keep their ids, which its content uses. */
function copyRelationships(bench: PackageBench, from: WordDocument, name: string, own: string): void {
  const relationships = relationshipsOf(from.package, name);
  if (relationships.length === 0) return;
  const written = relationships.map(({ id, type, target, isExternal }) => {
    const place = isExternal ? target : (copyPart(bench, from, target) ?? target);
    const mode = isExternal ? ' TargetMode="External"' : "";
    return `<Relationship Id="${escapeAttribute(id)}" Type="${escapeAttribute(type)}" Target="${escapeAttribute(place)}"${mode}/>`;
  });
  const text = `${declaration}<Relationships xmlns="${namespaceUri("pr")}">${written.join("")}</Relationships>`;
  bench.texts.added.set(relationshipsPart(own), { text, encoding: "utf-8" });
}

/** The relationships of a part as they stand on the bench, new ones included. */
export function benchRelationships(bench: PackageBench, part: string): readonly Relationship[] {
  return relationshipsOnBench(bench.texts, part);
}

export { edit as editPart, read as readText };
