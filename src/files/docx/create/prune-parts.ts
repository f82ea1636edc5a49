import { contentTypesPart, hasPart, readPart, relationshipsPart } from "../../opc/opc-package.ts";
import { benchRelationships } from "../../opc/part-bench.ts";
import { decodePart } from "../../opc/part-text.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { attribute, childrenOf, descendantsNamed, nameOf } from "../../xml/xml-tree.ts";
import { edit, partName, read, type Workbench } from "../edit/part-workbench.ts";
import { dropComments } from "../edit/remove-comments.ts";

/**
 * Takes out of the bench what only text that was replaced has used: its notes and comments, its relationships, and the
 * parts that nothing leads to any more. Gives the names of those parts; whoever saves leaves them out.
 */
export function pruneParts(bench: Workbench): ReadonlySet<string> {
  const before = reachable(bench, originalTargets(bench));
  for (const kind of ["footnote", "endnote"] as const) dropNotes(bench, kind);
  dropLostComments(bench);
  for (const name of [...bench.replaced.keys()]) dropRelationships(bench, name);
  const after = reachable(bench, (part) =>
    benchRelationships(bench, part)
      .filter(isInternal)
      .map(({ target }) => target),
  );
  const removed = new Set<string>();
  for (const [key, name] of before) {
    if (after.has(key)) continue;
    removed.add(name);
    if (hasPart(bench.package, relationshipsPart(name))) removed.add(relationshipsPart(name));
  }
  for (const name of removed) bench.replaced.delete(name);
  dropTypes(bench, removed);
  return removed;
}

const isInternal = ({ isExternal }: { readonly isExternal: boolean }): boolean => !isExternal;

function originalTargets(bench: Workbench): (part: string) => string[] {
  const untouched = { ...bench, replaced: new Map(), added: new Map() };
  return (part) =>
    benchRelationships(untouched, part)
      .filter(isInternal)
      .map(({ target }) => target);
}

/** The parts that relationships lead to from the package, by name in lower case. */
function reachable(bench: Workbench, targetsOf: (part: string) => readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const open = ["/"];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    for (const target of targetsOf(part)) {
      const key = target.toLowerCase();
      if (found.has(key) || !(hasPart(bench.package, target) || bench.added.has(target))) continue;
      found.set(key, target);
      open.push(target);
    }
  }
  return found;
}

/** The source of every story as it now is, where references to notes and comments stand. */
function storyTrees(bench: Workbench): XmlTree[] {
  return bench.document.stories
    .filter(({ kind }) => kind !== "comments")
    .map(({ name, tree }) =>
      bench.replaced.has(name) ? scanXml(read(bench, name).text, bench.package.limits.depth) : tree,
    );
}

function referencedIds(trees: readonly XmlTree[], names: readonly string[]): Set<string> {
  return new Set(
    trees.flatMap((tree) =>
      names.flatMap((name) =>
        descendantsNamed(tree, 0, name).map((each) => attribute(tree, each, "w:id") ?? ""),
      ),
    ),
  );
}

/** Notes without a mark in the text; separators have a type and stay. */
function dropNotes(bench: Workbench, kind: "footnote" | "endnote"): void {
  const part = partName(bench, `${kind}s`);
  if (part === undefined || bench.added.has(part)) return;
  const used = referencedIds(storyTrees(bench), [`w:${kind}Reference`]);
  const lost = (tree: XmlTree): number[] =>
    childrenOf(tree, 0).filter(
      (each) =>
        nameOf(tree, each) === `w:${kind}` &&
        /^(normal)?$/.test(attribute(tree, each, "w:type") ?? "") &&
        !used.has(attribute(tree, each, "w:id") ?? ""),
    );
  if (lost(scanXml(read(bench, part).text, bench.package.limits.depth)).length === 0) return;
  edit(bench, part, (tree) => lost(tree).map((each) => removal(tree, each)));
}

function dropLostComments(bench: Workbench): void {
  const part = partName(bench, "comments");
  if (part === undefined || bench.added.has(part)) return;
  const used = referencedIds(storyTrees(bench), ["w:commentReference", "w:commentRangeStart"]);
  const idsIn = (): string[] => {
    const tree = scanXml(read(bench, part).text, bench.package.limits.depth);
    return childrenOf(tree, 0).map((each) => attribute(tree, each, "w:id") ?? "");
  };
  const lost = idsIn().filter((id) => !used.has(id));
  if (lost.length === 0) return;
  dropComments(bench, new Set(lost));
  if (idsIn().length > 0) return;
  const { mainPart } = bench.document;
  const empty = benchRelationships(bench, mainPart).filter(({ type }) =>
    /\/comments(Extended|Ids|Extensible)?$/.test(type),
  );
  removeRelationships(bench, mainPart, new Set(empty.map(({ id }) => id)));
}

/** What a part leads to by an id in its text, and by that alone; styles and the like belong to it without being named. */
const namedInText =
  /\/(header|footer|hyperlink|image|chart\w*|diagram\w*|oleObject|package|control|aFChunk|subDocument|video|audio|media|model3d)$/i;

/** Relationships whose id stood in the part as it came and no longer does. */
function dropRelationships(bench: Workbench, part: string): void {
  if (part === contentTypesPart || /\.rels$/i.test(part) || !hasPart(bench.package, part)) return;
  const before = decodePart(readPart(bench.package, part), part).text;
  const now = read(bench, part).text;
  const names = (text: string, id: string): boolean => text.includes(`"${id}"`) || text.includes(`'${id}'`);
  const lost = benchRelationships(bench, part).filter(
    ({ id, type }) => namedInText.test(type) && names(before, id) && !names(now, id),
  );
  removeRelationships(bench, part, new Set(lost.map(({ id }) => id)));
}

/** Takes relationships out of those of a part, or of the package for `/`. */
export function removeRelationships(bench: Workbench, part: string, ids: ReadonlySet<string>): void {
  if (ids.size === 0) return;
  edit(bench, relationshipsPart(part), (tree) =>
    childrenOf(tree, 0)
      .filter((each) => ids.has(attribute(tree, each, "Id") ?? ""))
      .map((each) => removal(tree, each)),
  );
}

function dropTypes(bench: Workbench, removed: ReadonlySet<string>): void {
  if (removed.size === 0) return;
  const names = new Set([...removed].map((name) => name.toLowerCase()));
  edit(bench, contentTypesPart, (tree) =>
    childrenOf(tree, 0)
      .filter((each) => names.has((attribute(tree, each, "PartName") ?? "").toLowerCase()))
      .map((each) => removal(tree, each)),
  );
}

function removal(tree: XmlTree, element: number): Splice {
  return { start: tree.start[element]!, end: tree.end[element]!, text: "" };
}
