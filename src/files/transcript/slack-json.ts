import type { Json } from "../../json.ts";
import { buildTranscript, type LeftOut, type RawCue } from "./build-transcript.ts";
import { formatTime } from "./format-time.ts";
import { slackText } from "./slack-text.ts";
import { findDomain } from "./speaker-label.ts";
import type { Speaker, Transcript } from "./transcript.ts";

type JsonObject = { readonly [key: string]: Json };
type Message = { readonly message: JsonObject; readonly line: number; readonly seconds: number | undefined };

const DAY = 86_400;

/** Events about the channel and its members, not something somebody said (docs.slack.dev, message subtypes). */
const EVENTS = new Set(
  `channel_join channel_leave channel_topic channel_purpose channel_name channel_archive channel_unarchive
  channel_convert_to_private channel_posting_permissions group_join group_leave group_topic group_purpose group_name
  group_archive group_unarchive bot_add bot_remove bot_enable bot_disable pinned_item unpinned_item reminder_add
  message_deleted tombstone huddle_thread ekm_access_denied sh_room_created`.split(/\s+/),
);

/**
 * Finds Slack messages in parsed JSON: a day's array, an array or object of day arrays, or an object with `messages`
 * (and `users` or `members`). Undefined when there is none.
 */
export function findSlackMessages(
  value: Json,
): { messages: JsonObject[]; users: readonly Json[] } | undefined {
  const messages = messagesIn(value);
  if (messages.length === 0) return undefined;
  const users = isObject(value) ? (value.users ?? value.members) : undefined;
  return { messages, users: Array.isArray(users) ? users : [] };
}

/** Reads a Slack export. Times are the messages' `ts` as UTC times of day, counted from the first message's day. */
export function readSlackJson(
  messages: readonly JsonObject[],
  users: readonly Json[],
  title?: string,
): Transcript {
  const people = readUsers(users);
  const nameOf = (id: string): string | undefined => people.get(id)?.name;
  const read = messages.map(
    (message, index): Message => ({ message, line: index + 1, seconds: timestamp(message) }),
  );
  const warnings: string[] = [];
  const ordered = isNewestFirst(read) ? read.toReversed() : read;
  if (ordered !== read) warnings.push("the messages stood newest first and were turned round");
  const firstDay = Math.floor((ordered.find(({ seconds }) => seconds !== undefined)?.seconds ?? 0) / DAY);
  const leftOut: LeftOut[] = [];
  const cues: RawCue[] = [];
  for (const { message, line, seconds } of ordered) {
    const subtype = string(message.subtype);
    const text = slackText(string(message.text) ?? "", nameOf);
    if (subtype !== undefined && EVENTS.has(subtype)) leftOut.push({ line, reason: `a ${subtype} event` });
    else if (text.trim() === "" && hasAttachment(message))
      leftOut.push({ line, reason: "a file or card without words" });
    else {
      cues.push({
        line,
        text,
        speaker: speakerOf(message, people),
        start: seconds === undefined ? undefined : seconds - firstDay * DAY,
        time: seconds === undefined ? undefined : formatTime(seconds, "clock"),
      });
    }
  }
  const date = ordered.some(({ seconds }) => seconds !== undefined)
    ? new Date(firstDay * DAY * 1000).toISOString().slice(0, 10)
    : undefined;
  if (date !== undefined) warnings.push("times are in UTC, as Slack stores them");
  // Lines of the file mean nothing here: the warnings count messages.
  const transcript = buildTranscript({
    format: "slack-json",
    timeKind: "clock",
    isDated: true,
    title,
    date,
    cues,
    leftOut,
    warnings,
  });
  return {
    ...transcript,
    warnings: transcript.warnings.map((warning) => warning.replace(/\bline(s?) (?=\d)/g, "message$1 ")),
  };
}

function messagesIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) {
    if (value.some(isMessage)) return value.filter(isObject);
    return value.flatMap((day: Json) => (isObject(day) ? messagesOf(day) : messageArray(day)));
  }
  if (!isObject(value)) return [];
  const own = messagesOf(value);
  return own.length > 0 ? own : Object.values(value).flatMap(messageArray);
}

function messagesOf(value: JsonObject): JsonObject[] {
  const inner = value.messages;
  if (!Array.isArray(inner)) return [];
  return inner.some(isMessage) ? inner.filter(isObject) : inner.flatMap(messageArray);
}

function messageArray(value: Json): JsonObject[] {
  return Array.isArray(value) && value.some(isMessage) ? value.filter(isObject) : [];
}

function isMessage(value: Json): boolean {
  if (!isObject(value) || timestamp(value) === undefined) return false;
  return string(value.text) !== undefined || value.type === "message" || value.subtype !== undefined;
}

function isNewestFirst(messages: readonly Message[]): boolean {
  const times = messages.map(({ seconds }) => seconds).filter((seconds) => seconds !== undefined);
  const falls = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? 0));
  return times.length > 1 && falls && (times.at(-1) ?? 0) < (times[0] ?? 0);
}

function timestamp(message: JsonObject): number | undefined {
  const seconds = Number(string(message.ts) ?? message.ts ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 && seconds < 1e11 ? seconds : undefined;
}

function readUsers(users: readonly Json[]): Map<string, Speaker> {
  const people = new Map<string, Speaker>();
  for (const user of users) {
    if (!isObject(user)) continue;
    const id = string(user.id);
    const speaker = fromProfile(user, user.profile);
    if (id !== undefined && speaker !== undefined) people.set(id, speaker);
  }
  return people;
}

function speakerOf(message: JsonObject, people: ReadonlyMap<string, Speaker>): Speaker | undefined {
  const id = string(message.user);
  const listed = id === undefined ? undefined : people.get(id);
  if (listed !== undefined) return listed;
  const profile = fromProfile({}, message.user_profile) ?? fromProfile({}, message.bot_profile);
  const name = string(message.username) ?? id ?? string(message.bot_id);
  return profile ?? (name === undefined ? undefined : { name });
}

function fromProfile(user: JsonObject, value: Json | undefined): Speaker | undefined {
  const profile = value !== undefined && isObject(value) ? value : {};
  const names = [profile.real_name, user.real_name, profile.display_name, profile.name, user.name];
  const name = names.map(string).find((candidate) => candidate !== undefined);
  const domain = findDomain(string(profile.email) ?? "");
  return name === undefined ? undefined : { name, ...(domain === undefined ? {} : { domain }) };
}

function hasAttachment(message: JsonObject): boolean {
  return ["files", "attachments", "blocks"].some((key) => Array.isArray(message[key]));
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function string(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
