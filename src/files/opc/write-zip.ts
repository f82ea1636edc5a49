import type { Codec } from "./codec.ts";
import { findExtra, UTF8_NAME, type ZipArchive, type ZipEntry } from "./read-zip.ts";

const DEFLATED = 8;
const VERSION = 20;
const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_END_OF_DIRECTORY = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_EXTRA = 1;
const MAX_32 = 0xffffffff;
/** 1980-01-01 00:00, the earliest time a zip can hold: the time of a new archive's first entry. */
const EPOCH = 0x00210000;

/**
 * The archive with some entries' data replaced, others left out and others added at the end. Every other entry is
 * copied byte for byte, headers, dates and attributes included, and keeps its place.
 */
export function rewriteZip(
  archive: ZipArchive,
  replaced: ReadonlyMap<string, Uint8Array>,
  added: ReadonlyMap<string, Uint8Array>,
  codec: Codec,
  removed: ReadonlySet<string> = new Set(),
): Uint8Array {
  if (replaced.size === 0 && added.size === 0 && removed.size === 0) return archive.bytes.slice();
  const pieces: Uint8Array[] = [];
  let offset = 0;
  const push = (piece: Uint8Array): void => {
    pieces.push(piece);
    offset += piece.length;
  };
  const byOffset = [...archive.entries].sort((a, b) => a.localOffset - b.localOffset);
  push(archive.bytes.subarray(0, byOffset[0]?.localOffset ?? archive.directoryOffset));
  const records = new Map<ZipEntry, Uint8Array>();
  byOffset.forEach((entry, index) => {
    if (removed.has(entry.name)) return;
    const position = offset - archive.base;
    const data = replaced.get(entry.name);
    if (data === undefined) {
      const end = byOffset[index + 1]?.localOffset ?? archive.directoryOffset;
      push(archive.bytes.subarray(entry.localOffset, end));
      records.set(entry, movedRecord(entry, position));
    } else {
      const packed = pack(data, entry, codec);
      push(packed.local);
      push(packed.data);
      records.set(entry, packed.record(position));
    }
  });
  const newRecords: Uint8Array[] = [];
  const template = archive.entries[0];
  for (const [name, data] of added) {
    const position = offset - archive.base;
    const packed = pack(data, newEntry(name, template), codec);
    push(packed.local);
    push(packed.data);
    newRecords.push(packed.record(position));
  }
  const directoryOffset = offset - archive.base;
  for (const record of archive.entries.flatMap((entry) => records.get(entry) ?? [])) push(record);
  for (const record of newRecords) push(record);
  const count = records.size + newRecords.length;
  const end = { count, size: offset - archive.base - directoryOffset, offset: directoryOffset };
  push(endRecords(archive, end, offset));
  return concatenate(pieces, offset);
}

/** A new archive of these files, in this order, with deterministic dates. */
export function createZip(files: ReadonlyMap<string, Uint8Array>, codec: Codec): Uint8Array {
  const end = new Uint8Array(22);
  new DataView(end.buffer).setUint32(0, END_OF_DIRECTORY, true);
  const empty = { bytes: end, entries: [], directoryOffset: 0, directorySize: 0, base: 0, tailOffset: 0 };
  return rewriteZip(empty, new Map(), files, codec);
}

type EntryShape = {
  readonly name: Uint8Array;
  readonly flags: number;
  readonly time: number;
  readonly record: Uint8Array;
};

function pack(
  data: Uint8Array,
  entry: ZipEntry,
  codec: Codec,
): { local: Uint8Array; data: Uint8Array; record: (position: number) => Uint8Array } {
  const shape = shapeOf(entry);
  const packed = codec.deflate(data);
  const crc = codec.crc32(data);
  const local = new Uint8Array(30 + shape.name.length);
  const view = new DataView(local.buffer);
  view.setUint32(0, LOCAL_HEADER, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, shape.flags, true);
  view.setUint16(8, DEFLATED, true);
  view.setUint32(10, shape.time, true);
  view.setUint32(14, crc, true);
  view.setUint32(18, packed.length, true);
  view.setUint32(22, data.length, true);
  view.setUint16(26, shape.name.length, true);
  local.set(shape.name, 30);
  const record = (position: number): Uint8Array => {
    const copy = shape.record.slice();
    const directory = new DataView(copy.buffer);
    directory.setUint16(8, shape.flags, true);
    directory.setUint16(10, DEFLATED, true);
    directory.setUint32(16, crc, true);
    directory.setUint32(20, packed.length, true);
    directory.setUint32(24, data.length, true);
    directory.setUint32(42, position, true);
    return copy;
  };
  return { local, data: packed, record };
}

