import {
  hasPart,
  isRelationshipType,
  type OpcPackage,
  readPart,
  relationshipsOf,
} from "../../opc/opc-package.ts";
import { decodePart } from "../../opc/part-text.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import type { StoryPart, WordDocument } from "../types.ts";
import { readStyleSheet, type StyleSheet } from "./style-traits.ts";

/** A part with text, the styles it uses, and what a person calls it. */
export type TextStory = Pick<StoryPart, "name" | "encoding" | "tree"> & {
  readonly kind: StoryPart["kind"] | "glossary";
  readonly sheet: StyleSheet;
};

/** The parts that hold a document's text: those of the main document, then those of its building blocks. */
export function textStories(
  document: WordDocument,
  options: { readonly comments: boolean; readonly untranslatedStyles: readonly string[] },
): TextStory[] {
  const opc = document.package;
  const sheet = readStyleSheet(opc, document.mainPart, options.untranslatedStyles);
  const own = document.stories
    .filter(({ kind }) => options.comments || kind !== "comments")
    .map((story): TextStory => ({ ...story, sheet }));
  const glossary = relationshipsOf(opc, document.mainPart).find(
    (each) => !each.isExternal && isRelationshipType(each, "glossaryDocument") && hasPart(opc, each.target),
  )?.target;
  if (glossary === undefined) return own;
  const blocks = readStyleSheet(opc, glossary, options.untranslatedStyles);
  const seen = new Set(own.map(({ name }) => name));
  const others = relationshipsOf(opc, glossary).filter(
    (each) =>
      !each.isExternal &&
      hasPart(opc, each.target) &&
      !seen.has(each.target) &&
      ["header", "footer", "footnotes", "endnotes"].some((word) => isRelationshipType(each, word)),
  );
  const names = [...new Set([glossary, ...others.map(({ target }) => target)])];
  return [...own, ...names.map((name) => openStory(opc, name, blocks))];
}

function openStory(opc: OpcPackage, name: string, sheet: StyleSheet): TextStory {
  const { text, encoding } = decodePart(readPart(opc, name), name);
  return { name, kind: "glossary", encoding, tree: scanXml(text, opc.limits.depth), sheet };
}
