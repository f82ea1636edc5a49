/** A GUID in braces that follows from the text: the same changes give the same file. Not for secrets. */
export function guidOf(text: string): string {
  const words = [0x811c9dc5, 0x01234567, 0x9e3779b9, 0x85ebca6b].map((seed) => hash(text, seed));
  const hex = words
    .map((word) => word.toString(16).padStart(8, "0"))
    .join("")
    .toUpperCase();
  // Version 4, variant 1: the digits that readers may look at (RFC 9562, 5.4).
  return `{${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}}`;
}

/** FNV-1a with a last mixing step. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index++)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
