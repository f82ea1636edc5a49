/** True for a whole number that is most likely a year. */
export function isYearLike(value: number | undefined): boolean {
  return value !== undefined && Number.isInteger(value) && value >= 1900 && value <= 2100;
}
