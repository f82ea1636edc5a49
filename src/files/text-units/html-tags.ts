import type { MarkdownNode } from "./parse-markdown.ts";

export type HtmlPair = {
  readonly name: string;
  readonly open: number;
  readonly close: number;
  /** True for elements whose content is no prose. */
  readonly isOpaque: boolean;
};

const phrases = new Set(
  "a abbr b bdi big cite del dfn em font i ins label mark q s small span strike strong sub sup u".split(" "),
);
const opaque = new Set("code kbd math pre samp script style svg textarea tt var".split(" "));

/** The element that an inline HTML node opens or closes. */
export function tagName(node: MarkdownNode): { name: string; isClosing: boolean } | undefined {
  if (node.type !== "html") return undefined;
  const found = /^<(\/?)([a-z][a-z0-9]*)(?=[\s/>])/i.exec(node.value ?? "");
  return found === null ? undefined : { name: found[2]!.toLowerCase(), isClosing: found[1] === "/" };
}

/** Start and end tags of phrases among siblings, by the index of the start tag; those inside an opaque one left out. */
export function pairTags(nodes: readonly MarkdownNode[]): Map<number, HtmlPair> {
  const pairs = new Map<number, HtmlPair>();
  let open: { name: string; index: number }[] = [];
  nodes.forEach((node, index) => {
    const tag = tagName(node);
    if (tag === undefined || !(phrases.has(tag.name) || opaque.has(tag.name))) return;
    if (!tag.isClosing) {
      if (!/\/>$/.test(node.value ?? "")) open.push({ name: tag.name, index });
      return;
    }
    const from = open.findLastIndex(({ name }) => name === tag.name);
    if (from < 0) return;
    const start = open[from]!.index;
    pairs.set(start, { name: tag.name, open: start, close: index, isOpaque: opaque.has(tag.name) });
    open = open.slice(0, from);
  });
  return pairs;
}
