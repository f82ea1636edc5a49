import { FileDamagedError, FileTooLargeError, FileUnsupportedError } from "../../errors.ts";
import type { Codec } from "./codec.ts";
import type { Limits } from "./limits.ts";

/** One file in a zip, as the central directory describes it (PKWARE APPNOTE 4.3.12). */
export type ZipEntry = {
  readonly name: string;
  /** The entry's record in the central directory, verbatim. */
  readonly record: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where the local header begins in the file's bytes. */
  readonly localOffset: number;
  /** Where the compressed data begins. */
  readonly dataOffset: number;
};

export type ZipArchive = {
  readonly bytes: Uint8Array;
  /** In the order of the central directory. */
  readonly entries: readonly ZipEntry[];
  readonly directoryOffset: number;
  readonly directorySize: number;
  /** Bytes before the archive's own offset 0 (self-extracting files). */
  readonly base: number;
  /** Everything after the central directory: end records and comment. */
  readonly tailOffset: number;
};

const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_END_OF_DIRECTORY = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const ZIP64_EXTRA = 1;
const MAX_32 = 0xffffffff;
export const UTF8_NAME = 0x800;
const ENCRYPTED = 0x1;
const STORED = 0;
const DEFLATED = 8;

type DirectoryPlace = {
  readonly offset: number;
  readonly size: number;
  readonly count: number;
  readonly base: number;
};

/**
 * Reads a zip's central directory without inflating anything. Refuses encrypted entries, duplicate names,
 * names that climb out of the archive, overlapping entries, and archives above the limits.
 */
export function readZip(file: Uint8Array, limits: Limits): ZipArchive {
  // A plain view: slices of a Node Buffer would share its memory, and writing to one would change the caller's file.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const directory = locateDirectory(view);
  if (directory.count > limits.entries) {
    throw new FileTooLargeError(`the archive lists ${directory.count} files, more than ${limits.entries}`);
  }
  const entries: ZipEntry[] = [];
  let at = directory.offset;
  for (let index = 0; index < directory.count; index++) {
    const entry = readEntry(bytes, view, at, directory);
    entries.push(entry);
    at += entry.record.length;
  }
  checkNames(entries);
  checkOverlap(entries, directory.offset);
  checkSizes(entries, limits);
  return {
    bytes,
    entries,
    directoryOffset: directory.offset,
    directorySize: at - directory.offset,
    base: directory.base,
    tailOffset: at,
  };
}

/** The inflated bytes of an entry, checked against its declared size and CRC-32. */
export function inflateEntry(archive: ZipArchive, entry: ZipEntry, codec: Codec): Uint8Array {
  const raw = rawData(archive, entry);
  const data = inflate(raw, entry, codec);
  if (data.length !== entry.size) {
    throw new FileDamagedError(`${entry.name} is ${data.length} bytes long, the archive says ${entry.size}`);
  }
  if (codec.crc32(data) !== entry.crc) {
    throw new FileDamagedError(`${entry.name} does not match its checksum`, {
      hint: "The file was damaged on its way; ask for it again.",
    });
  }
  return data;
}

/** The entry's data as stored, still compressed. */
export function rawData(archive: ZipArchive, entry: ZipEntry): Uint8Array {
  return archive.bytes.subarray(entry.dataOffset, entry.dataOffset + entry.compressedSize);
}

function inflate(raw: Uint8Array, entry: ZipEntry, codec: Codec): Uint8Array {
  if (entry.method === STORED) return raw;
  if (entry.method !== DEFLATED) {
    throw new FileUnsupportedError(`${entry.name} is compressed by method ${entry.method}`, {
      hint: "Open the file in Office and save it again.",
    });
  }
  try {
    return codec.inflate(raw, entry.size);
  } catch (cause) {
    throw new FileDamagedError(`${entry.name} can't be inflated`, { cause });
  }
}

