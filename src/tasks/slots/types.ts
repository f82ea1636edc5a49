/** When a side works, by its own clocks. */
export type WorkingHours = {
  /** `09:00`. */
  readonly start: string;
  /** `17:00`, at most `24:00`, after `start`. */
  readonly end: string;
  /** Days of the week from Monday, 1, to Sunday, 7. Defaults to Monday to Friday. */
  readonly days?: readonly number[] | undefined;
};

/** One side of a meeting: when it cannot, and when it works. */
export type Availability = {
  readonly side: string;
  readonly busy: readonly { readonly start: Date; readonly end: Date }[];
  /** IANA name. */
  readonly timeZone: string;
  /** Defaults to 09:00 to 17:00 from Monday to Friday. */
  readonly workingHours?: WorkingHours | undefined;
};

/** From when to when times are looked for. */
export type Period = { readonly from: Date; readonly to: Date };

export type ProposeSlotsOptions = {
  /** Whole minutes, from 5 to 720. */
  readonly durationMinutes: number;
  /** At most a year. Defaults to the two weeks after `now`. */
  readonly within?: Period;
  /** No time before this is proposed. Needed where `within` is not given. */
  readonly now?: Date;
  /** Defaults to 3. */
  readonly count?: number;
  /** Minutes to keep free before and after other meetings. Defaults to 0. */
  readonly bufferMinutes?: number;
};

/** A slot by the clocks of one side. */
export type LocalTime = {
  readonly side: string;
  readonly timeZone: string;
  /** `2026-11-24T15:00:00+01:00`. */
  readonly start: string;
  readonly end: string;
  /** For people: `Tuesday 24 November 2026, 15:00–15:45 (Stockholm, UTC+1)`. */
  readonly text: string;
};

/** A time at which all sides work and are free. */
export type ProposedSlot = {
  readonly start: Date;
  readonly end: Date;
  /** One for each side, in the order given. */
  readonly local: readonly LocalTime[];
};
