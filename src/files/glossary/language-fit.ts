/** How well a tag of a file fits the language asked for: 2 the same, 1 the same language elsewhere, 0 another. */
export function languageFit(tag: string, wanted: string): 0 | 1 | 2 {
  const [a, b] = [tag, wanted].map((each) => each.trim().toLowerCase().replaceAll("_", "-")) as [
    string,
    string,
  ];
  if (a === b) return 2;
  return a !== "" && a.split("-")[0] === b.split("-")[0] ? 1 : 0;
}

/** The best fit of a column's header, which may be a tag or a language's name in English or in itself. */
export function headerFit(header: string, wanted: string): 0 | 1 | 2 {
  const tag = languageFit(header, wanted);
  if (tag > 0) return tag;
  const name = header.trim().toLowerCase();
  const primary = wanted.split(/[-_]/)[0]!;
  for (const locale of ["en", primary]) {
    if (name !== "" && name === nameOf(wanted, locale)) return 2;
    if (name !== "" && name === nameOf(primary, locale)) return 1;
  }
  return 0;
}

function nameOf(tag: string, locale: string): string | undefined {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(tag)?.toLowerCase();
  } catch {
    return undefined;
  }
}
