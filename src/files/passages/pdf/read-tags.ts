import type { PdfTag } from "./pdf-page.ts";

/** As pdf.js gives it: elements with a role, and marked content by id. */
export type StructureNode = {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly StructureNode[];
};

type Around = Omit<PdfTag, "block"> & { readonly block?: number };

/** Elements that are a paragraph of their own; what is inline (Span, Link) belongs to the one around. */
const blockRoles =
  /^(P|H[1-6]?|Title|LI|LBody|Caption|Note|FENote|TD|TH|TOCI|BlockQuote|Div|Sect|Figure|Formula|Index)$/;

/** The tag of each piece of marked content of a page, by its id. */
export function readTags(root: StructureNode): ReadonlyMap<string, PdfTag> {
  const tags = new Map<string, PdfTag>();
  let blocks = 0;
  let rows = 0;
  const read = (node: StructureNode, around: Around): void => {
    if (node.type === "content" && node.id !== undefined) {
      tags.set(node.id, { ...around, block: around.block ?? ++blocks });
      return;
    }
    const role = node.role ?? "";
    let inner = around;
    if (role === "TR") inner = { ...around, row: ++rows };
    else if (role === "Lbl" && around.role === "list-item") inner = { ...around, role: "left-out" };
    else if (blockRoles.test(role)) inner = { ...roleOf(role, around), block: ++blocks };
    let cell = 0;
    for (const child of node.children ?? []) {
      const isCell = role === "TR" && /^T[DH]$/.test(child.role ?? "");
      read(child, isCell ? { ...inner, cell: cell++, isHeader: child.role === "TH" } : inner);
    }
  };
  read(root, { role: "text" });
  return tags;
}

/** What stands in a cell, in a note or in a list of contents stays that, whatever is within. */
function roleOf(role: string, around: Around): Around {
  if (around.role === "left-out" || around.role === "cell") return around;
  if (role === "TOCI" || role === "Index") return { role: "left-out" };
  if (role === "TD" || role === "TH") return { ...around, role: "cell" };
  if (around.role === "note" || around.role === "caption") return around;
  const level = /^H([1-6])$/.exec(role)?.[1];
  if (level !== undefined) return { role: "heading", level: Number(level) };
  if (role === "H" || role === "Title") return { role: "heading", level: 1 };
  if (role === "LI" || role === "LBody") return { role: "list-item" };
  if (role === "Caption") return { role: "caption" };
  if (role === "Note" || role === "FENote") return { role: "note" };
  return around;
}
