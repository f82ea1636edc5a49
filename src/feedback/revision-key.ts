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
