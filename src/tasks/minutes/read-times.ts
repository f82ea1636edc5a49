import { readZone } from "./time-zone.ts";
import { numberWord, rx } from "./words.ts";

/** A time of day named in speech. `hour` is absent when it can be morning or afternoon. */
export type TimeMention = {
  readonly text: string;
  readonly index: number;
  readonly hour?: number;
  readonly minute: number;
  /** IANA zone named with it. */
  readonly zone?: string;
  /** True for `your time` and zones no table knows: the hour stands, the zone is open. */
  readonly isElsewhere: boolean;
};

const HOUR_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";
const CLOCK = rx(
  `\\b(?:(?:half past|quarter past|quarter to) )?(?:(\\d{1,2})(?:[:.](\\d{2}))?|(${HOUR_WORD})(?: (thirty|fifteen|forty[- ]five))?) ?(a\\.?m\\.?|p\\.?m\\.?|o'clock|in the (?:morning|afternoon|evening)|at night)(?![\\p{L}])`,
);
const DIGITAL = /(?<![\d:.])(\d{1,2}):(\d{2})(?![\d:])/u;
const GERMAN = /(?<![\d:.])(\d{1,2})(?:[:.](\d{2}))? Uhr(?: (\d{2}))?(?!\p{L})/iu;
const FRENCH = /(?<![\d:.])(\d{1,2}) ?h(?:eures?)?(?: ?(\d{2}))?(?![\p{L}\d])/iu;
const IBERIAN =
  /(?:a las|a la|às|as) (\d{1,2})(?:[:.h](\d{2}))?(?: (?:de|da) (mañana|manhã|tarde|noche|noite))?(?![\p{L}\d])/iu;
const BARE = rx(
  `\\b(?:at|around|half past|quarter past|quarter to) (?:(\\d{1,2})|(${HOUR_WORD})(?: (thirty|fifteen|forty[- ]five))?)(?= (?:works|then|is|on|would|your|my|\\p{Lu}\\p{L}+ time|in|,)|[?.,!]|$)`,
);
const NOON = rx("\\b(?:noon|midday|mittags?|midi|mediodía|meio-dia)\\b");

function shiftOf(text: string): number {
  if (/half past/iu.test(text)) return 30;
  if (/quarter past/iu.test(text)) return 15;
  return /quarter to/iu.test(text) ? -15 : 0;
}

const minuteWord = (word: string | undefined): number =>
  word === undefined ? 0 : ({ thirty: 30, fifteen: 15 }[word.toLowerCase()] ?? 45);

function mention(
  match: RegExpExecArray,
  hour: number | undefined,
  minutes: number,
  text: string,
): TimeMention | undefined {
  if (minutes > 59 || (hour !== undefined && (hour > 23 || hour < 0))) return undefined;
  const total = hour === undefined ? undefined : hour * 60 + minutes + shiftOf(match[0]);
  const place = readZone(text.slice(match.index + match[0].length));
  return {
    text: match[0],
    index: match.index,
    ...(total === undefined ? {} : { hour: Math.floor(total / 60) }),
    minute: total === undefined ? minutes : total % 60,
    ...(place.zone === undefined ? {} : { zone: place.zone }),
    isElsewhere: place.elsewhere,
  };
}

function readClock(match: RegExpExecArray, text: string): TimeMention | undefined {
  const hour = match[1] === undefined ? numberWord(match[3]?.toLowerCase() ?? "") : Number(match[1]);
  if (hour === undefined || hour > 23 || hour === 0) return undefined;
  const half = match[5]?.toLowerCase() ?? "";
  const minute = match[2] === undefined ? minuteWord(match[4]) : Number(match[2]);
  if (hour > 12) return mention(match, hour, minute, text);
  if (/^a|morning/u.test(half)) return mention(match, hour % 12, minute, text);
  if (/^p|afternoon|evening|night/u.test(half)) return mention(match, (hour % 12) + 12, minute, text);
  return mention(match, undefined, minute, text);
}

