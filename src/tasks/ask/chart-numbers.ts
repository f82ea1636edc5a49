/** How the numbers of one scale are written: divided by `divisor`, which the axis' title says in a word. */
export type NumberStyle = {
  readonly divisor: number;
  /** `million`; empty where numbers stand as they are. */
  readonly scaleWord: string;
  /** Decimals of labels beside values. */
  readonly decimals: number;
};

const scales = [
  { divisor: 1e12, scaleWord: "trillion" },
  { divisor: 1e9, scaleWord: "billion" },
  { divisor: 1e6, scaleWord: "million" },
];

/** Millions and more are counted in millions, unless the unit in the title already counts in something like it. */
export function numberStyle(values: readonly (number | null)[], title: string): NumberStyle {
  const numbers = values.filter((value) => value !== null);
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const isScaled = /thousand|million|billion|trillion|tsd|mio|mrd|000|\b[kmb]n?\b|%/i.test(title);
  const scale = isScaled ? undefined : scales.find(({ divisor }) => largest >= 2 * divisor);
  const { divisor, scaleWord } = scale ?? { divisor: 1, scaleWord: "" };
  const shown = numbers.map((value) => value / divisor);
  return { divisor, scaleWord, decimals: decimalsOf(shown, largest / divisor) };
}

/** Numbers as they stand, whatever their size. */
export function plainStyle(values: readonly number[]): NumberStyle {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return { divisor: 1, scaleWord: "", decimals: decimalsOf(values, largest) };
}

/** As many as the values have, but not more than three or four digits in all need. */
function decimalsOf(shown: readonly number[], largest: number): number {
  const wanted = largest >= 1000 ? 0 : largest >= 100 ? 1 : largest >= 1 ? 2 : 4;
  const has = (decimals: number): boolean =>
    shown.every(
      (value) => Math.abs(value - Number(value.toFixed(decimals))) <= 1e-9 * Math.max(1, Math.abs(value)),
    );
  for (let decimals = 0; decimals < wanted; decimals++) if (has(decimals)) return decimals;
  return wanted;
}

/** A number of the scale as people write it: `1,234.5`. */
export function chartNumber(value: number, { divisor, decimals }: NumberStyle): string {
  const text = (Math.abs(value) / divisor).toFixed(decimals);
  const [whole = "", places] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const sign = value < 0 && Number(text) !== 0 ? "−" : "";
  return `${sign}${places === undefined ? grouped : `${grouped}.${places}`}`;
}
