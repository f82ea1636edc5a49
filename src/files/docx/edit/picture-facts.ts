import { imageSize } from "image-size";
import { attribute, descendantsNamed } from "../../xml/xml-tree.ts";
import type { WordDocument } from "../types.ts";

/** What an image file says of itself: its kind and its upright size in pixels. */
export type PictureFacts = { readonly type: PictureType; readonly width: number; readonly height: number };

export type PictureType = "png" | "jpg" | "gif";

/** Ending of the media part and content type of each kind of picture that Word shows everywhere. */
export const pictureParts: Readonly<Record<PictureType, readonly [ending: string, contentType: string]>> = {
  png: ["png", "image/png"],
  jpg: ["jpeg", "image/jpeg"],
  gif: ["gif", "image/gif"],
};

/** Kind and size of a picture; the reason where it is damaged or of another kind than PNG, JPEG and GIF. */
export function pictureFacts(image: Uint8Array): PictureFacts | { readonly cause: unknown } {
  try {
    const { type = "", width, height, orientation = 1 } = imageSize(image);
    if (!isPictureType(type) || !(width > 0) || !(height > 0)) return { cause: undefined };
    // From 5 on the camera was held upright (Exif 2.32, 4.6.4).
    return orientation >= 5 ? { type, width: height, height: width } : { type, width, height };
  } catch (cause) {
    return { cause };
  }
}

function isPictureType(type: string): type is PictureType {
  return Object.hasOwn(pictureParts, type);
}

/** Points: 96 pixels an inch, but no wider than the text (twips) and no higher than nine inches. */
export function shownSize(
  { width, height }: PictureFacts,
  textWidth: number,
  wanted: number | undefined,
): { readonly width: number; readonly height: number } {
  const shown = wanted ?? Math.min(width * 0.75, textWidth / 20, 648 * (width / height));
  return { width: shown, height: (shown / width) * height };
}

/** Whether Word takes a picture that many points wide; its own size where none is asked for. */
export function isPictureWidth(width: number | undefined): boolean {
  return width === undefined || (width >= 1 && width <= 1584);
}

/** The highest id of a drawing in the document: each has one of its own (20.4.2.5). */
export function highestDrawing({ stories }: WordDocument): number {
  let highest = 0;
  for (const { tree } of stories)
    for (const drawing of descendantsNamed(tree, 0, "wp:docPr"))
      highest = Math.max(highest, Number(attribute(tree, drawing, "id")) || 0);
  return highest;
}
