import type { Json } from "../../json.ts";

/** The digits of a number as a float64 where that keeps every one of them, else as they are. */
export function numberValue(digits: string): Json {
  const number = Number(digits);
  if (!Number.isFinite(number)) return digits;
  if (/^-?\d+$/.test(digits)) return Number.isSafeInteger(number) ? number : digits;
  // Fifteen digits survive a float64 and come back the same.
  const telling = digits.replace(/e.*$/i, "").replace(/[-.]/g, "").replace(/^0+/, "").replace(/0+$/, "");
  return telling.length <= 15 ? number : digits;
}
