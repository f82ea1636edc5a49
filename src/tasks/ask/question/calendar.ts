const monthNames: readonly (readonly string[])[] = [
  ["january", "jan", "januar", "janner", "janvier", "enero", "janeiro"],
  ["february", "feb", "februar", "fevrier", "febrero", "fevereiro"],
  ["march", "mar", "marz", "mrz", "mars", "marzo", "marco"],
  ["april", "apr", "avril", "abril"],
  ["may", "mai", "mayo", "maio"],
  ["june", "jun", "juni", "juin", "junio", "junho"],
  ["july", "jul", "juli", "juillet", "julio", "julho"],
  ["august", "aug", "aout", "agosto"],
  ["september", "sep", "sept", "septembre", "septiembre", "setembro"],
  ["october", "oct", "okt", "oktober", "octobre", "octubre", "outubro"],
  ["november", "nov", "novembre", "noviembre", "novembro"],
  ["december", "dec", "dez", "dezember", "decembre", "diciembre", "dezembro"],
];

const monthNumbers: ReadonlyMap<string, number> = new Map(
  monthNames.flatMap((names, index) => names.map((name) => [name, index + 1] as const)),
);

const stems = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** 1 to 12 for the name of a month, in lower case without accents, English, German, French, Spanish or Portuguese. */
export function monthOf(word: string): number | undefined {
  return monthNumbers.get(word);
}

/** The three letters that stand for a month in every language. */
export function monthStem(word: string): string | undefined {
  const month = monthNumbers.get(word);
  return month === undefined ? undefined : stems[month - 1];
}

const weekdays: readonly string[] = [
  "monday mondays mon montag montags lundi lundis lunes",
  "tuesday tuesdays tue dienstag dienstags mardi mardis martes",
  "wednesday wednesdays wed mittwoch mittwochs mercredi mercredis miercoles",
  "thursday thursdays thu donnerstag donnerstags jeudi jeudis jueves",
  "friday fridays fri freitag freitags vendredi vendredis viernes",
  "saturday saturdays sat samstag samstags samedi samedis sabado sabados",
  "sunday sundays sun sonntag sonntags dimanche dimanches domingo domingos",
];

const weekdayNumbers: ReadonlyMap<string, number> = new Map(
  weekdays.flatMap((names, index) => names.split(" ").map((name) => [name, index + 1] as const)),
);

/** 1 (Monday) to 7 for the name of a weekday. */
export function weekdayOf(word: string): number | undefined {
  return weekdayNumbers.get(word);
}

/** A day as ISO 8601; undefined when the calendar lacks it. */
export function isoDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

/** The last day of a month. */
export function lastDayOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Days since 1970-01-01 as ISO 8601. */
export function dayText(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}
