import { type ContentBlock, createDocument, openFile, paragraphText } from "../../files/index.ts";

/** A Word file with these blocks: a string is a paragraph, a string that begins with `# ` a heading of the first level. */
export function wordFile(...blocks: readonly (string | ContentBlock)[]): Uint8Array {
  return createDocument(
    blocks.map((block): ContentBlock => {
      if (typeof block !== "string") return block;
      const heading = /^(#+) (.*)$/u.exec(block);
      if (heading === null) return { kind: "paragraph", runs: [{ text: block }] };
      const level = Math.min(4, heading[1]?.length ?? 1) as 1 | 2 | 3 | 4;
      return { kind: "heading", level, runs: [{ text: heading[2] ?? "" }] };
    }),
    { title: "Test", created: new Date(0) },
  );
}

/** The final texts of the body's paragraphs that are not empty. */
export function bodyTexts(bytes: Uint8Array): readonly string[] {
  return openFile(bytes)
    .paragraphs.filter((paragraph) => paragraph.story.kind === "body")
    .map((paragraph) => paragraphText(paragraph))
    .filter((text) => text !== "");
}
