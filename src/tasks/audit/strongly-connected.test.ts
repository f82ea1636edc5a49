import { expect, it } from "vitest";
import { stronglyConnected } from "./strongly-connected.ts";

it("finds circles and nodes that lead to themselves, and nothing else", () => {
  const groups = stronglyConnected([[1], [2], [0, 3], [4], [4], []]).map((group) => group.sort());
  expect(groups.sort((a, b) => a[0]! - b[0]!)).toEqual([[0, 1, 2], [4]]);
});

it("follows a chain that is longer than a stack", () => {
  const count = 200_000;
  const edges = Array.from({ length: count }, (_, node) => [node + 1]).with(count - 1, [0]);
  expect(stronglyConnected(edges)[0]).toHaveLength(count);
});
