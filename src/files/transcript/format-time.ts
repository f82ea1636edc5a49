import type { Cue } from "./transcript.ts";

const DAY = 86_400;

/**
 * Seconds as `HH:MM:SS`, rounded down. A `clock` time past midnight starts again at 00; an `offset` counts on.
 * Defaults to `offset`.
 */
export function formatTime(seconds: number, kind: "clock" | "offset" = "offset"): string {
  const whole = Math.max(0, Math.floor(seconds));
  const shown = kind === "clock" ? whole % DAY : whole;
  return [Math.floor(shown / 3600), Math.floor(shown / 60) % 60, shown % 60]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}

/** How a person finds the cue again: its time as the source wrote it, or its number (`#12`, from 1) without one. */
export function cueLabel(
  cue: Pick<Cue, "index" | "time" | "start">,
  kind: "clock" | "offset" = "offset",
): string {
  if (cue.time !== undefined) return cue.time;
  return cue.start === undefined ? `#${cue.index + 1}` : formatTime(cue.start, kind);
}
