import { crc32, deflateRawSync } from "node:zlib";

/** One file of a hand-made zip; every field that is given lies where it is written, right or wrong. */
export type ZipFile = {
  readonly name: string;
  readonly data: Uint8Array;
  /** Defaults to 8 (deflated). */
  readonly method?: number;
  /** Defaults to 0; 8 adds a data descriptor and leaves the local sizes empty. */
  readonly flags?: number;
  /** What the archive says of the inflated size. Defaults to the truth. */
  readonly size?: number;
  readonly crc?: number;
  /** Stored data instead of the compressed `data`. */
  readonly raw?: Uint8Array;
  /** Where the directory says the local header is. Defaults to the truth. */
  readonly offset?: number;
  /** Sizes and offset in a ZIP64 extra field, with 32-bit fields of all ones. */
  readonly isZip64?: boolean;
  readonly externalAttributes?: number;
};

export type ZipOptions = {
  /** Bytes in front of the archive that its offsets do not count. */
  readonly prefix?: Uint8Array;
  readonly comment?: Uint8Array;
  /** What the end record says of the comment's length. Defaults to the truth. */
  readonly commentLength?: number;
  /** Adds the ZIP64 end record and locator, and leaves the 32-bit fields all ones. */
  readonly isZip64?: boolean;
};

const encoder = new TextEncoder();

/** A text as UTF-8. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** A zip laid out by hand (PKWARE APPNOTE 4.3), for archives that no tool would write. */
export function buildZip(files: readonly ZipFile[], options: ZipOptions = {}): Uint8Array {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  const push = (piece: Uint8Array): void => {
    pieces.push(piece);
    offset += piece.length;
  };
  const records = files.map((file) => {
    const at = offset;
    const made = entry(file, file.offset ?? at);
    for (const piece of made.local) push(piece);
    return made.record;
  });
  const start = offset;
  for (const record of records) push(record);
  const size = offset - start;
  if (options.isZip64) for (const piece of zip64End(files.length, size, start, offset)) push(piece);
  push(endRecord(files.length, size, start, options));
  push(options.comment ?? new Uint8Array());
  return Buffer.concat([options.prefix ?? new Uint8Array(), ...pieces]);
}

function entry(file: ZipFile, offset: number): { local: Uint8Array[]; record: Uint8Array } {
  const name = utf8(file.name);
  const method = file.method ?? 8;
  const flags = file.flags ?? 0;
  const raw = file.raw ?? (method === 8 ? deflateRawSync(file.data) : file.data);
  const size = file.size ?? file.data.length;
  const crc = file.crc ?? crc32(file.data);
  const hasDescriptor = (flags & 8) !== 0;
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(method, 8);
  local.writeUInt32LE(0x5a215a21, 10);
  local.writeUInt32LE(hasDescriptor ? 0 : crc, 14);
  local.writeUInt32LE(hasDescriptor ? 0 : raw.length, 18);
  local.writeUInt32LE(hasDescriptor ? 0 : size, 22);
  local.writeUInt16LE(name.length, 26);
  const descriptor = Buffer.alloc(hasDescriptor ? 16 : 0);
  if (hasDescriptor) {
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(crc, 4);
    descriptor.writeUInt32LE(raw.length, 8);
    descriptor.writeUInt32LE(size, 12);
  }
  const extra = file.isZip64 ? zip64Extra(size, raw.length, offset) : Buffer.alloc(0);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(20, 4);
  record.writeUInt16LE(20, 6);
  record.writeUInt16LE(flags, 8);
  record.writeUInt16LE(method, 10);
  record.writeUInt32LE(0x5a215a21, 12);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(file.isZip64 ? 0xffffffff : raw.length, 20);
  record.writeUInt32LE(file.isZip64 ? 0xffffffff : size, 24);
  record.writeUInt16LE(name.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(file.externalAttributes ?? 0, 38);
  record.writeUInt32LE(file.isZip64 ? 0xffffffff : offset, 42);
  return { local: [local, name, raw, descriptor], record: Buffer.concat([record, name, extra]) };
}

function zip64Extra(size: number, compressedSize: number, offset: number): Uint8Array {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(compressedSize), 12);
  extra.writeBigUInt64LE(BigInt(offset), 20);
  return extra;
}

function zip64End(count: number, size: number, start: number, position: number): Uint8Array[] {
  const end = Buffer.alloc(56);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(position), 8);
  locator.writeUInt32LE(1, 16);
  return [end, locator];
}

function endRecord(count: number, size: number, start: number, options: ZipOptions): Uint8Array {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(options.isZip64 ? 0xffff : count, 8);
  end.writeUInt16LE(options.isZip64 ? 0xffff : count, 10);
  end.writeUInt32LE(options.isZip64 ? 0xffffffff : size, 12);
  end.writeUInt32LE(options.isZip64 ? 0xffffffff : start, 16);
  end.writeUInt16LE(options.commentLength ?? options.comment?.length ?? 0, 20);
  return end;
}
