import { BadRequestError } from "../../errors.ts";

/** Minutes of `45m`, `1h`, `1h30`, `1.5h`, `90` or `45 minutes`. Throws `BadRequestError` for anything else. */
export function readDurationText(text: string): number {
  const plain = text.trim().toLowerCase();
  const minutes = /^(\d{1,3})\s*(?:m|min|mins|minutes?)?$/u.exec(plain)?.[1];
  const hours = /^(\d{1,2})(\.\d{1,2})?\s*(?:h|hours?)(?:\s*(\d{1,2})\s*(?:m|min|mins|minutes?)?)?$/u.exec(
    plain,
  );
  const total =
    minutes === undefined
      ? (Number(hours?.[1]) + Number(hours?.[2] ?? 0)) * 60 + Number(hours?.[3] ?? 0)
      : Number(minutes);
  if (!Number.isInteger(total) || total < 5 || total > 720)
    throw new BadRequestError(`"${text}" is no length of a meeting`, {
      hint: "write 45m, 1h or 1h30: 5 minutes to 12 hours",
    });
  return total;
}
