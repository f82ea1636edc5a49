import { relationshipsOf } from "../../opc/opc-package.ts";
import { attribute, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import type { WordDocument } from "../types.ts";

/** Headers and footers of two documents that stand in the same place: section, kind and pages. */
export type HeaderPairs = {
  readonly pairs: readonly (readonly [before: string, after: string])[];
  /** Parts that the other document has nothing for. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
};

/** Pairs headers and footers by section, `header` or `footer`, and the pages they are for (17.10.5). */
export function pairHeaders(before: WordDocument, after: WordDocument): HeaderPairs {
  const [old, fresh] = [headersOf(before), headersOf(after)];
  const partners = new Map<string, string>();
  const used = new Set<string>();
  for (const [place, part] of old) {
    const other = fresh.get(place);
    if (other === undefined || partners.has(part) || used.has(other)) continue;
    partners.set(part, other);
    used.add(other);
  }
  return {
    pairs: [...partners],
    onlyBefore: [...new Set(old.values())].filter((part) => !partners.has(part)),
    onlyAfter: [...new Set(fresh.values())].filter((part) => !used.has(part)),
  };
}

function headersOf(document: WordDocument): Map<string, string> {
  const { tree } = document.stories[0]!;
  const targets = new Map(
    relationshipsOf(document.package, document.mainPart).map((each) => [each.id, each.target]),
  );
  const found = new Map<string, string>();
  descendantsNamed(tree, 0, "w:sectPr").forEach((section, index) => {
    for (const child of childrenOf(tree, section)) {
      const name = nameOf(tree, child);
      if (name !== "w:headerReference" && name !== "w:footerReference") continue;
      const part = targets.get(attribute(tree, child, "r:id") ?? "");
      if (part === undefined || !document.stories.some((story) => story.name === part)) continue;
      found.set(`${name} ${attribute(tree, child, "w:type") ?? "default"} ${index}`, part);
    }
  });
  return found;
}
