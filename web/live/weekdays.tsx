import { ToggleButton } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { usePage } from "./page-context.ts";

export type WeekdaysProps = {
  /** Monday is 1, Sunday 7. */
  readonly days: readonly number[];
  readonly onChange: (days: readonly number[]) => void;
};

/** The days of the week, each on or off. */
export function Weekdays({ days, onChange }: WeekdaysProps): ReactElement {
  const { say, locale } = usePage();
  const toggle = (day: number): void =>
    onChange(days.includes(day) ? days.filter((each) => each !== day) : [...days, day].toSorted());
  return (
    // biome-ignore lint/a11y/useSemanticElements: it stands in a fieldset already
    <div className="weekdays" role="group" aria-label={say("days")}>
      {[1, 2, 3, 4, 5, 6, 7].map((day) => (
        <ToggleButton
          key={day}
          className="weekday"
          size="small"
          checked={days.includes(day)}
          aria-label={dayName(day, locale, "long")}
          onClick={() => toggle(day)}
        >
          {dayName(day, locale, "short")}
        </ToggleButton>
      ))}
    </div>
  );
}

/** 1 January 2024 was a Monday. */
const dayName = (day: number, locale: string, weekday: "long" | "short"): string =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: "UTC" }).format(Date.UTC(2024, 0, day));
