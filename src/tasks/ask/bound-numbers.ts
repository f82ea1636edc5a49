/** A number in a text: where it stands, as written, and what it is worth. */
export type NumberInText = {
  readonly start: number;
  readonly text: string;
  readonly value: number;
  readonly digits: number;
};

/**
 * The numbers of a text that are none of the values they may be: each must be one of `values`, rounded at most to the
 * places it is written with. Numbers that stand in `known` texts (the question, names of columns) are let through.
 */
export function unboundNumbers(
  text: string,
  values: readonly number[],
  known: readonly string[] = [],
): NumberInText[] {
  const given = new Set(known.flatMap((each) => numbersIn(each).map(({ value }) => value)));
  return numbersIn(text).filter(
    (number) => !given.has(number.value) && !values.some((value) => isRounded(number, value)),
  );
}

const scales: Readonly<Record<string, number>> = {
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
};

/** Every number of a text, with thousands separators of English; a scale word (`1.2 million`) and an exponent (`1.2e+21`)
 * count. */
export function numbersIn(text: string): NumberInText[] {
  const found: NumberInText[] = [];
  const pattern =
    /(?<![\p{L}\d.,])[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?:e([+-]\d+))?(?!\d)(?:\s?(thousand|million|billion|bn|[km])\b)?/giu;
  for (const match of text.matchAll(pattern)) {
    const [text, exponent = "0", word = ""] = match;
    const scale = scales[word.toLowerCase()] ?? 1;
    const plain = text
      .replace(/e[+-].*/i, "")
      .replace(/[^\d.\-−]/g, "")
      .replace("−", "-");
    const digits = (plain.split(".")[1]?.length ?? 0) - Number(exponent) - Math.log10(scale);
    found.push({ start: match.index, text, value: Number(`${plain}e${exponent}`) * scale, digits });
  }
  return found;
}

/** True when the number is the value, rounded to the places it is written with; signs may be said in words. */
function isRounded({ value, digits }: NumberInText, bound: number): boolean {
  const unit = 10 ** -digits;
  return [bound, -bound].some(
    (each) => Math.abs(each - value) <= unit / 2 + 1e-12 * Math.max(1, Math.abs(each)),
  );
}
