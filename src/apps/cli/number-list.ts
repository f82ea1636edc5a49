import { BadRequestError } from "../../errors.ts";

/** Which numbered things a person means: everything, or these numbers. */
export type NumberList = "all" | ReadonlySet<number>;

/** Reads `all`, `3`, `3,5` or `1-4,7`. Throws `BadRequestError` for anything else. */
export function parseNumberList(text: string): NumberList {
  if (text.trim().toLowerCase() === "all") return "all";
  const numbers = new Set<number>();
  for (const piece of text.split(",")) {
    const match = /^\s*(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*$/.exec(piece);
    const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (match === null || from < 1 || to < from) {
      throw new BadRequestError(`"${text}" names no changes`, {
        hint: "write numbers like 3, 3,5 or 1-4, or all",
      });
    }
    for (let number = from; number <= to; number++) numbers.add(number);
  }
  return numbers;
}
