import { type DateMention, readDates } from "./read-dates.ts";
import { readDuration, readTimes, type TimeMention } from "./read-times.ts";
import { evidenceOf, type Sentence } from "./sentences.ts";
import type { Speech } from "./speech.ts";
import { instantOf } from "./time-zone.ts";
import type { NextMeeting } from "./types.ts";

/** Day, hour and assent gathered while people settle a meeting. */
type Slot = {
  readonly day?: {
    readonly text: string;
    readonly date?: string;
    readonly reason?: string;
    readonly sentence: Sentence;
  };
  readonly time?: TimeMention & { readonly sentence: Sentence };
  readonly duration?: { readonly minutes: number; readonly sentence: Sentence };
  readonly proposedBy?: string;
  readonly assent?: Sentence;
  readonly isConditional?: boolean;
};

const REACH = 14;
const REFUSES =
  /\b(?:can't (?:do|make)|cannot|won't work|doesn't work|does not work|not (?:on |at )?(?:monday|tuesday|wednesday|thursday|friday)|i'm (?:out|away|off|travelling|traveling|on (?:holiday|leave|vacation))|is (?:bad|difficult|taken|a (?:public )?holiday)|rather not|not good|no good|geht nicht|passt nicht|kann nicht|ne peux pas|impossible|no puedo|não posso|not possible)\b/iu;
