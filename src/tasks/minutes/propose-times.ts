import { type ExplainOptions, explainNoSlot, type NoSlot } from "../slots/explain-no-slot.ts";
import { proposeSlots } from "../slots/propose-slots.ts";
import { type ReadCalendars, readCalendars, type SideCalendar } from "../slots/read-calendars.ts";
import type { Availability, ProposedSlot } from "../slots/types.ts";
import { afterAgreed, type CallPeriod, callPeriod } from "./call-period.ts";
import { meetingTime } from "./dates-for-people.ts";
import type { MeetingProposals, Minutes, ProposedTime } from "./types.ts";

export type ProposeTimesOptions = {
  readonly calendars: readonly SideCalendar[];
  readonly now: Date;
  /** IANA zone of the call. */
  readonly timeZone: string;
};

const DAY = 86_400_000;
const USUAL_MINUTES = 60;
/** How long after the period calendars are read, for a later time. */
const AFTERWARDS = 28 * DAY;

/**
 * Adds times for the next meeting that are free in every calendar: where the call settled none, within the days it
 * named, and where it agreed on one that is taken, in the week from it, as a question. Times are never before now.
 */
export function proposeTimes(minutes: Minutes, options: ProposeTimesOptions): Minutes {
  const next = minutes.nextMeeting;
  const agreed = next?.resolved === true && next.start !== undefined ? new Date(next.start) : undefined;
  if (agreed !== undefined && agreed < options.now)
    return {
      ...minutes,
      notes: [...minutes.notes, "The agreed time is past, so no calendar was asked about it."],
    };
  const period = agreed === undefined ? callPeriod(minutes, options) : afterAgreed(agreed, options);
  const known = {
    from: new Date(Math.min(period.from.getTime(), agreed?.getTime() ?? Number.POSITIVE_INFINITY)),
    to: new Date(period.to.getTime() + AFTERWARDS),
  };
  const read = readCalendars(options.calendars, { period: known, timeZone: options.timeZone });
  const { availabilities } = read;
  const durationMinutes = next?.durationMinutes ?? USUAL_MINUTES;
  const notes = [...minutes.notes, ...read.notes, ...leftOut(read)];
  const clash =
    agreed === undefined ? undefined : clashWith(agreed, durationMinutes, availabilities, next?.timeZone);
  if (agreed !== undefined && clash === undefined) {
    const names = availabilities.map((one) => one.side).join(", ");
    return { ...minutes, notes: [...notes, `The agreed time is free in every calendar given (${names}).`] };
  }
  const search = { durationMinutes, within: period, now: options.now, knownUntil: known.to };
  const proposals = proposalsFor(availabilities, search, period, clash ?? period.question);
  return { ...minutes, proposals, notes };
}

function proposalsFor(
  availabilities: readonly Availability[],
  search: ExplainOptions,
  period: CallPeriod,
  question: string | undefined,
): MeetingProposals {
  const { between } = period;
  const open = availabilities.map((side) =>
    between === undefined ? side : { ...side, busy: [...side.busy, between] },
  );
  const slots = proposeSlots(open, search);
  const none = slots.length > 0 ? undefined : explainNoSlot(open, search);
  return {
    durationMinutes: search.durationMinutes,
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    ...(period.words === undefined ? {} : { period: period.words }),
    times: slots.map(timeOf),
    ...(question === undefined ? {} : { question }),
    ...(none === undefined ? {} : { reason: none.reason, alternatives: alternativesOf(none) }),
  };
}

/** Minutes go to everybody, so they say how much of a calendar was left out and not what. */
function leftOut({ warnings }: ReadCalendars): string[] {
  return [...Map.groupBy(warnings, (one) => one.side)].map(
    ([side, texts]) =>
      `${side}: of the calendar, ${texts.length === 1 ? "one thing" : `${texts.length} things`} could not be read as written; tandem slots says which.`,
  );
}

const timeOf = ({ start, end, local }: ProposedSlot): ProposedTime => ({
  start: start.toISOString(),
  end: end.toISOString(),
  local,
});

const alternativesOf = ({ relaxations }: NoSlot): string[] =>
  relaxations.map(
    ({ text, slot }) => `${text}: ${slot.local.map((one) => `${one.side} ${one.text}`).join("; ")}`,
  );

/** The question to ask when an agreed time is taken; undefined when everybody is free. */
function clashWith(
  start: Date,
  durationMinutes: number,
  availabilities: readonly Availability[],
  timeZone: string | undefined,
): string | undefined {
  const end = new Date(start.getTime() + durationMinutes * 60_000);
  const taken = availabilities.filter((side) => side.busy.some((one) => one.start < end && one.end > start));
  const [first] = taken;
  if (first === undefined) return undefined;
  const names = taken.map((one) => one.side);
  const isEntered = taken.every((side) =>
    side.busy.some((one) => one.start.getTime() === start.getTime() && one.end.getTime() === end.getTime()),
  );
  const whose = `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} not free at the agreed time, ${meetingTime(start.toISOString(), durationMinutes, timeZone ?? first.timeZone)}`;
  return isEntered
    ? `${whose}. Has this meeting been entered already, or is another time needed?`
    : `${whose}. Does it stay, or is another time better?`;
}
