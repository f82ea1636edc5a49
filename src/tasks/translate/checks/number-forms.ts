/** How a language writes numbers: its decimal sign and the signs that may stand between thousands. */
export type NumberForm = { readonly decimal: string; readonly groups: readonly string[] };

const spaces = [" ", "\u00a0", "\u202f", "\u2009"];

/** The number form of a BCP 47 tag, from Intl; unknown tags count as English. */
export function numberForm(tag: string): NumberForm {
  const known = forms.get(tag) ?? readForm(tag);
  forms.set(tag, known);
  return known;
}

const forms = new Map<string, NumberForm>();

function readForm(tag: string): NumberForm {
  const parts = formatter(tag).formatToParts(1234567.5);
  const find = (type: string): string => parts.find((part) => part.type === type)?.value ?? "";
  const group = find("group");
  // Swiss and Portuguese readers know several; a space or an apostrophe never is a decimal sign.
  return {
    decimal: find("decimal") || ".",
    groups: [...new Set([group, ...spaces, "'", "’"])].filter(Boolean),
  };
}

function formatter(tag: string): Intl.NumberFormat {
  const options = { numberingSystem: "latn", useGrouping: "always" } as const;
  try {
    return new Intl.NumberFormat(tag, options);
  } catch {
    return new Intl.NumberFormat("en", options);
  }
}

const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

/** The text with digits of other scripts (Arabic, Devanagari, full width) as ASCII digits, same length. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    const zero = zeros.find((each) => code >= each && code <= each + 9);
    return zero === undefined || digit.length > 1 ? digit : String(code - zero);
  });
}
