/** An iCalendar file around these lines, with the line ends the standard asks for. */
export function calendarFile(...lines: readonly string[]): string {
  return ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
}

/** A VEVENT of these lines. */
export function calendarEvent(...lines: readonly string[]): string[] {
  const hasUid = lines.some((line) => line.startsWith("UID:"));
  return ["BEGIN:VEVENT", ...(hasUid ? [] : ["UID:one@test"]), ...lines, "SUMMARY:secret", "END:VEVENT"];
}

/** Berlin's rules as Outlook writes them, under Outlook's name or another. */
export function berlinZone(tzid: string): string[] {
  return [
    "BEGIN:VTIMEZONE",
    `TZID:${tzid}`,
    "BEGIN:STANDARD",
    "DTSTART:16010101T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
  ];
}
