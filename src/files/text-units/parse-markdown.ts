import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { FileDamagedError, FileTooLargeError } from "../../errors.ts";

/** A node of the Markdown tree (mdast), with what is used of it here. */
export type MarkdownNode = {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly title?: string | null;
  readonly alt?: string | null;
  readonly referenceType?: "shortcut" | "collapsed" | "full";
  readonly children?: readonly MarkdownNode[];
  readonly position?: {
    readonly start: { readonly offset?: number; readonly line: number };
    readonly end: { readonly offset?: number; readonly line: number };
  };
};

/** Most characters: about 400 pages, which take some ten seconds. */
const maxLength = 1_000_000;

// The extension looks for addresses in texts once more, past escapes; GitHub doesn't.
const extensions = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));

/** The tree of a Markdown text as GitHub reads it (CommonMark, tables, strikethrough, task lists, footnotes). */
export function parseMarkdown(source: string): MarkdownNode {
  if (source.length > maxLength)
    throw new FileTooLargeError("the Markdown text is longer than a million characters", {
      hint: "Split it into parts.",
    });
  // The parser's time grows with the square of the depth.
  if (/(?:>[ \t]*){200}/.test(source))
    throw new FileDamagedError("the Markdown text holds quotations in 200 quotations");
  return fromMarkdown(source, { extensions: [gfm()], mdastExtensions: extensions }) as MarkdownNode;
}

export function startOf(node: MarkdownNode): number {
  return node.position?.start.offset ?? 0;
}

export function endOf(node: MarkdownNode): number {
  return node.position?.end.offset ?? 0;
}
