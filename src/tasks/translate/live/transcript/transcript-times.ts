/** The time of day in a time zone, as `HH:MM:SS`. */
export function timeOf(at: Date, timeZone: string): string {
  return at.toLocaleTimeString("en-GB", { timeZone, hourCycle: "h23" });
}

/** The day in a time zone, as `YYYY-MM-DD`. */
export function dayOf(at: Date, timeZone: string): string {
  return at.toLocaleDateString("sv-SE", { timeZone });
}

/** The day as people write it: `23 November 2026`. */
export function dayInWords(at: Date, timeZone: string, language: string): string {
  return at.toLocaleDateString(language === "en" ? "en-GB" : language, { timeZone, dateStyle: "long" });
}
