import type { SourceText } from "../../../files/passages/passage.ts";

const namedColumns = 4;
const SAYS_NOTHING: ReadonlySet<string> = new Set(
  "notes note document documents doc docx file files draft report brief memo minutes untitled new call calls transcript meeting meetings table tables figures data source sources text copy final version input notizen dokument entwurf bericht protokoll tabelle quelle documento informe notas document1".split(
    " ",
  ),
);

/** What people call a source: its title, or its file's name without the ending. */
export function titleOf({ title, name }: Pick<SourceText, "title" | "name">): string {
  if (title !== undefined && title.trim() !== "") return title.replace(/\s+/gu, " ").trim();
  const bare = name
    .replace(/\.\w{1,5}$/u, "")
    .replaceAll(/[_-]+/gu, " ")
    .trim();
  return bare === "" ? name : bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** Whether a name only tells what kind of file something is: `Notes`, `Document 2`. */
export function saysNothing(name: string): boolean {
  const words = name.toLowerCase().match(/\p{L}{2,}/gu) ?? [];
  return words.every((word) => SAYS_NOTHING.has(word));
}

/** What a table is called: its own name, or the names of its first columns where that says nothing. */
export function tableTitle(name: string, columns: readonly string[]): string {
  const words = name.replaceAll("_", " ").trim();
  const names = columns.filter((each) => /\p{L}{2}/u.test(each) && !/^column [a-z]{1,3}$/iu.test(each));
  const title = saysNothing(words) && names.length > 0 ? names.slice(0, namedColumns).join(", ") : words;
  return title.charAt(0).toUpperCase() + title.slice(1);
}
