import { decodePart } from "../opc/part-text.ts";

/** The characters of an XML file given as bytes (UTF-8 or UTF-16) or as text. */
export function xmlText(input: Uint8Array | string, name: string): string {
  return typeof input === "string" ? input : decodePart(input, name).text;
}
