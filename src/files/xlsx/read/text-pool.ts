import { FileTooLargeError } from "../../../errors.ts";

/** Distinct texts as bytes of their source, found again by hash, so that a text is decoded once. */
export type TextPool = {
  bytes: Uint8Array;
  used: number;
  /** Where each text begins in `bytes`; it ends before the next one's separator. */
  starts: Uint32Array;
  count: number;
  /** Open addressing: index of a text + 1. */
  slots: Int32Array;
  hashes: Int32Array;
  readonly maxBytes: number;
};

/** Stands between texts; XML cannot hold it. */
const SEPARATOR = 0;

export function textPool(maxBytes: number = 512 * 1024 * 1024): TextPool {
  return {
    bytes: new Uint8Array(4096),
    used: 0,
    starts: new Uint32Array(256),
    count: 0,
    slots: new Int32Array(512),
    hashes: new Int32Array(256),
    maxBytes,
  };
}

/** The index of the text in `source[start, end)`; equal bytes have equal indexes. */
export function internText(pool: TextPool, source: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + source[at]!) | 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash ^= hash >>> 13;
  const mask = pool.slots.length - 1;
  let slot = hash & mask;
  for (;;) {
    const index = pool.slots[slot]! - 1;
    if (index < 0) break;
    if (pool.hashes[index] === hash && isSame(pool, index, source, start, end)) return index;
    slot = (slot + 1) & mask;
  }
  return addText(pool, source, start, end, hash, slot);
}

function isSame(pool: TextPool, index: number, source: Uint8Array, start: number, end: number): boolean {
  const from = pool.starts[index]!;
  const to = index + 1 < pool.count ? pool.starts[index + 1]! : pool.used;
  if (to - from - 1 !== end - start) return false;
  const { bytes } = pool;
  for (let offset = 0; offset < end - start; offset++) {
    if (bytes[from + offset] !== source[start + offset]) return false;
  }
  return true;
}

function addText(
  pool: TextPool,
  source: Uint8Array,
  start: number,
  end: number,
  hash: number,
  slot: number,
): number {
  const needed = pool.used + (end - start) + 1;
  if (needed > pool.maxBytes) {
    throw new FileTooLargeError("the sheet holds too much text", {
      hint: "Save the part of the sheet that matters in a file of its own.",
    });
  }
  if (needed > pool.bytes.length) pool.bytes = grown(pool.bytes, new Uint8Array(needed * 2));
  pool.bytes.set(source.subarray(start, end), pool.used);
  pool.bytes[needed - 1] = SEPARATOR;
  const index = pool.count++;
  if (index === pool.starts.length) {
    pool.starts = grown(pool.starts, new Uint32Array(index * 2));
    pool.hashes = grown(pool.hashes, new Int32Array(index * 2));
  }
  pool.starts[index] = pool.used;
  pool.hashes[index] = hash;
  pool.used = needed;
  pool.slots[slot] = index + 1;
  if (pool.count * 2 > pool.slots.length) rehash(pool);
  return index;
}

function rehash(pool: TextPool): void {
  const slots = new Int32Array(pool.slots.length * 4);
  const mask = slots.length - 1;
  for (let index = 0; index < pool.count; index++) {
    let slot = pool.hashes[index]! & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = index + 1;
  }
  pool.slots = slots;
}

/** The texts in order of their indexes, as they stand in the source. Throws a `TypeError` when they are not UTF-8. */
export function pooledTexts(pool: TextPool): string[] {
  if (pool.count === 0) return [];
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const texts: string[] = [];
  // In stretches, so that the longest string JavaScript allows is never near.
  for (let first = 0; first < pool.count; ) {
    let last = first + 1;
    while (last < pool.count && pool.starts[last]! - pool.starts[first]! < 1 << 24) last++;
    const end = last < pool.count ? pool.starts[last]! : pool.used;
    const stretch = decoder.decode(pool.bytes.subarray(pool.starts[first]!, end - 1));
    for (const text of stretch.split("\0")) texts.push(text);
    first = last;
  }
  return texts;
}

function grown<T extends Uint8Array | Uint32Array | Int32Array>(old: T, wider: T): T {
  wider.set(old);
  return wider;
}
