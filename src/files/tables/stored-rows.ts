/** Index of the first stored row whose number in the sheet is at least `row`; the count of rows when there is none. */
export function storedRowFrom({ rows }: { readonly rows: ArrayLike<number> }, row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
