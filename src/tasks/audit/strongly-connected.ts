/**
 * Groups of nodes that all reach each other, and single nodes that lead to themselves (Tarjan 1972, without recursion:
 * chains of formulas are longer than a stack). `edges[n]` lists where node n leads.
 */
export function stronglyConnected(edges: readonly (readonly number[])[]): number[][] {
  const count = edges.length;
  const order = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const next = new Int32Array(count);
  const isOpen = new Uint8Array(count);
  const open: number[] = [];
  const found: number[][] = [];
  let time = 0;
  for (let start = 0; start < count; start++) {
    if (order[start] !== -1) continue;
    const path = [start];
    while (path.length > 0) {
      const node = path.at(-1)!;
      if (order[node] === -1) {
        order[node] = low[node] = time++;
        open.push(node);
        isOpen[node] = 1;
      }
      const to = edges[node]![next[node]!];
      if (to !== undefined) {
        next[node]!++;
        if (order[to] === -1) path.push(to);
        else if (isOpen[to] === 1) low[node] = Math.min(low[node]!, order[to]!);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] === order[node]) closeGroup(node);
    }
  }
  return found;

  function closeGroup(root: number): void {
    const group: number[] = [];
    for (;;) {
      const node = open.pop()!;
      isOpen[node] = 0;
      group.push(node);
      if (node === root) break;
    }
    if (group.length > 1 || edges[root]!.includes(root)) found.push(group);
  }
}
