/**
 * Blanks in place of a document type declaration that only names a file, as TMX and TBX files have; nothing is fetched.
 * One that declares something stays, and the reader of XML refuses it.
 */
export function dropDoctype(text: string): string {
  const found =
    /^(?:\ufeff|\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*(<!DOCTYPE\s+[\w:.-]+\s*(?:SYSTEM\s*(?:"[^"<>]*"|'[^'<>]*')|PUBLIC\s*(?:"[^"<>]*"|'[^'<>]*')\s*(?:"[^"<>]*"|'[^'<>]*'))?\s*>)/.exec(
      text.slice(0, 10_000),
    );
  if (found === null) return text;
  const declaration = found[1]!;
  const start = found[0].length - declaration.length;
  const blanks = declaration.replace(/[^\r\n]/g, " ");
  return text.slice(0, start) + blanks + text.slice(found[0].length);
}
