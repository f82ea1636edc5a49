import { BadRequestError } from "../../errors.ts";

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/** A date that a person wrote on the command line, in ISO 8601. Throws `BadRequestError` for anything else. */
export function readDate(text: string): Date {
  const date = new Date(text);
  if (!ISO_DATE.test(text) || Number.isNaN(date.getTime())) {
    throw new BadRequestError(`"${text}" is not a date`, {
      hint: "write it as 2026-11-17 or 2026-11-17T09:00:00Z",
    });
  }
  return date;
}
