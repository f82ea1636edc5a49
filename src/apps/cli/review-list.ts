import type { Comment, TrackedChange, WordDocument } from "../../files/index.ts";
import { headingPaths, placeOf } from "./heading-path.ts";
import { printable, printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { shorten } from "./text-table.ts";
import { wrapText } from "./wrap-text.ts";

/** Where the paragraph with that id is, in words; null when nobody knows. */
export type Places = (paragraph: string | undefined) => string | null;

/** Places of a document's paragraphs. */
export function placesOf(document: WordDocument): Places {
  const paths = headingPaths(document);
  const byId = new Map(document.paragraphs.map((paragraph) => [paragraph.id, paragraph]));
  return (id) => {
    const paragraph = id === undefined ? undefined : byId.get(id);
    return paragraph === undefined ? null : placeOf(paragraph, paths) || null;
  };
}

/** A tracked change as `--json` prints it. */
export function changeJson(change: TrackedChange, places: Places): object {
  const { number, kind, part, paragraph, revision, text } = change;
  return {
    number,
    kind,
    author: revision.author,
    date: revision.date ?? null,
    text,
    heading: places(paragraph),
    paragraph: paragraph ?? null,
    part,
  };
}

const SHOWN_LINES = 3;

/** A tracked change as lines for the terminal. */
export function changeLines(change: TrackedChange, places: Places, terminal: Terminal): string[] {
  const { paint, width } = terminal;
  const isGone = /delet|moved-from/.test(change.kind);
  const isNew = /insert|moved-to/.test(change.kind);
  const sign = isGone ? "-" : isNew ? "+" : "~";
  const label = String(change.number).padStart(4);
  const head = [
    { text: `${change.kind}`, format: "bold" as const },
    { text: ` by ${byLine(change.revision)}` },
    { text: place(places(change.paragraph)), format: "dim" as const },
  ];
  const [first = "", ...rest] = wrapText(head, { width, indent: "      ", paint });
  const text = shorten(printableLine(change.text), (width - 8) * SHOWN_LINES);
  const segment = isGone
    ? { text, format: "red" as const }
    : isNew
      ? { text, format: "green" as const }
      : { text };
  const body =
    text === "" ? [] : wrapText([{ text: `${sign} ` }, segment], { width, indent: "      ", paint });
  return [`${label}  ${first.trimStart()}`, ...rest, ...body];
}

/** A comment as lines for the terminal. */
export function commentLines(comment: Comment, places: Places, terminal: Terminal): string[] {
  const { paint, width } = terminal;
  const kind =
    comment.replyTo === undefined ? `comment ${comment.id}` : `reply to comment ${comment.replyTo}`;
  const state = comment.isResolved ? ", resolved" : "";
  const head = [
    { text: printableLine(kind), format: "bold" as const },
    { text: ` by ${byLine(comment)}${state}` },
    { text: place(places(comment.paragraph)), format: "dim" as const },
  ];
  const quote = comment.quote === undefined ? "" : shorten(printableLine(comment.quote), width - 12);
  return [
    ...wrapText(head, { width, indent: "  ", paint }),
    ...(quote === ""
      ? []
      : wrapText([{ text: `"${quote}"`, format: "dim" }], { width, indent: "      ", paint })),
    ...wrapText([{ text: printable(comment.text), format: "cyan" }], { width, indent: "      ", paint }),
  ];
}

function byLine({ author, date }: { readonly author: string; readonly date?: string }): string {
  const name = printableLine(author) || "nobody named";
  return date === undefined ? name : `${name}, ${printableLine(date).replace(/T(\d\d:\d\d).*/, " $1")}`;
}

function place(heading: string | null): string {
  return heading === null ? "" : `, in ${printableLine(heading)}`;
}