const ASSENT =
  /\b(?:works|work for|perfect|agreed|fine|great|good|deal|okay|ok|see you|done|sounds|let's do|yes|sure|confirmed|confirm|booked|i'll send (?:the|an|a) invit|passt|einverstanden|gut|d'accord|parfait|ça marche|de acuerdo|vale|perfecto|combinado|está bem|perfeito)\b/iu;
const PAST = /\b(?:last|previous|yesterday|met|we had|was on|the meeting was)\b/iu;

/** Clauses that offer a day or an hour, without those that refuse one. */
function offered(sentence: Sentence): string {
  return sentence.clauses
    .filter((clause) => !REFUSES.test(clause.plain) && !PAST.test(clause.plain))
    .map((clause) => clause.text)
    .join(" ");
}

function begins(sentence: Sentence, speech: Speech): boolean {
  if (!speech.patterns.meeting.test(sentence.plain) || PAST.test(sentence.plain)) return false;
  const { language } = speech.patterns;
  const around = sentence.plain;
  const hasWhen = readDates(around, language, "2000-01-05").length > 0 || readTimes(around).length > 0;
  return (
    hasWhen ||
    /\b(?:when|next (?:meeting|call|session)|follow-?up|again|wann|quand|cuándo|quando)\b/iu.test(around)
  );
}

const isYes = (sentence: Sentence): boolean =>
  !sentence.isQuestion && ASSENT.test(sentence.plain) && !REFUSES.test(sentence.plain);

/** The slot after one more sentence: a refusal clears it, a day or hour changes it, a yes of the other side seals it. */
function extend(slot: Slot, sentence: Sentence, speech: Speech): Slot {
  const speaker = sentence.cue.speaker?.name ?? "";
  const offer = readOffer(sentence, speech);
  const isOther = slot.proposedBy !== undefined && slot.proposedBy !== speaker;
  let next = REFUSES.test(sentence.plain) ? refuse(slot, offer) : slot;
  if (offer.day !== undefined || offer.time !== undefined) {
    next = propose(next, offer, sentence, speech);
    // The other side repeating day and hour with a yes is the assent itself.
    if (isOther && isYes(sentence)) next = { ...next, assent: sentence };
  } else if (
    isOther &&
    slot.assent === undefined &&
    (slot.day ?? slot.time) &&
    isYes(sentence) &&
    !speech.patterns.negation.test(sentence.plain)
  ) {
    next = { ...next, assent: sentence };
  }
  const minutes = readDuration(sentence.plain);
  return minutes !== undefined && (next.day ?? next.time)
    ? { ...next, duration: { minutes, sentence } }
    : next;
}

type Offer = { readonly day: DateMention | undefined; readonly time: TimeMention | undefined };

/** The surest day and hour a sentence puts forward. */
function readOffer(sentence: Sentence, speech: Speech): Offer {
  const text = offered(sentence);
  const days = readDates(text, speech.patterns.language, speech.dateAt(sentence.cue.index));
  const times = readTimes(text);
  const time =
    times.find((one) => one.hour !== undefined && one.zone !== undefined) ??
    times.find((one) => one.hour !== undefined) ??
    times[0];
  return { day: days.find((one) => one.date !== undefined) ?? days[0], time };
}

function refuse(slot: Slot, offer: Offer): Slot {
  const { assent: _assent, time: _time, day, ...rest } = slot;
  const isOtherHour = offer.time !== undefined && offer.day === undefined;
  return isOtherHour && day !== undefined ? { ...rest, day } : rest;
}

function propose(slot: Slot, { day, time }: Offer, sentence: Sentence, speech: Speech): Slot {
  const { assent: _assent, time: oldTime, ...rest } = slot;
  const sameDay = slot.day?.date !== undefined && day?.date === slot.day.date;
  const keepDay =
    day === undefined ||
    (sameDay && slot.day !== undefined) ||
    isSaidAgain(day, slot.day, speech) ||
    (day.date === undefined && slot.day?.date !== undefined && isRemark(day.text));
  const isNewDay = !keepDay && slot.day !== undefined && day?.date !== slot.day.date;
  const keptTime = isNewDay || oldTime === undefined ? {} : { time: oldTime };
  return {
    ...rest,
    ...(keepDay || day === undefined ? {} : { day: { ...day, sentence } }),
    ...(time === undefined ? keptTime : { time: mergeTime(oldTime, { ...time, sentence }) }),
    proposedBy: sentence.cue.speaker?.name ?? "",
    isConditional:
      speech.patterns.condition.test(sentence.plain) || speech.patterns.hedge.test(sentence.plain),
  };
}

/** `Monday the 30th` … `yes, Monday`: a shorter or the same name of the day that is being settled. */
function isSaidAgain(day: DateMention, before: Slot["day"], speech: Speech): boolean {
  if (before === undefined) return false;
  const text = day.text.toLowerCase();
  if (before.date === undefined) return day.date === undefined && text === before.text.toLowerCase();
  const weekday = new Intl.DateTimeFormat(speech.patterns.language, { weekday: "long", timeZone: "UTC" });
  return text === weekday.format(new Date(`${before.date}T12:00:00Z`)).toLowerCase();
}

const isRemark = (text: string): boolean => /week|month|soon|later|today|woche|semaine|semana/iu.test(text);

/** `At three?` … `3 pm Lisbon time`: the later mention adds what the earlier left open. */
function mergeTime(old: Slot["time"], fresh: NonNullable<Slot["time"]>): NonNullable<Slot["time"]> {
  if (old?.hour !== undefined && fresh.hour === undefined) return old;
  if (old?.hour === fresh.hour && old?.zone !== undefined && fresh.zone === undefined) return old;
  return fresh;
}

/** Promises and requests other than about the meeting itself: their days are due dates. */
function isWork(sentence: Sentence, speech: Speech): boolean {
  if (/\b(?:invit|do (?:mon|tues|wednes|thurs|fri)day|make it)/iu.test(sentence.plain)) return false;
  return speech.patterns.forms.some((form) => {
    const deed = form.pattern.exec(sentence.plain)?.groups?.deed ?? "";
    return (
      form.force !== "duty" &&
      !/^(?:do|make)\b/iu.test(deed) &&
      speech.patterns.language === "en" &&
      speech.patterns.deed.test(deed)
    );
  });
}

/** The last stretch of the call in which a meeting was settled, read as a slot. */
function readSlots(speech: Speech): Slot[] {
  const slots: Slot[] = [];
  let slot: Slot | undefined;
  let lastAt = -1;
  for (const sentences of speech.sentences) {
    for (const sentence of sentences) {
      const at = sentence.cue.index;
      if (slot !== undefined && at - lastAt > REACH) {
        slots.push(slot);
        slot = undefined;
      }
      const starts = begins(sentence, speech);
      if (slot === undefined && !starts) continue;
      if (
        slot?.assent !== undefined &&
        slot.day !== undefined &&
        slot.time !== undefined &&
        at > slot.assent.cue.index + 3 &&
        !starts
      )
        continue;
      const before: Slot = slot ?? {};
      // Other work has days too: once assent is there, only talk of the meeting itself changes the slot.
      const isOtherWork = !starts && isWork(sentence, speech);
      slot = isOtherWork ? before : extend(before, sentence, speech);
      if (starts || slot !== before) lastAt = at;
    }
  }
  if (slot !== undefined) slots.push(slot);
  return slots.filter((one) => one.day !== undefined || one.time !== undefined);
}

/** When the next meeting is, as far as the call settled it; undefined when none was spoken of. */
export function findNextMeeting(speech: Speech, callZone: string): NextMeeting | undefined {
  const slots = readSlots(speech);
  const slot =
    slots.findLast((one) => one.assent !== undefined && one.day !== undefined) ??
    slots.findLast((one) => one.day !== undefined);
  if (slot?.day === undefined) return undefined;
  const { day, time } = slot;
  // Without a day of the calendar only plain talk of a next meeting counts, not any "next week".
  const isPlain =
    /\b(?:next (?:meeting|call|session)|follow-?up|again|reconvene|see you|treffen|termin|réunion|reunión|reunião)\b/iu;
  if (day.date === undefined && time === undefined && !isPlain.test(day.sentence.plain)) return undefined;
  if (day.date === undefined && /^(?:the|our) next (?:meeting|call)$/iu.test(day.text) && time === undefined)
    return undefined;
  const sentences = [
    day.sentence,
    ...(time === undefined ? [] : [time.sentence]),
    ...(slot.duration === undefined ? [] : [slot.duration.sentence]),
    ...(slot.assent === undefined ? [] : [slot.assent]),
  ];
  const evidence = [...new Set(sentences)]
    .sort((a, b) => a.cue.index - b.cue.index)
    .map((sentence) => evidenceOf(sentence));
  const text = time === undefined || day.text.includes(time.text) ? day.text : `${day.text}, ${time.text}`;
  const base = {
    text,
    evidence,
    ...(slot.duration === undefined ? {} : { durationMinutes: slot.duration.minutes }),
  };
  const open = (reason: string): NextMeeting => ({ ...base, resolved: false, reason });
  if (day.date === undefined) return open(`${day.text}: ${day.reason ?? "it names no single day"}`);
  if (time === undefined) return open(`no hour was named for ${day.text}`);
  if (time.hour === undefined) return open(`"${time.text}" can be morning or afternoon`);
  if (time.isElsewhere) return open(`the time zone of "${time.text}" is not clear`);
  if (slot.assent === undefined) return open("nobody confirmed it");
  if (slot.isConditional) return open("it hangs on a condition");
  const timeZone = time.zone ?? callZone;
  const start = instantOf(day.date, time.hour, time.minute, timeZone);
  if (start === undefined) return open("the clocks change in that hour");
  return { ...base, start: start.toISOString(), timeZone, resolved: true };
}
