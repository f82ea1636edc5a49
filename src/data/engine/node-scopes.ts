import { isTree, type Tree, treesOf } from "./syntax-tree.ts";

/** One SELECT of a statement, with the entries of WITH that it can see, outermost first. */
export type NodeScope = { readonly node: Tree; readonly ctes: readonly Tree[] };

/** Every SELECT of a statement, at any depth. */
export function* nodeScopes(value: unknown, ctes: readonly Tree[] = []): Generator<NodeScope> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodeScopes(item, ctes);
    return;
  }
  if (!isTree(value)) return;
  const { cte_map: map, ...rest } = value;
  let seen = ctes;
  for (const entry of isTree(map) ? treesOf(map.map) : []) {
    yield* nodeScopes(entry.value, seen);
    seen = [...seen, entry];
  }
  if (value.type === "SELECT_NODE") yield { node: value, ctes: seen };
  for (const item of Object.values(rest)) yield* nodeScopes(item, seen);
}
