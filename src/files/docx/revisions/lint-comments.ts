import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import type { LintFinding } from "./lint-tracked-changes.ts";

/**
 * Entries of a `commentsExtended` part (MS-DOCX 2.5.2.2) whose paragraph, or whose parent's paragraph, is in no
 * comment. `index` counts in the tree of `commentsExtended`.
 */
export function lintComments(comments: XmlTree, commentsExtended: XmlTree): LintFinding[] {
  const known = new Set<string>();
  for (const paragraph of descendantsNamed(comments, 0, "w:p")) {
    const id = attribute(comments, paragraph, "w14:paraId");
    if (id !== undefined) known.add(id.toUpperCase());
  }
  const findings: LintFinding[] = [];
  for (let index = 0; index < commentsExtended.count; index++) {
    if (nameOf(commentsExtended, index) !== "w15:commentEx") continue;
    for (const name of ["w15:paraId", "w15:paraIdParent"]) {
      const id = attribute(commentsExtended, index, name);
      if (
        (id === undefined && name === "w15:paraIdParent") ||
        (id !== undefined && known.has(id.toUpperCase()))
      )
        continue;
      const message = `commentEx names the paragraph ${id ?? "(none)"}, which is in no comment`;
      findings.push({
        rule: "comment-without-paragraph",
        index,
        message,
        key: `comment-without-paragraph ${name} ${id}`,
      });
    }
  }
  return findings;
}
