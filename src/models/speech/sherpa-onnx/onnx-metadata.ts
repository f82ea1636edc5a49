import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";
import { FileDamagedError } from "../../../errors.ts";

/** `ModelProto.metadata_props` and `.graph` (onnx.proto3). */
const METADATA_FIELD = 14;
const GRAPH_FIELD = 7;
/** Longest entry that is read; the rest of a model is skipped. */
const LONGEST_ENTRY = 1 << 20;

type Cursor = { readonly bytes: Uint8Array; at: number };

/**
 * The names and values that a model's maker wrote into an ONNX file, without loading the model. Throws `FileDamagedError`
 * for a file that is cut off or no ONNX file: sherpa-onnx itself ends the process on such a file.
 */
export async function readOnnxMetadata(path: string): Promise<ReadonlyMap<string, string>> {
  await using file = await open(path);
  const { size } = await file.stat();
  const found = new Map<string, string>();
  let hasGraph = false;
  for (let at = 0; at < size; ) {
    const head: Cursor = { bytes: await readAt(file, at, 20), at: 0 };
    const tag = varint(head);
    const field = Math.floor(tag / 8);
    const wire = tag % 8;
    if (field === 0 || field > 25 || (wire !== 0 && wire !== 2))
      throw damaged(path, "it is not an ONNX model");
    const length = varint(head);
    at += head.at;
    if (wire === 0) continue;
    if (at + length > size) throw damaged(path, "it is cut off");
    if (field === METADATA_FIELD && length <= LONGEST_ENTRY) {
      const [name, value] = entry(await readAt(file, at, length));
      found.set(name, value);
    }
    hasGraph ||= field === GRAPH_FIELD;
    at += length;
  }
  if (!hasGraph) throw damaged(path, "it holds no model");
  return found;
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** Base 128, least first; beyond 2^53 no length is sensible and the caller refuses it. */
function varint(cursor: Cursor): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = cursor.bytes[cursor.at] ?? 0;
    cursor.at += 1;
    value += (byte % 128) * scale;
    if (byte < 128 || scale > 2 ** 60) return value;
  }
}

function entry(bytes: Uint8Array): readonly [string, string] {
  const texts = ["", "", ""];
  const cursor: Cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const field = Math.floor(varint(cursor) / 8);
    const length = varint(cursor);
    if (field === 1 || field === 2)
      texts[field] = new TextDecoder().decode(bytes.subarray(cursor.at, cursor.at + length));
    cursor.at += length;
  }
  return [texts[1]!, texts[2]!];
}

function damaged(path: string, what: string): FileDamagedError {
  return new FileDamagedError(`${basename(path)} cannot be loaded: ${what}`, {
    hint: "fetch the model again; files of a few hundred bytes are often only a pointer to the real one (Git LFS)",
  });
}