function locateDirectory(view: DataView): DirectoryPlace {
  const candidates = findEndRecords(view);
  for (const end of candidates) {
    const place = directoryAt(view, end);
    if (place !== undefined) return place;
  }
  throw new FileDamagedError(
    candidates.length === 0
      ? "this is not a complete zip archive: its end record is missing"
      : "the archive's list of files is missing",
    { hint: cutOff },
  );
}

/** The directory that an end record points to; undefined when there is none. */
function directoryAt(view: DataView, end: number): DirectoryPlace | undefined {
  const wide = zip64End(view, end);
  const count = wide?.count ?? view.getUint16(end + 10, true);
  const size = wide?.size ?? view.getUint32(end + 12, true);
  const offset = wide?.offset ?? view.getUint32(end + 16, true);
  if (isDirectory(view, offset, count)) return { offset, size, count, base: 0 };
  // A file with bytes in front has offsets that all fall short by the same amount.
  const base = (wide?.position ?? end) - size - offset;
  if (base <= 0 || !isDirectory(view, base + offset, count)) return undefined;
  return { offset: base + offset, size, count, base };
}

type Zip64End = {
  readonly position: number;
  readonly count: number;
  readonly size: number;
  readonly offset: number;
};

function zip64End(view: DataView, end: number): Zip64End | undefined {
  const locator = end - 20;
  if (locator < 56 || view.getUint32(locator, true) !== ZIP64_LOCATOR) return undefined;
  // Where bytes stand in front of the archive the locator's offset falls short, but the record comes just before it.
  for (const record of [Number(view.getBigUint64(locator + 8, true)), locator - 56]) {
    if (record + 56 > locator || view.getUint32(record, true) !== ZIP64_END_OF_DIRECTORY) continue;
    const value = (at: number): number => Number(view.getBigUint64(record + at, true));
    return { position: record, count: value(32), size: value(40), offset: value(48) };
  }
  return undefined;
}

const cutOff = "The file is cut off or damaged; ask for it again.";

function isDirectory(view: DataView, offset: number, count: number): boolean {
  if (count === 0) return offset <= view.byteLength;
  return offset + 46 <= view.byteLength && view.getUint32(offset, true) === DIRECTORY_ENTRY;
}

/** Where an end record may begin: first those whose comment ends with the file, then the others, last first. */
function findEndRecords(view: DataView): number[] {
  const exact: number[] = [];
  const others: number[] = [];
  const lowest = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) !== END_OF_DIRECTORY) continue;
    const isExact = at + 22 + view.getUint16(at + 20, true) === view.byteLength;
    (isExact ? exact : others).push(at);
  }
  return [...exact, ...others];
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, directory: DirectoryPlace): ZipEntry {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
    throw new FileDamagedError("the archive's list of files is damaged", { hint: cutOff });
  }
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const length = 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  if (at + length > view.byteLength) {
    throw new FileDamagedError("the archive's list of files is cut off", { hint: cutOff });
  }
  const flags = view.getUint16(at + 8, true);
  const name = decodeName(bytes.subarray(at + 46, at + 46 + nameLength), flags);
  const wide = zip64Values(view, at, at + 46 + nameLength, extraLength);
  const localOffset = directory.base + wide.offset;
  return {
    name,
    record: bytes.subarray(at, at + length),
    flags,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressedSize: wide.compressedSize,
    size: wide.size,
    localOffset,
    dataOffset: dataOffset(view, localOffset, wide.compressedSize, name),
  };
}

function decodeName(bytes: Uint8Array, flags: number): string {
  // Without the UTF-8 flag names are code page 437 by the standard; Office part names are ASCII either way.
  const name = new TextDecoder(flags & UTF8_NAME ? "utf-8" : "latin1").decode(bytes);
  // Old .NET tools wrote backslashes; Office reads them as slashes. The record itself stays as it is.
  return name.replaceAll("\\", "/");
}

