import { BadRequestError } from "../../../errors.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices, type Splice } from "../../xml/splice.ts";
import { escapeText } from "../../xml/xml-text.ts";
import { childrenOf, nameOf } from "../../xml/xml-tree.ts";
import type { DocumentProperties } from "./content.ts";
import { appendToRoot } from "./create-root.ts";
import { checkText } from "./create-runs.ts";

const core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
const dc = "http://purl.org/dc/elements/1.1/";
const terms = "http://purl.org/dc/terms/";
const schemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

const empty = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="${core}" xmlns:dc="${dc}" xmlns:dcterms="${terms}" xmlns:xsi="${schemaInstance}"/>`;

/**
 * The core properties part (ECMA-376-2, 8.3) with those of the new document in place of the template's; others,
 * such as its category, stay. `source` is the template's part, undefined when it has none.
 */
export function corePropertiesXml(source: string | undefined, properties: DocumentProperties): string {
  const tree = scanXml(source ?? empty);
  const wanted = coreElements(properties);
  const splices: Splice[] = [];
  const present = new Set<string>();
  for (const child of childrenOf(tree, 0)) {
    const name = nameOf(tree, child);
    const xml = wanted.get(name);
    // Times the template was printed and revised say nothing about the new document.
    const isStale = name === "cp:lastPrinted" || name === "cp:revision";
    if (xml === undefined && !isStale) continue;
    splices.push({
      start: tree.start[child]!,
      end: tree.end[child]!,
      text: present.has(name) ? "" : (xml ?? ""),
    });
    present.add(name);
  }
  const missing = [...wanted].filter(([name]) => !present.has(name)).map(([, xml]) => xml);
  return applySplices(tree.source, [...splices, ...appendToRoot(tree, missing.join(""))]);
}

const stale =
  /[}:]?(TotalTime|Pages|Words|Characters|CharactersWithSpaces|Lines|Paragraphs|HeadingPairs|TitlesOfParts|HLinks|LinksUpToDate|HyperlinksChanged)$/;

/** Splices that take out of an extended properties part (ECMA-376-1, 22.2) what it counted in the template's text. */
export function staleStatistics(tree: XmlTree): Splice[] {
  return childrenOf(tree, 0)
    .filter((child) => stale.test(nameOf(tree, child)))
    .map((child) => ({ start: tree.start[child]!, end: tree.end[child]!, text: "" }));
}

/** By canonical name. Each declares its namespace itself, since the part may use other prefixes. */
function coreElements(properties: DocumentProperties): ReadonlyMap<string, string> {
  const elements = new Map<string, string>();
  const text = (prefix: "dc" | "cp", name: string, value: string | undefined): void => {
    if (value === undefined) return;
    const uri = prefix === "dc" ? dc : core;
    const escaped = escapeText(checkText(value));
    elements.set(
      `${prefix}:${name}`,
      `<${prefix}:${name} xmlns:${prefix}="${uri}">${escaped}</${prefix}:${name}>`,
    );
  };
  const time = (name: string): void => {
    const value = isoSeconds(properties.created);
    elements.set(
      `{${terms}}${name}`,
      `<dcterms:${name} xmlns:dcterms="${terms}" xmlns:xsi="${schemaInstance}" xsi:type="dcterms:W3CDTF">${value}</dcterms:${name}>`,
    );
  };
  // Always written: a new document must not go by the template's title.
  text("dc", "title", properties.title ?? "");
  text("dc", "subject", properties.subject);
  text("dc", "creator", properties.author);
  text("cp", "lastModifiedBy", properties.author);
  text("dc", "language", properties.language);
  time("created");
  time("modified");
  return elements;
}

function isoSeconds(date: Date): string {
  if (Number.isNaN(date.getTime())) throw new BadRequestError("the document's date of creation is no date");
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** The day of creation in words of the document's language, by UTC; English when it names none. */
export function dateInWords(properties: DocumentProperties): string {
  const language = properties.language ?? "en-GB";
  try {
    return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(
      properties.created,
    );
  } catch (cause) {
    if (Number.isNaN(properties.created.getTime())) {
      throw new BadRequestError("the document's date of creation is no date", { cause });
    }
    throw new BadRequestError(`${JSON.stringify(language)} is no language tag`, {
      cause,
      hint: "For example: en-GB, de-DE.",
    });
  }
}
