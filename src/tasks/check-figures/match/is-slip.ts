/**
 * True where one number looks like the other mistyped: two neighbouring digits swapped, one digit of four or more another
 * one, or the mark moved. Of unrelated numbers less than one in a hundred do.
 */
export function isSlip(written: string, right: string): boolean {
  const [one, two] = [digitsOf(written), digitsOf(right)];
  if (one === two) return written !== right && one.length >= 3;
  if (one.length !== two.length) return isMoved(one, two);
  const other = [...one].flatMap((digit, index) => (digit === two[index] ? [] : [index]));
  const [first = 0, second = 0] = other;
  if (other.length === 1) return one.length >= 4 && first > 0;
  const isSwapped =
    other.length === 2 && second === first + 1 && one[first] === two[second] && one[second] === two[first];
  return isSwapped && one.length >= 3;
}

/** Ten or a thousand times as much. */
function isMoved(one: string, two: string): boolean {
  const [short, long] = one.length < two.length ? [one, two] : [two, one];
  return short.replace(/0+$/, "").length >= 3 && long.startsWith(short);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "").replace(/^0+/, "");
}
