import { TandemError } from "../../errors.ts";
import { openFile, type WordDocument } from "../../files/index.ts";
import { readDestinations } from "../../files/passages/pdf/read-destinations.ts";
import { attribute, childNamed, descendantsNamed } from "../../files/xml/xml-tree.ts";
import type { LayOut } from "../../tasks/task.ts";
import type { CliIo } from "./cli-io.ts";
import { runOffice } from "./run-office.ts";

/** Its first start on a slow machine takes ten seconds; a hundred pages take ten more. */
const deadlineMs = 60_000;

/**
 * Has LibreOffice lay documents out and says on which page a bookmark is printed. Never throws but on abort: without
 * LibreOffice, or where pages are not simply counted through, it gives the reason.
 */
export function officeLayOut({ env, signal }: Pick<CliIo, "env" | "signal">): LayOut {
  return async (docx, bookmarks) => {
    const first = firstPage(openFile(docx));
    if (first === undefined) return unknown("its pages are not counted through from the first to the last");
    try {
      const pdf = await runOffice(docx, {
        ending: "docx",
        target: "pdf",
        deadlineMs,
        searchPath: env.PATH,
        signal,
      });
      if (pdf === undefined) return unknown("LibreOffice, which would lay it out, is not installed");
      const found = await readDestinations(pdf);
      const pages = bookmarks.flatMap((name) => found.get(destinationName(name)) ?? []);
      if (pages.length < bookmarks.length || pages.some((page, index) => page < (pages[index - 1] ?? 1)))
        return unknown("not every heading was found in the laid out document");
      return { kind: "pages", pages: pages.map((page) => page + first - 1) };
    } catch (error) {
      if (signal.aborted || !(error instanceof TandemError)) throw error;
      return unknown(error.message);
    }
  };
}

function unknown(reason: string): { readonly kind: "unknown"; readonly reason: string } {
  return { kind: "unknown", reason };
}

/** LibreOffice writes all but letters and digits of a bookmark's name as their hexadecimal codes. */
function destinationName(bookmark: string): string {
  return bookmark.replace(/[^A-Za-z0-9]/g, (sign) => sign.charCodeAt(0).toString(16).toUpperCase());
}

/**
 * What the first page is numbered, in a document whose pages are counted through (17.6.12); undefined where a later
 * section starts anew, pages have other than Arabic numbers, or blank pages may stand between sections (17.6.22).
 */
function firstPage({ stories }: WordDocument): number | undefined {
  const { tree } = stories[0]!;
  let first = 1;
  for (const [index, section] of descendantsNamed(tree, 0, "w:sectPr").entries()) {
    const numbers = childNamed(tree, section, "w:pgNumType");
    const start = numbers < 0 ? undefined : attribute(tree, numbers, "w:start");
    const format = numbers < 0 ? undefined : attribute(tree, numbers, "w:fmt");
    const type = childNamed(tree, section, "w:type");
    const isPadded = index > 0 && type >= 0 && /^(odd|even)Page$/.test(attribute(tree, type, "w:val") ?? "");
    if (isPadded || (start !== undefined && index > 0) || (format ?? "decimal") !== "decimal")
      return undefined;
    if (start !== undefined) first = Number.parseInt(start, 10);
  }
  return Number.isInteger(first) && first > 0 ? first : undefined;
}
