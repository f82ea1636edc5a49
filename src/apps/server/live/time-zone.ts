import { BadRequestError } from "../../../errors.ts";

/** Throws `BadRequestError` for what names no time zone. */
export function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch (cause) {
    throw new BadRequestError("timeZone is not the name of a time zone", {
      cause,
      hint: "write it as Europe/Lisbon",
    });
  }
}
