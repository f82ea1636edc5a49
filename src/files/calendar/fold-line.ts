const MAX_OCTETS = 75;

/**
 * Folds one content line into lines of at most 75 octets, joined by CRLF and a space, and ends it with CRLF.
 * Cuts between characters, never inside the UTF-8 bytes of one (RFC 5545, 3.1).
 */
export function foldLine(line: string): string {
  const pieces: string[] = [];
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > MAX_OCTETS) {
      pieces.push("\r\n ");
      octets = 1;
    }
    pieces.push(character);
    octets += size;
  }
  return `${pieces.join("")}\r\n`;
}

function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