/** Hours said without a half of the day: 13 and up are sure, the rest could be either. */
function readBare(match: RegExpExecArray, text: string): TimeMention | undefined {
  const hour = match[1] === undefined ? numberWord(match[2]?.toLowerCase() ?? "") : Number(match[1]);
  if (hour === undefined || hour > 23) return undefined;
  return mention(match, hour > 12 ? hour : undefined, minuteWord(match[3]), text);
}

/** The times of day named in a text, in order. */
export function readTimes(text: string): TimeMention[] {
  const plain = text.replaceAll("’", "'");
  const readers: readonly (readonly [RegExp, (match: RegExpExecArray) => TimeMention | undefined])[] = [
    [CLOCK, (match) => readClock(match, plain)],
    [GERMAN, (match) => mention(match, Number(match[1]), Number(match[2] ?? match[3] ?? 0), plain)],
    [IBERIAN, (match) => readIberian(match, plain)],
    // A colon time of 1 to 7 without am or pm is left open in English habits, but 8:00 to 12:59 and 13:00 up are office hours as written.
    [
      DIGITAL,
      (match) => mention(match, isSureDigital(match) ? Number(match[1]) : undefined, Number(match[2]), plain),
    ],
    [FRENCH, (match) => mention(match, Number(match[1]), Number(match[2] ?? 0), plain)],
    [NOON, (match) => mention(match, 12, 0, plain)],
    [BARE, (match) => readBare(match, plain)],
  ];
  const found: TimeMention[] = [];
  let rest = plain;
  for (const [pattern, read] of readers) {
    for (let match = pattern.exec(rest); match !== null; match = pattern.exec(rest)) {
      const time = read(match);
      if (time) found.push(time);
      rest =
        rest.slice(0, match.index) +
        "\u0000".repeat(match[0].length) +
        rest.slice(match.index + match[0].length);
    }
  }
  return found.sort((a, b) => a.index - b.index);
}

function isSureDigital(match: RegExpExecArray): boolean {
  const hour = Number(match[1]);
  return hour >= 8 || (match[1] ?? "").startsWith("0");
}

function readIberian(match: RegExpExecArray, text: string): TimeMention | undefined {
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  const half = match[3]?.toLowerCase();
  if (hour > 12 || match[2] !== undefined)
    return mention(
      match,
      half !== undefined && !/^ma/u.test(half) && hour < 12 ? hour + 12 : hour,
      minute,
      text,
    );
  if (half === undefined) return mention(match, undefined, minute, text);
  return mention(match, /^ma/u.test(half) ? hour : (hour % 12) + 12, minute, text);
}

/** A length of time for a meeting in minutes (`an hour`, `45 minutes`), or undefined. */
export function readDuration(text: string): number | undefined {
  const plain = text.toLowerCase();
  if (
    /\b(?:an hour and a half|one and a half hours?|90 minutes|ninety minutes|eineinhalb stunden|une heure et demie|hora y media|hora e meia)\b/u.test(
      plain,
    )
  )
    return 90;
  if (/\bhalf an hour\b|\bhalf hour\b|halbe stunde|demi-heure|media hora|meia hora/u.test(plain)) return 30;
  const minutes = /\b(\d{1,3}|[a-z]+(?:[- ]five)?)[ -](?:minutes?|minuten|minutos)\b/u.exec(plain)?.[1];
  if (minutes !== undefined) {
    const value = /^\d/u.test(minutes)
      ? Number(minutes)
      : minutes.split(/[- ]/u).reduce((sum, word) => sum + (numberWord(word) ?? Number.NaN), 0);
    return value >= 5 && value <= 480 ? value : undefined;
  }
  const hours =
    /\b(\d|an|one|two|three|eine|une|una|uma|zwei|deux|dos|duas)[ -](?:hours?|stunden?|heures?|horas?)\b/u.exec(
      plain,
    )?.[1];
  if (hours === undefined) return undefined;
  const words: Readonly<Record<string, number>> = {
    an: 1,
    one: 1,
    eine: 1,
    une: 1,
    una: 1,
    uma: 1,
    two: 2,
    zwei: 2,
    deux: 2,
    dos: 2,
    duas: 2,
    three: 3,
  };
  return (words[hours] ?? Number(hours)) * 60;
}
