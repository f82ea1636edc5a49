import { type Paragraph, paragraphText, type WordDocument } from "../../files/index.ts";

/** The headings a paragraph stands under, outermost first, as a person reads them: `2 Costs`. */
export type HeadingPath = readonly string[];

/** Heading path by paragraph id; a heading's own path ends with itself. Stories beside the body have none. */
export function headingPaths(document: WordDocument): ReadonlyMap<string, HeadingPath> {
  const paths = new Map<string, HeadingPath>();
  let open: { readonly level: number; readonly title: string }[] = [];
  for (const paragraph of document.paragraphs) {
    if (paragraph.story.kind !== "body") continue;
    const level = paragraph.headingLevel;
    const title = headingTitle(paragraph);
    if (level !== undefined && title !== "") {
      open = [...open.filter((heading) => heading.level < level), { level, title }];
    }
    paths.set(
      paragraph.id,
      open.map((heading) => heading.title),
    );
  }
  return paths;
}

/** Where a paragraph is, in words: heading path, table cell, or the story it belongs to. */
export function placeOf(paragraph: Paragraph, paths: ReadonlyMap<string, HeadingPath>): string {
  const words = [...(paths.get(paragraph.id) ?? [])];
  const { story, cell } = paragraph;
  if (story.kind === "footnote" || story.kind === "endnote") words.push(`${story.kind} ${story.id}`);
  else if (story.kind !== "body") words.push(story.kind);
  if (paragraph.isInTextBox) words.push("text box");
  if (cell !== undefined)
    words.push(`table ${cell.table + 1}, row ${cell.row + 1}, column ${cell.column + 1}`);
  return words.join(" > ");
}

function headingTitle(paragraph: Paragraph): string {
  if (paragraph.headingLevel === undefined) return "";
  const text = paragraphText(paragraph).replace(/\s+/g, " ").trim();
  return text === "" || paragraph.numbering === undefined ? text : `${paragraph.numbering} ${text}`;
}
