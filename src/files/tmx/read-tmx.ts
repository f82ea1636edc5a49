import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { withLine } from "../xliff/with-line.ts";
import { scanXml, type XmlTree } from "../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, nameOf, textOf } from "../xml/xml-tree.ts";
import { dropDoctype } from "./drop-doctype.ts";
import { readTmxText } from "./read-tmx-text.ts";
import type { TmxHistory, TmxMemory, TmxUnit, TmxVariant } from "./types.ts";
import { xmlText } from "./xml-text-of.ts";

/**
 * Reads a TMX file of version 1.1 to 1.4b. Variants without a language or a text are passed over, and so are units with no
 * variant. Throws `FileDamagedError` with the line for what is no TMX.
 */
export function readTmx(input: Uint8Array | string): TmxMemory {
  const text = dropDoctype(xmlText(input, "the TMX file"));
  return withLine(text, () => {
    const tree = scanXml(text);
    if (nameOf(tree, 0) !== "tmx")
      throw new FileDamagedError(`the file is no TMX: its first element is ${nameOf(tree, 0)}`);
    const version = attribute(tree, 0, "version") ?? "1.4";
    if (!/^1(?:\.|$)/.test(version)) throw new FileUnsupportedError(`TMX ${version} is not read; 1.4 is`);
    const header = childNamed(tree, 0, "header");
    const body = childNamed(tree, 0, "body");
    if (body < 0) throw new FileDamagedError(`the TMX file has no body, at character ${tree.start[0]}`);
    const source = (header < 0 ? undefined : attribute(tree, header, "srclang")) ?? "*all*";
    const units = childrenOf(tree, body)
      .filter((child) => nameOf(tree, child) === "tu")
      .map((unit) => readUnit(tree, unit))
      .filter(({ variants }) => variants.length > 0);
    return { source, units };
  });
}

function readUnit(tree: XmlTree, unit: number): TmxUnit {
  const variants: TmxVariant[] = [];
  const notes: string[] = [];
  const properties: { type: string; text: string }[] = [];
  for (const child of childrenOf(tree, unit)) {
    const name = nameOf(tree, child);
    if (name === "note") notes.push(textOf(tree, child));
    else if (name === "prop")
      properties.push({ type: attribute(tree, child, "type") ?? "", text: textOf(tree, child) });
    else if (name === "tuv") variants.push(...readVariant(tree, child));
  }
  const id = attribute(tree, unit, "tuid");
  return {
    ...(id === undefined ? {} : { id }),
    ...readHistory(tree, unit),
    variants,
    ...(notes.length === 0 ? {} : { notes }),
    ...(properties.length === 0 ? {} : { properties }),
  };
}

function readVariant(tree: XmlTree, variant: number): TmxVariant[] {
  // `lang` is from TMX 1.1.
  const language = attribute(tree, variant, "xml:lang") ?? attribute(tree, variant, "lang");
  const segment = childNamed(tree, variant, "seg");
  if (!language || segment < 0) return [];
  return [{ language, ...readHistory(tree, variant), content: readTmxText(tree, segment) }];
}

function readHistory(tree: XmlTree, element: number): TmxHistory {
  const created = readDate(attribute(tree, element, "creationdate"));
  const createdBy = attribute(tree, element, "creationid");
  const changed = readDate(attribute(tree, element, "changedate"));
  const changedBy = attribute(tree, element, "changeid");
  return {
    ...(created === undefined ? {} : { created }),
    ...(createdBy === undefined ? {} : { createdBy }),
    ...(changed === undefined ? {} : { changed }),
    ...(changedBy === undefined ? {} : { changedBy }),
  };
}

/** `20260131T120000Z` as ISO 8601; undefined for other forms. */
function readDate(value: string | undefined): string | undefined {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?Z$/.exec(value ?? "");
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}
