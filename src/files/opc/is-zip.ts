/** True for bytes that begin as a zip archive does, which is how every Office file of today begins. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}
