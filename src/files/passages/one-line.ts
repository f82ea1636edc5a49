/**
 * A text as passages carry it: composed letters (NFC), one line, single spaces. Control characters, soft hyphens and
 * other letters that nobody sees are left out, and so are private ones (a symbol font's bullets).
 */
export function oneLine(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\u00ad\u200b\u2060\ufeff\ue000-\uf8ff\ufffc]/g, "")
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ")
    .trim();
}
