import type { Target } from "./types.ts";

/**
 * Targets in the order in which one call tries them: by `order`, then drawn by weight. With an affinity the draw is a hash
 * of it and the target (weighted rendezvous hashing): the same value gets the same order, and a change of one target's
 * weight moves only calls to or from that target. Without one it is random. Targets of weight 0 are left out.
 */
export function rankTargets(
  targets: readonly Target[],
  affinity: string | undefined,
  random: () => number,
): readonly Target[] {
  const ranked = targets.flatMap((target) => {
    const weight = target.weight ?? 1;
    if (!(weight > 0)) return [];
    const draw = affinity === undefined ? random() : hashToUnit(`${affinity}\u0000${target.id}`);
    // An exponential variate of rate `weight`: the smallest is this target's with its share of the weights.
    return [{ target, order: target.order ?? 0, place: -Math.log(1 - draw) / weight }];
  });
  ranked.sort((one, other) => one.order - other.order || one.place - other.place);
  return ranked.map(({ target }) => target);
}

/** A number in [0, 1) that depends on every letter: FNV-1a, mixed so that near texts land far apart. */
function hashToUnit(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000;
}
