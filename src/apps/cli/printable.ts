/** ESC with an SGR sequence: the only escape a styled line may hold. */
const STYLE = /\u001b\[[0-9;]*m/g;
/** C0 but tab and line feed, DEL, C1, and the marks that turn the direction of what follows (CVE-2021-42574). */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text from a file as a terminal may show it: every control and escape character becomes a visible stand-in,
 * so that a document cannot move the cursor, colour, retitle or type into the terminal. Line feeds stay.
 */
export function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("\r\n", "\n")
    .replace(/[\u2028\u2029]/g, "\n")
    .replace(UNSAFE, standIn)
    .replaceAll("\t", "    ");
}

/** `printable` on one line: line breaks and tabs become single spaces. */
export function printableLine(text: string): string {
  return printable(text.replaceAll("\t", " "))
    .replace(/\s*\n\s*/g, " ")
    .trim();
}

/** The last filter before the terminal: as `printable`, but our own colours pass when `allowStyles` is set. */
export function filterOutput(text: string, allowStyles: boolean): string {
  if (!allowStyles) return printable(text);
  const styles = text.match(STYLE) ?? [];
  return text
    .split(STYLE)
    .map((piece, index) => printable(piece) + (styles[index] ?? ""))
    .join("");
}

/** JSON that is safe to show: `JSON.stringify` leaves C1 and direction marks as they are. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function standIn(found: string): string {
  const code = found.charCodeAt(0);
  // Control Pictures, U+2400: the symbol for ESC is U+241B.
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : "\ufffd";
}
