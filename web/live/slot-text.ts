import type { LiveSlot } from "../../src/apps/server/protocol/live-messages.ts";

/** The time zone of this device, such as `Europe/Lisbon`. */
export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A slot as a person in `timeZone` says it: `Tue 3 March, 14:00 – 14:30`. */
export function slotText({ start, end }: LiveSlot, locale: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
    timeZone,
  });
  return format.formatRange(new Date(start), new Date(end));
}
