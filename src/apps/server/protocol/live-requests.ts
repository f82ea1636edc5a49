import { z } from "zod";

export type LiveRetention = "until-closed" | "forever" | { readonly days: number };

/** The body of `POST /api/live/rooms`. */
export type CreateRoomRequest = {
  readonly title: string;
  readonly sides: readonly {
    /** Defaults to the name in small letters. */
    readonly id?: string | undefined;
    readonly name: string;
    readonly domain?: string | undefined;
    readonly language: string;
    /** As for `--engine`. Defaults to `bergamot`. */
    readonly engine?: string | undefined;
    /** Defaults to 30 days after the end of the call. */
    readonly retention?: LiveRetention | undefined;
  }[];
};

/** Its answer: a link for each side. Who has a link is a participant of that side. */
export type CreateRoomAnswer = {
  readonly id: string;
  readonly title: string;
  readonly links: readonly { readonly side: string; readonly url: string }[];
};

/** The answer of `GET /api/live/rooms`: what is known of a room without its lines. */
export type RoomList = {
  readonly rooms: readonly {
    readonly id: string;
    readonly title: string;
    readonly created: string;
    readonly closed?: string | undefined;
    readonly sides: readonly {
      readonly id: string;
      readonly name: string;
      readonly domain?: string | undefined;
      readonly language: string;
      readonly engine: string;
      readonly retention: LiveRetention;
    }[];
  }[];
};

/** The answer of `GET /api/live/side`: where a link leads, for whoever holds it and has not joined yet. */
export type SideAnswer = {
  readonly room: { readonly title: string; readonly isClosed: boolean };
  readonly side: {
    readonly name: string;
    readonly domain?: string | undefined;
    /** What its people speak and read unless they choose otherwise. */
    readonly language: string;
  };
  /** True when speech in that language can be heard. */
  readonly hears: boolean;
};

/** The body of `POST /api/live/availability`. Seen by the computation of free times only, never by another side. */
export type AvailabilityRequest = {
  readonly busy: readonly { readonly start: string; readonly end: string }[];
  /** IANA name, for example `Europe/Lisbon`. */
  readonly timeZone: string;
  /** Local wall-clock times and days from Monday, 1, to Sunday, 7. Defaults to 09:00 to 17:00 from Monday to Friday. */
  readonly workingHours?:
    | { readonly start: string; readonly end: string; readonly days?: readonly number[] | undefined }
    | undefined;
  /** How long to meet; where sides differ, the longest counts. Defaults to 30. */
  readonly durationMinutes?: number | undefined;
};

/** The answer: sides that have not given theirs yet, or how many times were proposed in the room. */
export type AvailabilityAnswer = { readonly missing: number; readonly proposed: number };

const language = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, "a language such as en, pt-BR");
const domain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/iu, "a domain such as acme.example");
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/u, "a time such as 09:00");
const time = z.iso.datetime({ offset: true });

/** The schema of `CreateRoomRequest`. */
export const createRoomRequest: z.ZodType<CreateRoomRequest> = z.strictObject({
  title: z.string().trim().min(1).max(200),
  sides: z
    .array(
      z.strictObject({
        id: z
          .string()
          .regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, "small letters, digits and hyphens")
          .optional(),
        name: z.string().trim().min(1).max(80),
        domain: domain.optional(),
        language,
        engine: z.string().min(1).max(300).optional(),
        retention: z
          .union([z.enum(["until-closed", "forever"]), z.strictObject({ days: z.int().min(1).max(3_650) })])
          .optional(),
      }),
    )
    .min(1)
    .max(8),
});

/** The schema of `SideAnswer`. */
export const sideAnswer: z.ZodType<SideAnswer> = z.object({
  room: z.object({ title: z.string(), isClosed: z.boolean() }),
  side: z.object({ name: z.string(), domain: z.string().optional(), language: z.string() }),
  hears: z.boolean(),
});

/** The schema of `AvailabilityRequest`. */
export const availabilityRequest: z.ZodType<AvailabilityRequest> = z.strictObject({
  busy: z.array(z.strictObject({ start: time, end: time })).max(5_000),
  timeZone: z.string().min(1).max(60),
  workingHours: z
    .strictObject({ start: wallTime, end: wallTime, days: z.array(z.int().min(1).max(7)).max(7).optional() })
    .optional(),
  durationMinutes: z.int().min(5).max(720).optional(),
});
