import { type PictureInText, pictureBytes } from "../files/docx/read/pictures.ts";
import type { WordDocument } from "../files/index.ts";
import type { IssuedPicture, IssuedStory } from "./ledger-types.ts";
import { hashCodes } from "./normalise-text.ts";
import type { Token } from "./tokens.ts";

/** What stands for a picture in a text. */
export const pictureText = "\ufffc";

const cache = new WeakMap<WordDocument, Map<string, string>>();

/** What a picture is known by. */
export function pictureKey(document: WordDocument, picture: PictureInText): IssuedPicture {
  const hashes = cache.get(document) ?? new Map<string, string>();
  cache.set(document, hashes);
  let hash = hashes.get(picture.part);
  if (hash === undefined) {
    const bytes = pictureBytes(document, picture) ?? new Uint8Array();
    hash = hashCodes(bytes.length, (index) => bytes[index]!);
    hashes.set(picture.part, hash);
  }
  return { hash, altText: picture.altText };
}

/** The pictures that a ledger's suggestions put in. */
export function issuedPictures(stories: readonly IssuedStory[]): IssuedPicture[] {
  return stories.flatMap(({ paragraphs }) =>
    paragraphs.flatMap((paragraph) =>
      typeof paragraph === "string"
        ? []
        : paragraph.segments.flatMap(({ picture }) => (picture === undefined ? [] : [picture])),
    ),
  );
}

/** True for the same picture, or one with the same text that a program has stored anew. */
export function isSamePicture(one: IssuedPicture, other: IssuedPicture): boolean {
  return one.hash === other.hash || (one.altText !== "" && one.altText === other.altText);
}

/** A picture among words: its text tells it from others. */
export function pictureToken({ hash }: IssuedPicture): Token {
  const text = pictureText + hash;
  return { text, plain: text, weight: 2, kind: "word" };
}
