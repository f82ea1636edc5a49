import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { scanXml } from "../xml/scan-xml.ts";
import { attribute, nameOf } from "../xml/xml-tree.ts";
import { type Codec, defaultCodec } from "./codec.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { decodePart } from "./part-text.ts";
import { inflateEntry, readZip, type ZipArchive, type ZipEntry } from "./read-zip.ts";

/** An Open Packaging Conventions package (ECMA-376-2): parts in a zip, with types and relationships. */
export type OpcPackage = {
  readonly archive: ZipArchive;
  readonly codec: Codec;
  readonly limits: Limits;
  /** Zip entries by part name in lower case (`/word/document.xml`). */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly contentTypes: ContentTypes;
};

export type ContentTypes = {
  /** By part name in lower case. */
  readonly overrides: ReadonlyMap<string, string>;
  /** By file ending in lower case. */
  readonly defaults: ReadonlyMap<string, string>;
};

export type Relationship = {
  readonly id: string;
  readonly type: string;
  /** A part name for internal targets, the address as written for external ones. */
  readonly target: string;
  readonly isExternal: boolean;
};

export const contentTypesPart = "/[Content_Types].xml";

/**
 * Opens a package without inflating more than its content types. Throws `FileDamagedError` for what is no
 * complete zip, `FileUnsupportedError` for encrypted or old binary Office files, `FileTooLargeError` above the limits.
 */
export function openPackage(
  bytes: Uint8Array,
  options: { limits?: Partial<Limits>; codec?: Codec } = {},
): OpcPackage {
  refuseOtherFormats(bytes);
  const limits = { ...defaultLimits, ...options.limits };
  const codec = options.codec ?? defaultCodec;
  const archive = readZip(bytes, limits);
  const entries = new Map(archive.entries.map((entry) => [`/${entry.name}`.toLowerCase(), entry]));
  const contentTypesEntry = entries.get(contentTypesPart.toLowerCase());
  if (contentTypesEntry === undefined) {
    throw new FileUnsupportedError("this zip archive is no Office file: it has no [Content_Types].xml");
  }
  const xml = decodePart(inflateEntry(archive, contentTypesEntry, codec), contentTypesPart).text;
  return { archive, codec, limits, entries, contentTypes: readContentTypes(xml) };
}

function refuseOtherFormats(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new FileDamagedError("the file is empty");
  const begins = (...signature: number[]): boolean => signature.every((byte, index) => bytes[index] === byte);
  // Compound File Binary: an encrypted OOXML file (MS-OFFCRYPTO 2.3.1) or a .doc/.xls/.ppt.
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    throw new FileUnsupportedError("the file is protected by a password, or in the old binary format", {
      hint: "Open it in Office, remove the password or save it as .docx, and try again.",
    });
  }
  if (begins(0x25, 0x50, 0x44, 0x46)) throw new FileUnsupportedError("this is a PDF, not an Office file");
  if (begins(0x7b, 0x5c, 0x72, 0x74, 0x66)) {
    throw new FileUnsupportedError("this is an RTF file", { hint: "Save it as .docx in Word." });
  }
}

/** True when the package has a part of that name. */
export function hasPart(opc: OpcPackage, name: string): boolean {
  return opc.entries.has(name.toLowerCase());
}

/** The inflated bytes of a part. Throws `FileDamagedError` when it is missing or damaged. */
export function readPart(opc: OpcPackage, name: string): Uint8Array {
  const entry = opc.entries.get(name.toLowerCase());
  if (entry === undefined) throw new FileDamagedError(`the part ${name} is missing from the file`);
  return inflateEntry(opc.archive, entry, opc.codec);
}

/** The part's content type, or undefined when nothing declares one (ECMA-376-2, 7.2.3). */
export function contentTypeOf(opc: OpcPackage, name: string): string | undefined {
  const key = name.toLowerCase();
  const ending = key.slice(key.lastIndexOf(".") + 1);
  return opc.contentTypes.overrides.get(key) ?? opc.contentTypes.defaults.get(ending);
}

function readContentTypes(xml: string): ContentTypes {
  const tree = scanXml(xml);
  const overrides = new Map<string, string>();
  const defaults = new Map<string, string>();
  for (let index = 0; index < tree.count; index++) {
    const type = attribute(tree, index, "ContentType");
    if (type === undefined) continue;
    if (nameOf(tree, index) === "ct:Override") {
      overrides.set((attribute(tree, index, "PartName") ?? "").toLowerCase(), type);
    } else if (nameOf(tree, index) === "ct:Default") {
      defaults.set((attribute(tree, index, "Extension") ?? "").toLowerCase(), type);
    }
  }
  return { overrides, defaults };
}

/** The name of the part that holds the relationships of `part`; of the package itself for `/`. */
export function relationshipsPart(part: string): string {
  const slash = part.lastIndexOf("/");
  return `${part.slice(0, slash)}/_rels/${part.slice(slash + 1)}.rels`;
}

/** The relationships of a part, or of the package for `/`; empty when it has none. */
export function relationshipsOf(opc: OpcPackage, part: string): readonly Relationship[] {
  const name = relationshipsPart(part);
  if (!hasPart(opc, name)) return [];
  return parseRelationships(decodePart(readPart(opc, name), name).text, part);
}

/** The relationships that the XML of a relationships part gives to `part`. */
export function parseRelationships(xml: string, part: string): readonly Relationship[] {
  const tree = scanXml(xml);
  const found: Relationship[] = [];
  for (let index = 0; index < tree.count; index++) {
    if (nameOf(tree, index) !== "pr:Relationship") continue;
    const target = attribute(tree, index, "Target") ?? "";
    const isExternal = attribute(tree, index, "TargetMode") === "External";
    found.push({
      id: attribute(tree, index, "Id") ?? "",
      type: attribute(tree, index, "Type") ?? "",
      target: isExternal ? target : resolveTarget(part, target),
      isExternal,
    });
  }
  return found;
}

/** The part name that a relative target of `source` names (RFC 3986, 5.2.4). */
export function resolveTarget(source: string, target: string): string {
  const path = (
    target.startsWith("/") ? target : `${source.slice(0, source.lastIndexOf("/"))}/${target}`
  ).split("#")[0]!;
  const segments: string[] = [];
  for (const segment of path.replaceAll("\\", "/").split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const name = `/${segments.join("/")}`;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** True when a relationship type ends in that word, in transitional and strict files alike. */
export function isRelationshipType(relationship: Relationship, word: string): boolean {
  return relationship.type.endsWith(`/${word}`);
}
