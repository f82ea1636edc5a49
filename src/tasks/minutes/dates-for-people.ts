const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);

/** `2026-11-18` as `Wednesday 18 November 2026`. */
export function longDate(date: string): string {
  return plain(new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" }).format(noon(date)));
}

/** `2026-11-18` as `Wed 18 Nov 2026`. */
export function shortDate(date: string): string {
  return plain(
    new Intl.DateTimeFormat("en-GB", {
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    }).format(noon(date)),
  );
}

/** Whether a comma follows the weekday differs between versions of the locale data. */
const plain = (text: string): string => text.replaceAll(",", "").replace("Sept ", "Sep ");

/** From when to when a stretch went: `14:02–14:10`, whole seconds left out for times of day; empty without times. */
export function spanOf(start: string | undefined, end: string | undefined): string[] {
  const short = (time: string): string => /^(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?$/u.exec(time)?.[1] ?? time;
  if (start === undefined) return [];
  const [from, to] = [short(start), end === undefined ? undefined : short(end)];
  return [to === undefined || to === from ? from : `${from}–${to}`];
}

/** An instant and a length as people read it: `Tuesday 24 November 2026, 15:00–15:45 (Stockholm, UTC+1)`. */
export function meetingTime(start: string, minutes: number | undefined, timeZone: string): string {
  const from = new Date(start);
  const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone });
  const day = plain(new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone }).format(from));
  const offset = new Intl.DateTimeFormat("en-GB", { timeZoneName: "shortOffset", timeZone })
    .formatToParts(from)
    .find((part) => part.type === "timeZoneName")
    ?.value.replace("GMT", "UTC")
    .replace(/[+-]0$/u, "");
  const place = (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
  const to = minutes === undefined ? "" : `–${clock.format(new Date(from.getTime() + minutes * 60_000))}`;
  const zone = place === offset || offset === undefined ? place : `${place}, ${offset}`;
  return `${day}, ${clock.format(from)}${to} (${zone})`;
}
