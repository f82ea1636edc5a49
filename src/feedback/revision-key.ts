import type { Revision } from "../files/index.ts";

/** Author and second of a revision: what stays when a program renumbers the ids (ECMA-376-1, 17.13.5). */
export function revisionKey(revision: Pick<Revision, "author"> & { readonly date?: string }): string {
  const time = Date.parse(revision.date ?? "");
  return `${revision.author}\n${Number.isNaN(time) ? (revision.date ?? "") : Math.floor(time / 1000)}`;
}

/** The same by minute, for programs that drop the seconds. */
export function minuteKey(revision: Pick<Revision, "author"> & { readonly date?: string }): string {
  const time = Date.parse(revision.date ?? "");
  return `${revision.author}\n${Number.isNaN(time) ? (revision.date ?? "") : Math.floor(time / 60_000)}m`;
}

type Dated = Pick<Revision, "author"> & { readonly date?: string };

/**
 * False when the program that saved a file dropped the seconds of its revisions, as Word does with those it has read:
 * none of our authors' is of a second that was issued, but for the full minutes, or of another time altogether.
 */
export function keepsSeconds(issued: readonly Dated[], returned: Iterable<Dated>): boolean {
  if (!issued.some(hasSeconds)) return true;
  const [seconds, minutes] = [new Set(issued.map(revisionKey)), new Set(issued.map(minuteKey))];
  const authors = new Set(issued.map(({ author }) => author));
  for (const each of returned) {
    if (!authors.has(each.author) || !hasSeconds(each)) continue;
    if (seconds.has(revisionKey(each)) || !minutes.has(minuteKey(each))) return true;
  }
  return false;
}

function hasSeconds({ date }: Dated): boolean {
  return Date.parse(date ?? "") % 60_000 !== 0;
}
