import { FileDamagedError } from "../../../errors.ts";
import { type OpcPackage, readPart } from "../../opc/opc-package.ts";
import { decodePart, encodePart, type PartEncoding, partEncoding } from "../../opc/part-text.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { childNamed, isSelfClosing } from "../../xml/xml-tree.ts";
import { nextMarkup, sourceText } from "../read/markup.ts";
import { indexRows, type RowIndex } from "./index-rows.ts";

/** A worksheet part as it stands in the file: its rows as bytes, what is around them as text. */
export type SheetXml = {
  readonly part: string;
  readonly encoding: PartEncoding;
  /** The whole part as UTF-8, whatever its encoding. */
  readonly bytes: Uint8Array;
  /** Where the rows begin. */
  readonly rowsStart: number;
  readonly rows: RowIndex;
  /** The XML without its rows. */
  readonly around: string;
};

/** Bytes to put in place of `[start, end)`. */
export type ByteSplice = { readonly start: number; readonly end: number; readonly bytes: Uint8Array };

/** Reads a worksheet's part. Throws `FileDamagedError` when it has no list of rows or is cut off. */
export function openSheetXml(opc: OpcPackage, part: string): SheetXml {
  const stored = readPart(opc, part);
  const encoding = partEncoding(stored, part);
  if (encoding === "utf-8") checkUtf8(stored, part);
  const bytes = encoding === "utf-8" ? stored : new TextEncoder().encode(decodePart(stored, part).text);
  return { part, encoding, ...locateRows(bytes, part) };
}

/** In pieces, so that a large sheet is never held as text. */
function checkUtf8(bytes: Uint8Array, part: string): void {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += 1 << 20)
      decoder.decode(bytes.subarray(at, at + (1 << 20)), { stream: true });
    decoder.decode();
  } catch (cause) {
    throw new FileDamagedError(`${part} is not valid UTF-8`, { cause });
  }
}

/** Finds the rows in a worksheet's bytes. */
export function locateRows(
  bytes: Uint8Array,
  part: string,
): Pick<SheetXml, "bytes" | "rowsStart" | "rows" | "around"> {
  for (let at = 0; ; ) {
    const markup = nextMarkup(bytes, at, bytes.length);
    if (markup === undefined) throw new FileDamagedError(`${part} has no list of rows`);
    at = markup.end;
    if (markup.name !== "sheetData" || (markup.kind !== "open" && markup.kind !== "empty")) continue;
    const none = new Uint32Array(0);
    const rows: RowIndex =
      markup.kind === "open"
        ? indexRows(bytes, at)
        : { count: 0, numbers: none, starts: none, ends: none, isSorted: true, specials: [], closeStart: at };
    const around = sourceText(bytes, 0, at) + sourceText(bytes, rows.closeStart, bytes.length);
    return { bytes, rowsStart: at, rows, around };
  }
}

/** The tree of what is around the rows, and the element of the list of rows in it. */
export function aroundTree(around: string, depth?: number): { tree: XmlTree; sheetData: number } {
  const tree = scanXml(around, depth);
  const sheetData = childNamed(tree, 0, "x:sheetData");
  if (sheetData < 0) throw new FileDamagedError("the sheet has no list of rows");
  return { tree, sheetData };
}

/** The part's bytes as UTF-8, with new XML around the rows and splices in them. */
export function assembleSheet(xml: SheetXml, around: string, splices: readonly ByteSplice[]): Uint8Array {
  const { tree, sheetData } = aroundTree(around);
  const encoder = new TextEncoder();
  let split = tree.openEnd[sheetData]!;
  let head = around.slice(0, split);
  let tail = around.slice(split);
  if (isSelfClosing(tree, sheetData) && splices.length > 0) {
    split = tree.end[sheetData]!;
    head = `${around.slice(0, split - 2)}>`;
    tail = `</${around.slice(tree.start[sheetData]! + 1, tree.nameEnd[sheetData]!)}>${around.slice(split)}`;
  }
  const pieces: Uint8Array[] = [encoder.encode(head)];
  let at = xml.rowsStart;
  for (const splice of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(xml.bytes.subarray(at, splice.start), splice.bytes);
    at = splice.end;
  }
  pieces.push(xml.bytes.subarray(at, xml.rows.closeStart), encoder.encode(tail));
  return joinBytes(pieces);
}

/** UTF-8 in the encoding that the part has. */
export function encodeSheet(xml: SheetXml, bytes: Uint8Array): Uint8Array {
  if (xml.encoding === "utf-8") return bytes;
  return encodePart({ text: sourceText(bytes, 0, bytes.length), encoding: xml.encoding });
}

export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
