import { BadRequestError } from "../../errors.ts";

/** The IANA name of a zone that a person wrote. Throws `BadRequestError` for what is none. */
export function checkTimeZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch (cause) {
    throw new BadRequestError(`"${zone}" is no time zone`, {
      cause,
      hint: "write one such as Europe/Lisbon or UTC",
    });
  }
}
