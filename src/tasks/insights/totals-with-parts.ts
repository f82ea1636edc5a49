/**
 * Pairs of a column that is the sum of three or more others and one of those: a total and its parts go together whatever
 * they count. An empty part adds nothing.
 */
export function totalsWithParts(columns: readonly (readonly number[])[]): number[][] {
  return columns.flatMap((target, at) => {
    const others = columns.flatMap((_, index) => (index === at ? [] : [index]));
    const parts = subsetsOf(others)
      .filter(({ length }) => length > 2)
      .find((own) =>
        isSum(
          target,
          own.map((part) => columns[part]!),
        ),
      );
    return (parts ?? []).map((part) => [at, part]);
  });
}

function subsetsOf(indexes: readonly number[]): number[][] {
  return Array.from({ length: 2 ** indexes.length }, (_, set) =>
    indexes.filter((_, place) => Math.floor(set / 2 ** place) % 2 === 1),
  );
}

const mostRows = 400;

/** True where nine of ten rows agree. */
function isSum(target: readonly number[], parts: readonly (readonly number[])[]): boolean {
  const every = Math.ceil(target.length / mostRows);
  let [rows, fits] = [0, 0];
  for (let row = 0; row < target.length; row += every) {
    const own = parts.map((part) => part[row]!).filter((each) => !Number.isNaN(each));
    const total = target[row]!;
    if (Number.isNaN(total) || own.length === 0) continue;
    rows++;
    const apart = Math.abs(own.reduce((sum, each) => sum + each, 0) - total);
    if (apart <= 1e-6 * Math.abs(total) + 0.011) fits++;
  }
  return rows >= 5 && fits >= 0.9 * rows;
}
