const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/** Room that `parseDecimal` writes its result into: the value, and where the number ends. */
export type DecimalResult = { value: number; end: number };

/**
 * Reads an unsigned decimal number of `bytes` from `at` into `result`, rounded exactly as `Number` does it.
 * False when it has an exponent, more than 19 digits or a rounding that needs more care: then nothing is read.
 */
export function parseDecimal(bytes: Uint8Array, at: number, result: DecimalResult): boolean {
  const start = at;
  let head = 0;
  let digits = 0;
  let fraction = 0;
  let code = bytes[at]!;
  // Up to 15 digits are exact in a double; what follows is gathered apart.
  while (code >= 48 && code <= 57 && digits < 15) {
    head = head * 10 + code - 48;
    digits++;
    code = bytes[++at]!;
  }
  let isFraction = false;
  if (code === 46) {
    isFraction = true;
    code = bytes[++at]!;
    while (code >= 48 && code <= 57 && digits < 15) {
      head = head * 10 + code - 48;
      // Leading zeros are no digits of the number: 0.000123 has three.
      if (head !== 0) digits++;
      fraction++;
      code = bytes[++at]!;
    }
  }
  if (code < 48 || code > 57) {
    const hasDigits = at - start > (isFraction ? 1 : 0);
    if (!hasDigits || code === 46 || (code | 32) === 101 || fraction > 22) return false;
    result.value = fraction === 0 ? head : head / powersOfTen[fraction]!;
    result.end = at;
    return true;
  }
  let tail = 0;
  let tailDigits = 0;
  for (;;) {
    if (code === 46 && !isFraction) isFraction = true;
    else if (code >= 48 && code <= 57) {
      tail = tail * 10 + code - 48;
      tailDigits++;
      if (isFraction) fraction++;
    } else break;
    code = bytes[++at]!;
  }
  if (tailDigits > 4 || fraction > 22 || (code | 32) === 101 || code === 46) return false;
  const value = divideExactly(head, tail, tailDigits, fraction);
  if (Number.isNaN(value)) return false;
  result.value = value;
  result.end = at;
  return true;
}

const SPLITTER = 134_217_729; // 2^27 + 1 (Veltkamp)

/**
 * (head * 10^tailDigits + tail) / 10^fraction, correctly rounded; NaN when two doubles are too near to tell.
 * Products are split into a double and its error (Dekker 1971), so about 100 bits are known of the quotient.
 */
function divideExactly(head: number, tail: number, tailDigits: number, fraction: number): number {
  const scale = powersOfTen[tailDigits]!;
  let high = head * scale;
  let low = productError(head, scale, high) + tail;
  const sum = high + low;
  low -= sum - high;
  high = sum;
  const divisor = powersOfTen[fraction]!;
  const quotient = high / divisor;
  const back = quotient * divisor;
  const rest = (high - back - productError(quotient, divisor, back) + low) / divisor;
  const value = quotient + rest * (1 + 1e-9);
  return value === quotient + rest * (1 - 1e-9) ? value : Number.NaN;
}

function productError(a: number, b: number, product: number): number {
  let scaled = SPLITTER * a;
  const aHigh = scaled - (scaled - a);
  const aLow = a - aHigh;
  scaled = SPLITTER * b;
  const bHigh = scaled - (scaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
