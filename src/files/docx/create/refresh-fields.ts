import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attribute, openTag, textOf } from "../../xml/xml-tree.ts";
import { createMarkup } from "../edit/markup.ts";
import type { DocumentProperties } from "./content.ts";
import { formatDate } from "./date-picture.ts";
import { readFields, type StoryField } from "./story-fields.ts";

/**
 * Gives the fields that show the document's properties or its date the results they now have (17.16.5), since Word
 * prints old results until somebody updates them. Tables of contents are marked for Word to make anew.
 */
export function fieldSplices(tree: XmlTree, properties: DocumentProperties): Splice[] {
  return readFields(tree).flatMap((field) => {
    if (field.isLocked) return [];
    if (/^\s*TOC\b/i.test(field.code)) return markDirty(tree, field);
    const value = fieldValue(field.code, properties);
    return value === undefined || field.holdsFields ? [] : setResult(tree, field, value);
  });
}

/** What a field shows, undefined when it shows nothing that we know. */
function fieldValue(code: string, properties: DocumentProperties): string | undefined {
  const [, kind = "", rest = ""] = /^\s*([A-Za-z]+)\b(.*)$/s.exec(code) ?? [];
  const name =
    kind.toUpperCase() === "DOCPROPERTY" ? (/^\s*"?([^"\\]+?)"?\s*(\\|$)/.exec(rest)?.[1] ?? "") : kind;
  // TITLE "text" does not show the title, it sets it.
  if (name === kind && /^\s*[^\s\\]/.test(rest)) return undefined;
  const value = propertyValue(name.toUpperCase(), rest, properties);
  return value === undefined ? undefined : inCase(value, rest);
}

function propertyValue(name: string, switches: string, properties: DocumentProperties): string | undefined {
  switch (name) {
    case "TITLE":
      return properties.title ?? "";
    case "AUTHOR":
    case "LASTSAVEDBY":
      return properties.author;
    case "SUBJECT":
      return properties.subject;
    case "DATE":
    case "CREATEDATE":
    case "SAVEDATE":
    case "TIME":
      return formatDate(
        properties.created,
        /\\@\s*(?:"([^"]*)"|(\S+))/.exec(switches)?.slice(1).find(Boolean),
        properties.language,
      );
    default:
      return undefined;
  }
}

/** The general formatting switch of letters (17.16.4.3.1). */
function inCase(value: string, switches: string): string {
  const format = /\\\*\s*(upper|lower|firstcap|caps)\b/i.exec(switches)?.[1]?.toLowerCase();
  if (format === "upper") return value.toUpperCase();
  if (format === "lower") return value.toLowerCase();
  if (format === "firstcap") return value.replace(/^./u, (letter) => letter.toUpperCase());
  if (format === "caps") return value.replace(/(^|\s)\S/gu, (letter) => letter.toUpperCase());
  return value;
}

/** The first text of the result holds the value, the others nothing; a result without text gets a run. */
function setResult(tree: XmlTree, field: StoryField, value: string): Splice[] {
  const markup = createMarkup(tree);
  const [first, ...others] = field.texts;
  if (first === undefined) {
    if (field.resultStart === undefined || value === "") return [];
    return [{ start: field.resultStart, end: field.resultStart, text: markup.run("", value) }];
  }
  if (field.texts.map((each) => textOf(tree, each)).join("") === value) return [];
  const replace = (element: number, text: string): Splice => ({
    start: tree.start[element]!,
    end: tree.end[element]!,
    text,
  });
  return [replace(first, markup.text("w:t", value)), ...others.map((each) => replace(each, ""))];
}

function markDirty(tree: XmlTree, { begin }: StoryField): Splice[] {
  if (attribute(tree, begin, "w:dirty") !== undefined) return [];
  const tag = openTag(tree, begin);
  const prefix = /([A-Za-z_][\w.-]*):(fldCharType|instr)\s*=/.exec(tag)?.[1];
  if (prefix === undefined) return [];
  const at = tree.nameEnd[begin]!;
  return [{ start: at, end: at, text: ` ${prefix}:dirty="true"` }];
}
