import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { findMainPart } from "../opc/find-main-part.ts";
import {
  hasPart,
  isRelationshipType,
  type OpcPackage,
  type Relationship,
  readPart,
  relationshipsOf,
} from "../opc/opc-package.ts";
import { decodePart } from "../opc/part-text.ts";
import { scanXml } from "../xml/scan-xml.ts";
import { nameOf } from "../xml/xml-tree.ts";
import { readParagraphs } from "./read/read-paragraphs.ts";
import type { Paragraph, StoryPart, WordDocument } from "./types.ts";

const storyTypes: readonly (readonly [word: string, kind: StoryPart["kind"]])[] = [
  ["header", "header"],
  ["footer", "footer"],
  ["footnotes", "footnotes"],
  ["endnotes", "endnotes"],
  ["comments", "comments"],
];

/** The Word document in a package. Throws a typed error when the package holds something else or a damaged part. */
export function openWord(opc: OpcPackage): WordDocument {
  const mainPart = findDocumentPart(opc);
  const relationships = relationshipsOf(opc, mainPart);
  const body = openStory(opc, mainPart, "body");
  if (nameOf(body.tree, 0) !== "w:document") {
    throw new FileDamagedError(`${mainPart} is no Word document: its root is ${nameOf(body.tree, 0)}`);
  }
  const stories = [body, ...otherStories(opc, relationships)];
  let paragraphs: readonly Paragraph[] | undefined;
  const document: WordDocument = {
    kind: "docx",
    package: opc,
    mainPart,
    isStrict: isStrict(body),
    stories,
    get paragraphs(): readonly Paragraph[] {
      paragraphs ??= readParagraphs(document);
      return paragraphs;
    },
  };
  return document;
}

function findDocumentPart(opc: OpcPackage): string {
  const hint = "Tandem edits .docx, .docm, .dotx and .dotm files.";
  const { part, contentType } = findMainPart(opc, "document", hint);
  if (!/wordprocessingml|ms-word\.(document|template)\.macroEnabled/i.test(contentType)) {
    throw new FileUnsupportedError(
      `the file's main part is of type ${contentType || "unknown"}, not a Word document`,
      { hint },
    );
  }
  return part;
}

function openStory(opc: OpcPackage, name: string, kind: StoryPart["kind"]): StoryPart {
  const { text, encoding } = decodePart(readPart(opc, name), name);
  try {
    return { name, kind, encoding, tree: scanXml(text, opc.limits.depth) };
  } catch (cause) {
    if (!(cause instanceof FileDamagedError)) throw cause;
    throw new FileDamagedError(`${name}: ${cause.message}`, {
      cause,
      ...(cause.hint && { hint: cause.hint }),
    });
  }
}

function otherStories(opc: OpcPackage, relationships: readonly Relationship[]): StoryPart[] {
  const seen = new Set<string>();
  return storyTypes.flatMap(([word, kind]) =>
    relationships.flatMap((relationship) => {
      const { target, isExternal } = relationship;
      if (isExternal || !isRelationshipType(relationship, word)) return [];
      if (!hasPart(opc, target) || seen.has(target)) return [];
      seen.add(target);
      return [openStory(opc, target, kind)];
    }),
  );
}

function isStrict(body: StoryPart): boolean {
  const scope = body.tree.scopes[body.tree.scope[0]!]!;
  return [...scope.values()].includes("http://purl.oclc.org/ooxml/wordprocessingml/main");
}
