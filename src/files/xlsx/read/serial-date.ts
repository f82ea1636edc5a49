const dayMilliseconds = 86_400_000;
/** Day number of 1970-01-01 in the system that counts from 1900, and how far the one from 1904 is behind. */
const epochSerial = 25_569;
const shift1904 = 1462;

/**
 * Milliseconds since 1970-01-01T00:00 of a day number, without a zone and rounded to the millisecond. The 1900 system
 * has a 29th of February 1900 that never was (day 60): days before it are one later than they look, so that day 1 is
 * 1 January; day 60 itself becomes 1 March. Undefined outside the years 1900 to 9999.
 */
export function millisecondsOfSerial(serial: number, date1904: boolean): number | undefined {
  if (!(serial >= 0) || serial + (date1904 ? shift1904 : 0) >= 2_958_466) return undefined;
  const days = date1904 ? serial + shift1904 : serial < 60 ? serial + 1 : serial;
  return Math.round((days - epochSerial) * dayMilliseconds);
}

/** The day number of those milliseconds since 1970-01-01T00:00. */
export function serialOfMilliseconds(milliseconds: number, date1904: boolean): number {
  const days = milliseconds / dayMilliseconds + epochSerial;
  if (date1904) return days - shift1904;
  return days < 61 ? days - 1 : days;
}

/** The day number of `2024-05-31`, `2024-05-31T10:20:30.5` or `10:20:30`; a zone is left out. Else undefined. */
export function serialOfIsoDate(text: string, date1904: boolean): number | undefined {
  const match =
    /^(?:([0-9]{4})-([0-9]{2})-([0-9]{2}))?(?:(?:T|^| )([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]+)?))?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?$/.exec(
      text.trim(),
    );
  if (match === null || text.trim() === "") return undefined;
  const [, year, month, day, hour = "0", minute = "0", second = "0"] = match;
  const time = Number(hour) / 24 + Number(minute) / 1440 + Number(second) / 86_400;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) >= 60) return undefined;
  if (year === undefined) return match[4] === undefined ? undefined : time;
  const milliseconds = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(milliseconds);
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined;
  return serialOfMilliseconds(milliseconds, date1904) + time;
}

/** `2024-05-31`, with `T10:20:30` where there is a time of day, for milliseconds since 1970-01-01T00:00. */
export function isoText(milliseconds: number, kind: "date" | "time" | "timestamp"): string {
  const iso = new Date(milliseconds).toISOString().replace(/(?:\.000)?Z$/, "");
  return kind === "date" ? iso.slice(0, 10) : kind === "time" ? iso.slice(11) : iso;
}
