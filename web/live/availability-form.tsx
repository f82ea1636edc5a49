import { Button, Field, Input, Select } from "@fluentui/react-components";
import { type ReactElement, useRef, useState } from "react";
import { type BusyFiles, readBusyFiles } from "./busy-files.ts";
import { failureText, type LiveRequests } from "./live-requests.ts";
import { usePage } from "./page-context.ts";
import { ownTimeZone, slotText } from "./slot-text.ts";
import { Weekdays } from "./weekdays.tsx";

export type AvailabilityFormProps = { readonly requests: LiveRequests; readonly hasSlots: boolean };

const twoWeeks = 14 * 24 * 60 * 60 * 1_000;

/** Calendar files become busy times here; the person sees what goes out before it does. */
export function AvailabilityForm({ requests, hasSlots }: AvailabilityFormProps): ReactElement {
  const page = usePage();
  const { say } = page;
  const [read, setRead] = useState<BusyFiles>();
  const [hours, setHours] = useState<Hours>({ start: "09:00", end: "17:00", days: [1, 2, 3, 4, 5] });
  const [minutes, setMinutes] = useState(30);
  const [outcome, setOutcome] = useState("");

  async function send(): Promise<void> {
    try {
      const { missing, proposed } = await requests.sendAvailability({
        busy: read?.busy ?? [],
        timeZone: ownTimeZone(),
        workingHours: hours,
        durationMinutes: minutes,
      });
      setOutcome(missing > 0 ? say("busySent") : proposed === 0 ? say("noneFree") : "");
    } catch (error) {
      setOutcome(say("sendFailed", { reason: failureText(error, page) }));
    }
  }

  return (
    <div className="form">
      <p className="quiet">{say("meetingLead")}</p>
      <CalendarPicker onRead={setRead} />
      {read !== undefined && <WhatIsSent read={read} />}
      <HoursFields hours={hours} onChange={setHours} />
      <Field label={say("meetingLength")}>
        <Select value={String(minutes)} onChange={(_, { value }) => setMinutes(Number(value))}>
          {[15, 30, 45, 60, 90, 120].map((count) => (
            <option key={count} value={count}>
              {say("minutes", { count })}
            </option>
          ))}
        </Select>
      </Field>
      <Button appearance={hasSlots ? "secondary" : "primary"} onClick={() => void send()}>
        {say("sendBusy")}
      </Button>
      <p role="status">{outcome}</p>
    </div>
  );
}

function CalendarPicker({ onRead }: { readonly onRead: (read: BusyFiles) => void }): ReactElement {
  const { say } = usePage();
  const input = useRef<HTMLInputElement>(null);
  async function pick(files: readonly File[]): Promise<void> {
    const from = new Date();
    const to = new Date(from.getTime() + twoWeeks);
    onRead(await readBusyFiles(files, { from, to, timeZone: ownTimeZone() }));
  }
  return (
    <>
      <input
        ref={input}
        hidden
        type="file"
        accept=".ics,text/calendar"
        multiple
        onChange={(event) => void pick([...(event.target.files ?? [])])}
      />
      <Button onClick={() => input.current?.click()}>{say("pickCalendars")}</Button>
    </>
  );
}

type Hours = { readonly start: string; readonly end: string; readonly days: readonly number[] };
type HoursFieldsProps = { readonly hours: Hours; readonly onChange: (hours: Hours) => void };

function HoursFields({ hours, onChange }: HoursFieldsProps): ReactElement {
  const { say } = usePage();
  return (
    <fieldset className="hours">
      <legend>{say("workHours", { timeZone: ownTimeZone() })}</legend>
      <Field label={say("workFrom")}>
        <Input
          type="time"
          value={hours.start}
          onChange={(_, { value }) => onChange({ ...hours, start: value })}
        />
      </Field>
      <Field label={say("workTo")}>
        <Input
          type="time"
          value={hours.end}
          onChange={(_, { value }) => onChange({ ...hours, end: value })}
        />
      </Field>
      <Weekdays days={hours.days} onChange={(days) => onChange({ ...hours, days })} />
    </fieldset>
  );
}

function WhatIsSent({ read }: { readonly read: BusyFiles }): ReactElement {
  const { say, locale } = usePage();
  return (
    <div role="status">
      <p>{say("busyTimes", { count: read.busy.length })}</p>
      {read.busy.length > 0 && (
        <details>
          <summary>{say("showBusy")}</summary>
          <ul>
            {read.busy.map((slot) => (
              <li key={slot.start}>{slotText(slot, locale, ownTimeZone())}</li>
            ))}
          </ul>
        </details>
      )}
      {read.problems.map(({ file, reason }) => (
        <p key={`${file} ${reason}`} className="problem">
          {say("calendarUnreadable", { file, reason })}
        </p>
      ))}
    </div>
  );
}
