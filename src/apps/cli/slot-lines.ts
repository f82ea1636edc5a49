import type { SlotsOutput } from "../../tasks/slots/task.ts";
import type { ProposedSlot } from "../../tasks/slots/types.ts";
import { printableLine } from "./printable.ts";
import { textTable } from "./text-table.ts";

/** What was looked for: `45 minutes, Monday 30 November 2026 to Sunday 6 December 2026`. */
export function searchLine({ durationMinutes, period, sides }: SlotsOutput): string {
  const day = new Intl.DateTimeFormat("en-GB", {
    dateStyle: "full",
    timeZone: sides[0]?.timeZone ?? "UTC",
  });
  const [from, to] = [period.from, new Date(period.to.getTime() - 1)].map((date) =>
    day.format(date).replaceAll(",", ""),
  );
  const names = sides.map(({ side }) => printableLine(side)).join(", ");
  return `looked for ${durationMinutes} minutes for ${names}, ${from}${from === to ? "" : ` to ${to}`}`;
}

/** The proposals, or why there are none, as lines for a person. */
export function slotLines({ slots, none }: Pick<SlotsOutput, "slots" | "none">): string[] {
  if (none === undefined) return slotRows(slots.map((slot, index) => [String(index + 1), slot]));
  return [
    `no time: ${printableLine(none.reason)}`,
    ...(none.relaxations.length === 0 ? ["nothing near it would help either"] : ["it would be possible:"]),
    ...none.relaxations.flatMap(({ text, slot }) => [
      `  ${printableLine(text)}`,
      ...slotRows([["  ", slot]]),
    ]),
  ];
}

/** Each slot in every side's local time, the number before the first. */
export function slotRows(
  slots: readonly (readonly [label: string, slot: Pick<ProposedSlot, "local">])[],
): string[] {
  return textTable(
    slots.flatMap(([label, slot]) =>
      slot.local.map((one, index) => [index === 0 ? label : "", printableLine(one.side), one.text]),
    ),
  );
}
