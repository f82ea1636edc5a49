/** The digits of a text as numbers. */
export function digitsOf(text: string): readonly number[] {
  return [...text].filter((letter) => letter >= "0" && letter <= "9").map(Number);
}

/** The sum of digits times the weight of their place. */
export function weightedSum(digits: readonly number[], weight: (index: number) => number): number {
  return digits.reduce((sum, digit, index) => sum + digit * weight(index), 0);
}

/** The sum of digits times weights that repeat. */
export function alternatingSum(digits: readonly number[], weights: readonly number[]): number {
  return weightedSum(digits, (index) => weights[index % weights.length] ?? 0);
}

/** Luhn's formula (ISO/IEC 7812-1, annex B). */
export function luhnHolds(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** Whether the calendar has that day. */
export function isRealDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