/** Sizes and offset, from the ZIP64 extra field where the 32-bit value is all ones (APPNOTE 4.5.3). */
function zip64Values(
  view: DataView,
  record: number,
  extraStart: number,
  extraLength: number,
): { size: number; compressedSize: number; offset: number } {
  const values = {
    compressedSize: view.getUint32(record + 20, true),
    size: view.getUint32(record + 24, true),
    offset: view.getUint32(record + 42, true),
  };
  if (values.compressedSize !== MAX_32 && values.size !== MAX_32 && values.offset !== MAX_32) return values;
  const extra = findExtra(view, extraStart, extraLength, ZIP64_EXTRA);
  if (extra === undefined) return values;
  let at = extra.start;
  for (const key of ["size", "compressedSize", "offset"] as const) {
    if (values[key] !== MAX_32 || at + 8 > extra.end) continue;
    values[key] = Number(view.getBigUint64(at, true));
    at += 8;
  }
  return values;
}

/** The data range of one extra field, or undefined. */
export function findExtra(
  view: DataView,
  start: number,
  length: number,
  id: number,
): { start: number; end: number } | undefined {
  let at = start;
  const end = start + length;
  while (at + 4 <= end) {
    const size = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === id && at + 4 + size <= end) return { start: at + 4, end: at + 4 + size };
    at += 4 + size;
  }
  return undefined;
}

function dataOffset(view: DataView, local: number, compressedSize: number, name: string): number {
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== LOCAL_HEADER) {
    throw new FileDamagedError(`${name} is listed but not in the archive`, { hint: cutOff });
  }
  const data = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (data + compressedSize > view.byteLength) {
    throw new FileDamagedError(`${name} is cut off`, { hint: cutOff });
  }
  return data;
}

function checkNames(entries: readonly ZipEntry[]): void {
  const seen = new Set<string>();
  for (const { name, flags } of entries) {
    if (flags & ENCRYPTED) {
      throw new FileUnsupportedError(`${name} is encrypted`, {
        hint: "Open the file in Office, remove the password, and save it.",
      });
    }
    // OPC compares part names without regard to ASCII case (ECMA-376-2, 6.2.2.3).
    const key = name.toLowerCase();
    if (seen.has(key)) throw new FileDamagedError(`the archive holds ${name} twice`);
    seen.add(key);
    if (/\0|^\/|^[a-z]:|(^|\/)\.\.(\/|$)/i.test(name)) {
      throw new FileDamagedError(`the archive holds a file with the path ${JSON.stringify(name)}`);
    }
  }
}

function checkOverlap(entries: readonly ZipEntry[], directoryOffset: number): void {
  const byOffset = [...entries].sort((a, b) => a.localOffset - b.localOffset);
  byOffset.forEach((entry, index) => {
    const limit = byOffset[index + 1]?.localOffset ?? directoryOffset;
    if (entry.dataOffset + entry.compressedSize > limit) {
      throw new FileDamagedError(`${entry.name} overlaps another file of the archive`);
    }
  });
}

function checkSizes(entries: readonly ZipEntry[], limits: Limits): void {
  let total = 0;
  for (const { name, size, compressedSize } of entries) {
    total += size;
    if (size > limits.partBytes) throw tooLarge(`${name} inflates to ${mebibytes(size)}`, limits.partBytes);
    if (size > 8 * 1024 * 1024 && size > compressedSize * limits.ratio) {
      throw new FileTooLargeError(`${name} inflates ${Math.round(size / compressedSize)} times its size`, {
        hint: "Files made by Office stay far below; this one looks made to exhaust memory.",
      });
    }
  }
  if (total > limits.totalBytes)
    throw tooLarge(`the file inflates to ${mebibytes(total)}`, limits.totalBytes);
}

function tooLarge(what: string, limit: number): FileTooLargeError {
  return new FileTooLargeError(`${what}, the limit is ${mebibytes(limit)}`);
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`;
}
