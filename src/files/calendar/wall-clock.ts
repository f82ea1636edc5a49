/**
 * What the clocks of a place show, as the milliseconds that UTC would have for the same day and time. Days then are
 * always 24 hours long, which is how calendars count them; `instantOfWall` leads back to real time.
 */
export type WallTime = number;

/** Milliseconds that the clocks of a place are ahead of UTC at an instant. */
export type Zone = { readonly name: string; readonly offsetAt: (instant: number) => number };

export const DAY = 86_400_000;
const OFFSET = /GMT(?:([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?)?/u;
const zones = new Map<string, Zone | undefined>();
const MOST_ZONES = 1000;

export const UTC: Zone = { name: "UTC", offsetAt: () => 0 };

/** A zone of the IANA database; undefined for a name that it does not have. */
export function ianaZone(name: string): Zone | undefined {
  if (!zones.has(name)) {
    if (zones.size >= MOST_ZONES) zones.clear();
    zones.set(name, makeZone(name));
  }
  return zones.get(name);
}

function makeZone(name: string): Zone | undefined {
  // Bare offsets ("+01:00") are zones to Intl but no names of places.
  if (!/^[A-Za-z]/u.test(name)) return undefined;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    return { name, offsetAt: rememberedOffsets((instant) => readOffset(format.format(instant))) };
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

function readOffset(text: string): number {
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = OFFSET.exec(text) ?? [];
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === "-" ? -size : size;
}

const QUARTER = 15 * 60_000;
const MOST_OFFSETS = 50_000;

/** Clocks change on quarters of an hour, so one answer holds for each. */
function rememberedOffsets(read: (instant: number) => number): (instant: number) => number {
  const known = new Map<number, number>();
  return (instant) => {
    const quarter = Math.floor(instant / QUARTER);
    const old = known.get(quarter);
    if (old !== undefined) return old;
    if (known.size >= MOST_OFFSETS) known.clear();
    const offset = read(quarter * QUARTER);
    known.set(quarter, offset);
    return offset;
  };
}

/** What the clocks show at an instant. */
export function wallOf(instant: number, zone: Zone): WallTime {
  return instant + zone.offsetAt(instant);
}

/**
 * The instant at which the clocks show this. A time that comes twice in autumn is the first of the two; one that is
 * skipped in spring is counted with the offset before the change (RFC 5545, 3.3.5).
 */
export function instantOfWall(wall: WallTime, zone: Zone): number {
  const before = zone.offsetAt(wall - DAY);
  const after = zone.offsetAt(wall + DAY);
  if (before === after && zone.offsetAt(wall - before) === before) return wall - before;
  const offsets = [before, after, zone.offsetAt(wall - before), zone.offsetAt(wall - after)];
  const hits = offsets
    .map((offset) => wall - offset)
    .filter((instant) => instant + zone.offsetAt(instant) === wall);
  return hits.length > 0 ? Math.min(...hits) : wall - before;
}
