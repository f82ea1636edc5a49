/**
 * A date in the manner of a date picture (17.16.4.1): `d MMMM yyyy`, `dd.MM.yy`, `'am' d. MMM`. By UTC; names of days
 * and months in that language (BCP 47). Without a picture: the language's usual digits.
 */
export function formatDate(date: Date, picture: string | undefined, language: string | undefined): string {
  const locale = known(language);
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(date);
  if (picture === undefined || picture.trim() === "")
    return part({ day: "2-digit", month: "2-digit", year: "numeric" });
  const names: Readonly<Record<string, () => string>> = {
    d: () => String(date.getUTCDate()),
    dd: () => twoDigits(date.getUTCDate()),
    ddd: () => part({ weekday: "short" }),
    dddd: () => part({ weekday: "long" }),
    M: () => String(date.getUTCMonth() + 1),
    MM: () => twoDigits(date.getUTCMonth() + 1),
    MMM: () => part({ month: "short" }),
    MMMM: () => part({ month: "long" }),
    yy: () => twoDigits(date.getUTCFullYear() % 100),
    yyyy: () => String(date.getUTCFullYear()),
    H: () => String(date.getUTCHours()),
    HH: () => twoDigits(date.getUTCHours()),
    h: () => String(date.getUTCHours() % 12 || 12),
    hh: () => twoDigits(date.getUTCHours() % 12 || 12),
    m: () => String(date.getUTCMinutes()),
    mm: () => twoDigits(date.getUTCMinutes()),
    s: () => String(date.getUTCSeconds()),
    ss: () => twoDigits(date.getUTCSeconds()),
    "am/pm": () => (date.getUTCHours() < 12 ? "AM" : "PM"),
  };
  // A word that is no sign of a date, as in `'de' MMMM`, stands in quotes or for itself.
  return picture.replace(/'([^']*)'|am\/pm|[A-Za-z]+/gi, (token, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted;
    // Years and days may be written in capitals, months and minutes may not.
    const key = /^[yd]+$/i.test(token) || /^am\/pm$/i.test(token) ? token.toLowerCase() : token;
    return (names[key === "yyy" || key === "y" ? "yyyy" : key] ?? (() => token))();
  });
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

function known(language: string | undefined): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language ?? "en-GB")[0] ?? "en-GB";
  } catch {
    return "en-GB";
  }
}
