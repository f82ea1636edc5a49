import type { Edge, Node } from "./lattice.ts";
import type { ReturnedToken } from "./returned-tokens.ts";

/** A step that can't be taken. */
export const impossible: number = Number.POSITIVE_INFINITY;

/** What it costs to find the edge's token in this one. 0 when it is the same. */
export function matchCost(edge: Edge, found: ReturnedToken): number {
  if (edge.any) {
    if (found.kind === "space" || found.kind === "mark" || found.isGone) return impossible;
    const isOthers = found.owners.length > 0 && !(edge.of !== undefined && found.owners.includes(edge.of));
    return edge.cost + found.weight + (isOthers ? 1.5 : 0);
  }
  const { token, mode, of } = edge;
  if (edge.paragraphEnd) {
    // A whole paragraph that is marked as another person's is that person's own.
    const isForeign = edge.of !== undefined && found.isTheirInsertion;
    return found.kind === "mark" ? (isForeign ? 1 : 0) : impossible;
  }
  if (edge.hashes) return edge.hashes.some((hash) => found.whole?.hashes.includes(hash)) ? 0 : impossible;
  if (token === undefined) return impossible;
  if ((token.kind === "mark") !== (found.kind === "mark")) return impossible;
  const likeness = likenessCost(edge, found);
  if (likeness === impossible) return impossible;
  if (mode === "context") return likeness + (found.owners.length > 0 ? 1 : 0) + (found.isGone ? 0.01 : 0);
  // A word of ours belongs to its own suggestion, on its own side.
  const isOnSide = token.side === "old" ? found.isOurDeletion : found.isOurInsertion;
  const isMarked = isOnSide && found.owners.includes(of!);
  // Names and dates can be taken out of a file: what somebody proposes in our very words is ours still.
  const isAnonymous = token.side === "old" ? found.isTheirDeletion : found.isTheirInsertion;
  const isStruck = token.side === "new" && found.isTheirDeletion;
  if (mode === "marked") return (isMarked && !isStruck) || isAnonymous ? likeness : impossible;
  if (found.owners.length > 0 && !isMarked) return likeness + 1;
  return likeness + (token.side === "new" && found.isTheirDeletion ? 0.25 * found.weight : 0);
}

function likenessCost({ token, mode }: Edge, found: ReturnedToken): number {
  if (token!.text === found.text) return 0;
  if (mode === "verbatim") return impossible;
  if (token!.plain === found.plain) return 0.02;
  if (mode === "exact" || mode === "marked" || mode === "joint") return impossible;
  if (token!.isLoose && found.isLoose) return 0.1;
  if (token!.kind === "mark" || token!.kind === "space" || found.kind === "space") return impossible;
  if (token!.plain.toLowerCase() === found.plain.toLowerCase()) return 0.3 * token!.weight;
  return 1.3 * Math.max(token!.weight, found.weight);
}

/** How many returned tokens the edge takes when this is the last of them. */
export function matchLength(edge: Edge, found: ReturnedToken): number {
  return edge.hashes === undefined ? 1 : (found.whole?.length ?? 1);
}

/** What it costs that the edge's token is missing from the returned text. */
export function missingCost({ token, mode }: Edge): number {
  if (token === undefined) return impossible;
  if (mode === "verbatim" || mode === "marked") return impossible;
  if (mode === "joint") return 0.1;
  if (token.kind === "mark") return mode === "context" ? 0.6 : 0.2;
  if (mode === "exact") return impossible;
  if (token.isLoose) return 0.05;
  return mode === "edited" ? 0.7 * token.weight : token.weight;
}

// Of two ways that cost the same, the one that takes a stretch of new words as the person's own is better.
const epsilon = 1e-4;

/** What somebody struck was there before: rather the old words than none. */
function goneCost(found: ReturnedToken): number {
  if (!found.isTheirDeletion) return 0.02;
  return found.kind === "mark" ? 0.4 : 0.02 + 0.2 * found.weight;
}

/** What it costs that this token stands at the node although nobody issued it there. */
export function insertionCost(node: Node, found: ReturnedToken): number {
  switch (node.loop) {
    case "nothing":
      return impossible;
    case "spaces":
      // A save may leave a space before a paragraph's end, a person may press Return.
      if (found.isTheirInsertion && found.isGone) return 0.02;
      return found.kind === "space" || found.kind === "mark" ? found.weight : impossible;
    case "stretch":
    case "stretches":
      if (found.owners.length > 0)
        return node.of !== undefined && found.owners.includes(node.of)
          ? 0.2 * found.weight
          : 1 + 1.5 * found.weight;
      // Another paragraph is another suggestion's, or nobody's, unless several were put in here.
      if (found.kind === "mark") return node.loop === "stretch" ? 2.5 : found.weight;
      return found.isGone ? goneCost(found) : 0.4 * found.weight;
    case "paragraph":
      if (found.owners.length > 0 && !(node.of !== undefined && found.owners.includes(node.of)))
        return 1 + 1.5 * found.weight;
      return found.isGone ? goneCost(found) : 0.4 * found.weight;
    case "unknown":
      return found.kind === "mark" ? impossible : 0.25 * found.weight;
    case "other":
    case "edited":
      if (found.owners.length > 0)
        return found.owners.includes(node.of!) ? 0.5 * found.weight : 1 + found.weight;
      if (found.isGone) return goneCost(found);
      // Few people press Return in the middle of a few words of their own.
      if (node.loop === "other" && found.kind === "mark") return 2.5;
      return found.weight - epsilon;
    case "context":
      if (found.owners.length > 0) return found.kind === "space" ? found.weight : 1 + 1.5 * found.weight;
      if (found.isGone) return goneCost(found);
      if (found.isLoose) return 0.1;
      return found.weight;
    default:
      return node.loop satisfies never;
  }
}