function shapeOf(entry: ZipEntry): EntryShape {
  const record = withoutZip64Extra(entry.record);
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  return {
    name: record.subarray(46, 46 + view.getUint16(28, true)),
    // Only the name's encoding is kept: sizes are known, so no data descriptor follows.
    flags: entry.flags & UTF8_NAME,
    time: view.getUint32(12, true),
    record,
  };
}

/** Sizes of a rewritten entry fit in 32 bits, so its ZIP64 field would only contradict them. */
function withoutZip64Extra(record: Uint8Array): Uint8Array {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  const start = 46 + view.getUint16(28, true);
  const length = view.getUint16(30, true);
  const extra = findExtra(view, start, length, ZIP64_EXTRA);
  if (extra === undefined) return record;
  const cut = concatenate(
    [record.subarray(0, extra.start - 4), record.subarray(extra.end)],
    record.length - (extra.end - extra.start + 4),
  );
  new DataView(cut.buffer).setUint16(30, length - (extra.end - extra.start + 4), true);
  return cut;
}

function movedRecord(entry: ZipEntry, position: number): Uint8Array {
  const copy = entry.record.slice();
  const view = new DataView(copy.buffer);
  if (view.getUint32(42, true) !== MAX_32) {
    view.setUint32(42, position, true);
    return copy;
  }
  const start = 46 + view.getUint16(28, true);
  const extra = findExtra(view, start, view.getUint16(30, true), ZIP64_EXTRA)!;
  const before = Number(view.getUint32(24, true) === MAX_32) + Number(view.getUint32(20, true) === MAX_32);
  view.setBigUint64(extra.start + before * 8, BigInt(position), true);
  return copy;
}

function newEntry(name: string, template: ZipEntry | undefined): ZipEntry {
  const bytes = new TextEncoder().encode(name);
  const flags = bytes.length === name.length ? 0 : UTF8_NAME;
  const record = new Uint8Array(46 + bytes.length);
  const view = new DataView(record.buffer);
  view.setUint32(0, DIRECTORY_ENTRY, true);
  view.setUint16(4, VERSION, true);
  view.setUint16(6, VERSION, true);
  view.setUint32(12, templateTime(template), true);
  view.setUint16(28, bytes.length, true);
  record.set(bytes, 46);
  const nowhere = { method: DEFLATED, crc: 0, compressedSize: 0, size: 0, localOffset: 0, dataOffset: 0 };
  return { name, record, flags, ...nowhere };
}

function templateTime(template: ZipEntry | undefined): number {
  if (template === undefined) return EPOCH;
  const { record } = template;
  return new DataView(record.buffer, record.byteOffset, record.byteLength).getUint32(12, true);
}

/** The bytes after the directory, with counts, sizes and offsets brought up to date; comment kept. */
function endRecords(
  archive: ZipArchive,
  end: { count: number; size: number; offset: number },
  position: number,
): Uint8Array {
  const tail = archive.bytes.slice(archive.tailOffset);
  const view = new DataView(tail.buffer);
  let at = 0;
  if (tail.length >= 76 && view.getUint32(0, true) === ZIP64_END_OF_DIRECTORY) {
    view.setBigUint64(24, BigInt(end.count), true);
    view.setBigUint64(32, BigInt(end.count), true);
    view.setBigUint64(40, BigInt(end.size), true);
    view.setBigUint64(48, BigInt(end.offset), true);
    at = 12 + Number(view.getBigUint64(4, true));
    if (view.getUint32(at, true) === ZIP64_LOCATOR) {
      view.setBigUint64(at + 8, BigInt(position - archive.base), true);
      at += 20;
    }
  }
  while (at + 22 <= tail.length && view.getUint32(at, true) !== END_OF_DIRECTORY) at++;
  if (view.getUint16(at + 10, true) !== 0xffff) {
    view.setUint16(at + 8, end.count, true);
    view.setUint16(at + 10, end.count, true);
  }
  if (view.getUint32(at + 12, true) !== MAX_32) view.setUint32(at + 12, end.size, true);
  if (view.getUint32(at + 16, true) !== MAX_32) view.setUint32(at + 16, end.offset, true);
  return tail;
}

function concatenate(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
