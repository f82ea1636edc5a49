/** Zone words people say, and the IANA zone that has their daylight saving rules. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  utc: "UTC",
  gmt: "UTC",
  zulu: "UTC",
  cet: "Europe/Paris",
  cest: "Europe/Paris",
  mez: "Europe/Berlin",
  mesz: "Europe/Berlin",
  "central european": "Europe/Paris",
  wet: "Europe/Lisbon",
  eet: "Europe/Athens",
  bst: "Europe/London",
  uk: "Europe/London",
  british: "Europe/London",
  portuguese: "Europe/Lisbon",
  portugal: "Europe/Lisbon",
  german: "Europe/Berlin",
  germany: "Europe/Berlin",
  french: "Europe/Paris",
  spanish: "Europe/Madrid",
  swedish: "Europe/Stockholm",
  et: "America/New_York",
  est: "America/New_York",
  edt: "America/New_York",
  eastern: "America/New_York",
  "new york": "America/New_York",
  ct: "America/Chicago",
  pt: "America/Los_Angeles",
  pst: "America/Los_Angeles",
  pdt: "America/Los_Angeles",
  pacific: "America/Los_Angeles",
  jst: "Asia/Tokyo",
  ist: "Asia/Kolkata",
  munich: "Europe/Berlin",
  hamburg: "Europe/Berlin",
  frankfurt: "Europe/Berlin",
  cologne: "Europe/Berlin",
  lissabon: "Europe/Lisbon",
  lisbonne: "Europe/Lisbon",
  lisboa: "Europe/Lisbon",
  porto: "Europe/Lisbon",
  barcelona: "Europe/Madrid",
  milan: "Europe/Rome",
  geneva: "Europe/Zurich",
  lyon: "Europe/Paris",
  gothenburg: "Europe/Stockholm",
  edinburgh: "Europe/London",
  boston: "America/New_York",
  "san francisco": "America/Los_Angeles",
  seattle: "America/Los_Angeles",
  mumbai: "Asia/Kolkata",
  delhi: "Asia/Kolkata",
  bangalore: "Asia/Kolkata",
  beijing: "Asia/Shanghai",
  kyiv: "Europe/Kiev",
};

const CITIES: ReadonlyMap<string, string> = new Map(
  Intl.supportedValuesOf("timeZone").map((zone) => [
    (zone.split("/").at(-1) ?? zone).replaceAll("_", " ").toLowerCase(),
    zone,
  ]),
);

/** The IANA zone behind `Lisbon`, `CET`, `Eastern`, or undefined. */
function zoneOf(name: string): string | undefined {
  const key = name.trim().toLowerCase();
  return ABBREVIATIONS[key] ?? CITIES.get(key);
}

/**
 * The zone named right after a time: `Lisbon time`, `in Berlin`, `CET`. `elsewhere` is true for `your time`,
 * `local time` and names no table knows: then the zone is open, not the caller's.
 */
export function readZone(after: string): { readonly zone?: string; readonly elsewhere: boolean } {
  const text = after.replace(/^[\s,(]+/u, "");
  const named =
    /^(?:(?:in|at|o'clock|Uhr|heure|horas?)\s+)*(?:the\s+)?(\p{L}+(?:[ -]\p{Lu}?\p{L}+)?|\p{L}+)\s+(?:standard |daylight |summer |local )?(?:time|zeit)\b/u.exec(
      text,
    );
  if (named?.[1] !== undefined) {
    const words = named[1];
    const zone = zoneOf(words) ?? zoneOf(words.split(" ").at(-1) ?? "");
    if (zone !== undefined) return { zone, elsewhere: false };
    if (/^(?:my|our)$/iu.test(words)) return { elsewhere: true };
    if (/^(?:your|their|his|her|local)\b|^\p{Lu}/u.test(words)) return { elsewhere: true };
  }
  const short = /^(?:in\s+)?(\p{Lu}\p{L}*(?: \p{Lu}\p{L}+)?)/u.exec(text)?.[1];
  if (short !== undefined) {
    const zone = zoneOf(short) ?? zoneOf(short.split(" ")[0] ?? "");
    if (zone !== undefined) return { zone, elsewhere: false };
  }
  const romance = /^(?:hora|heure|horas|Uhr)s?\s+(?:de|d'|do|da)\s*(\p{Lu}\p{L}+)/u.exec(text)?.[1];
  const zone = romance === undefined ? undefined : zoneOf(romance);
  return zone === undefined ? { elsewhere: false } : { zone, elsewhere: false };
}

function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant at which clocks in a zone show that day and time. Undefined when they never do (the hour that is
 * skipped in spring) or do twice (the hour that comes again in autumn).
 */
export function instantOf(date: string, hour: number, minute: number, timeZone: string): Date | undefined {
  const wall = Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minute) * 60_000;
  const day = 86_400_000;
  const offsets = new Set([
    offsetAt(wall - day, timeZone),
    offsetAt(wall + day, timeZone),
    offsetAt(wall, timeZone),
  ]);
  const hits = new Set(
    [...offsets]
      .map((offset) => wall - offset)
      .filter((instant) => instant + offsetAt(instant, timeZone) === wall),
  );
  const [only] = hits;
  return hits.size === 1 && only !== undefined ? new Date(only) : undefined;
}
