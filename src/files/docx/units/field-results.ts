/** Fields whose shown text is prose: people's own, or copied from prose of the document (17.16.5). */
const prose = new Set([
  "HYPERLINK",
  "REF",
  "STYLEREF",
  "QUOTE",
  "TITLE",
  "SUBJECT",
  "KEYWORDS",
  "IF",
  "FORMTEXT",
  "FILLIN",
  "INCLUDETEXT",
  "AUTOTEXT",
  "AUTOTEXTLIST",
  "GLOSSARY",
  "TOC",
  "TOA",
  "INDEX",
  "BIBLIOGRAPHY",
]);

/** True when the result of a field with that code may be translated; numbers, dates, names and citations may not. */
export function isProseField(code: string): boolean {
  const first = /^\s*([^\s"\\{]+)/.exec(code)?.[1]?.toUpperCase();
  return first !== undefined && prose.has(first);
}
