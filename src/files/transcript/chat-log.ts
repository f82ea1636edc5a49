import { buildTranscript, type LeftOut, type RawCue } from "./build-transcript.ts";
import { type ClockTime, resolveTimes, secondsOf } from "./clock-time.ts";
import { joinWrapped } from "./cue-text.ts";
import { type HeaderLine, readHeader } from "./read-header.ts";
import { nameKey, parseSpeaker } from "./speaker-label.ts";
import {
  countNameWords,
  hasDomain,
  isPossibleLabel,
  isShortLabel,
  looksLikeName,
  splitLabel,
} from "./speech-label.ts";
import { readTimedLine, type TimedLine } from "./timed-line.ts";
import type { Transcript } from "./transcript.ts";
import { readZoomAddress } from "./zoom-chat.ts";

type Labelled = { readonly label?: string; readonly text: string };
type Entry = TimedLine & { readonly said: Labelled };

/** A cue being gathered; further lines of it are joined at the end. */
type Draft = {
  readonly line: number;
  readonly label: string | undefined;
  readonly time: ClockTime | undefined;
  readonly end: ClockTime | undefined;
  readonly lines: string[];
};

/** What the lines of a log turn out to be. `privates` names the messages that were not for everyone. */
type Log = {
  readonly drafts: Draft[];
  readonly header: HeaderLine[];
  readonly leftOut: LeftOut[];
  readonly privates: string[];
};

const NOTICE =
  /^[^:：]{1,120}\s(?:has\s)?(?:joined|left|entered|started|stopped)(?:\s(?:the|this|as)\b[^:：]{0,80}|\s(?:recording|transcription|sharing)\b[^:：]{0,40})?\.?$/i;

/**
 * Reads `HH:MM:SS Name (domain): text` and its spellings: seconds missing, AM and PM, brackets or dashes around the
 * time, a date before it, the name before the time, Zoom's `From X to Y:`. A line that begins with neither a time nor
 * the name of somebody who speaks elsewhere continues the cue above.
 */
export function readChatLog(lines: readonly string[]): Transcript {
  const entries = withNamesAlone(lines.map(readEntry), lines);
  const known = knownLabels(entries);
  const shape = mainShape(entries);
  const log: Log = { drafts: [], header: [], leftOut: [], privates: [] };
  lines.forEach((text, index) => {
    const line = index + 1;
    const entry = entries[index];
    if (entry !== undefined && isCue(entry, shape, known)) {
      addTimed(log, line, entry, trusted(entry, known));
      return;
    }
    const untimed = entry === undefined ? untimedSpeech(text, known) : undefined;
    const current = log.drafts.at(-1);
    if (untimed !== undefined) log.drafts.push({ line, ...untimed, time: undefined, end: undefined });
    else if (current === undefined) log.header.push({ line, text });
    else current.lines.push(text);
  });
  return finish(log);
}

function addTimed(log: Log, line: number, entry: Entry, said: Labelled): void {
  if (said.label === undefined && NOTICE.test(entry.rest.slice(0, 300))) {
    log.leftOut.push({ line, reason: "a notice, not speech", text: entry.rest });
    return;
  }
  const address = readZoomAddress(said.label);
  if (address?.isPrivate)
    log.privates.push(`line ${line}${address.recipient === undefined ? "" : ` to ${address.recipient}`}`);
  const label = address?.sender ?? said.label;
  log.drafts.push({ line, label, time: entry.time, end: entry.end, lines: [said.text] });
}

/**
 * How many lines begin with a time, as speech does, or 0 when they look like another kind of list (an agenda): half of
 * them must name a speaker, or one a domain, or almost all lines of the text be timed with brackets or ranges.
 */
export function countChatLines(lines: readonly string[]): number {
  const entries = withNamesAlone(lines.map(readEntry), lines).filter((entry) => entry !== undefined);
  const labels = entries.map((entry) => entry.said.label).filter((label) => label !== undefined);
  if (labels.length * 2 >= entries.length || labels.some(hasDomain)) return labels.length;
  const marked = entries.filter((entry) => entry.end !== undefined || /^[^\d ]/.test(entry.shape)).length;
  const written = lines.filter((line) => line.trim() !== "").length;
  return marked > 1 && marked * 10 >= written * 8 ? marked : 0;
}

/** Teams' copied chats: `[09:14] Ann Lee` on a line of its own, the text below. Then the rest of the line is the name. */
function withNamesAlone(
  entries: readonly (Entry | undefined)[],
  lines: readonly string[],
): (Entry | undefined)[] {
  const isAlone = (entry: Entry | undefined, index: number): boolean =>
    entry !== undefined &&
    entry.said.label === undefined &&
    looksLikeName(entry.rest) &&
    !/[.!?]$/.test(entry.rest) &&
    lines
      .slice(index + 1, index + 3)
      .some((line, place) => line.trim() !== "" && entries[index + 1 + place] === undefined);
  const timed = entries.filter((entry) => entry !== undefined).length;
  const alone = entries.map(isAlone);
  if (alone.filter(Boolean).length * 10 < timed * 8) return [...entries];
  return entries.map((entry, index) =>
    entry !== undefined && alone[index] ? { ...entry, said: { label: entry.rest, text: "" } } : entry,
  );
}

function finish({ drafts, header: headerLines, leftOut, privates }: Log): Transcript {
  const more = privates.length > 20 ? ` and ${privates.length - 20} more` : "";
  const times = resolveTimes(drafts.map((draft) => draft.time));
  const { kind } = times;
  const header = readHeader(headerLines);
  const cues = drafts.map((draft, index): RawCue => {
    const end = draft.end === undefined || kind === "none" ? undefined : secondsOf(draft.end, kind);
    return {
      line: draft.line,
      label: draft.label,
      time: draft.time?.text,
      start: times.seconds[index],
      end,
      text: joinWrapped(draft.lines),
    };
  });
  return buildTranscript({
    format: "chat-log",
    timeKind: kind,
    isDated: times.isDated,
    title: header.title,
    date: header.date ?? times.date,
    cues,
    roster: header.roster,
    leftOut: [...header.leftOut, ...leftOut],
    warnings: privates.length === 0 ? [] : [`private messages: ${privates.slice(0, 20).join(", ")}${more}`],
  });
}

function readEntry(line: string): Entry | undefined {
  const timed = readTimedLine(line);
  if (timed === undefined) return undefined;
  return {
    ...timed,
    said: timed.label === undefined ? readSaid(timed.rest) : { label: timed.label, text: timed.rest },
  };
}

/** Label and text of what follows the time: `Ann: …`, `Ann (acme.example) …`, `Ann<tab>…`, `Ann - …`. */
function readSaid(rest: string): Labelled {
  const nick = /^<([^<>]{1,60})>\s/.exec(rest.slice(0, 80));
  if (nick?.[1] !== undefined) return { label: nick[1], text: rest.slice(nick[0].length).trim() };
  const bracketed = /^[^():：]{1,120}?\([^()]{3,120}\)/.exec(rest.slice(0, 260))?.[0];
  if (bracketed !== undefined && hasDomain(bracketed)) {
    const after = rest.slice(bracketed.length);
    // Other brackets may follow before the colon: `Ann (acme.example) (Guest): …`.
    const more = /^(?:\s?\([^()]{0,60}\)){0,3}\s{0,3}[:：]/.exec(after)?.[0];
    const gap = more ?? /^\s{0,5}[-–—>|]?\s{0,5}/.exec(after)?.[0] ?? "";
    return { label: bracketed + (more?.slice(0, -1) ?? ""), text: withoutBold(after.slice(gap.length)) };
  }
  const dash = /^([^:：]{1,120}?)\s[-–—]\s/.exec(rest.slice(0, 160));
  const dashed = dash?.[1] !== undefined && looksLikeName(dash[1]) ? dash : undefined;
  const split = splitLabel(rest);
  const name = readZoomAddress(split?.label)?.sender ?? split?.label ?? "";
  if (split !== undefined && isShortLabel(name) && !startsSentence(split.label, dashed?.[1])) {
    return { ...split, label: split.label.replace(/\*\*/g, ""), text: withoutBold(split.text) };
  }
  if (dashed?.[1] !== undefined) return { label: dashed[1], text: rest.slice(dashed[0].length).trim() };
  const tab = rest.slice(0, 121).indexOf("\t");
  const column = rest.slice(0, Math.max(0, tab)).trim();
  if (column !== "" && looksLikeName(column)) return { label: column, text: rest.slice(tab + 1).trim() };
  return { text: rest };
}

/** Markdown's bold may end behind the colon: `**Ann:** text`. */
function withoutBold(text: string): string {
  return text.trim().replace(/^\*\*\s?/, "");
}

/** `Ann - so here is the thing: we ship`: the colon belongs to the sentence, the dash ends the name. */
function startsSentence(label: string, dashedName: string | undefined): boolean {
  if (dashedName === undefined) return false;
  if (hasDomain(dashedName)) return true;
  const after = label.slice(dashedName.length).replace(/^\s*[-–—]\s*/, "");
  return !looksLikeName(after) && !hasDomain(label);
}

/** Keys of the labels of timed lines, with how often each comes. */
function knownLabels(entries: readonly (Entry | undefined)[]): Map<string, number> {
  const known = new Map<string, number>();
  for (const entry of entries) {
    if (entry?.said.label === undefined) continue;
    const key = labelKey(entry.said.label);
    known.set(key, (known.get(key) ?? 0) + 1);
  }
  return known;
}

/** What a line says, without a label that is no more than the start of a sentence with a colon in it. */
function trusted(entry: Entry, known: ReadonlyMap<string, number>): Labelled {
  const { label } = entry.said;
  if (label === undefined || readZoomAddress(label) !== undefined || countNameWords(label) <= 3)
    return entry.said;
  const isKnown = (known.get(labelKey(label)) ?? 0) > 1 || looksLikeName(label);
  return isKnown || entry.label !== undefined ? entry.said : { text: entry.rest };
}

function labelKey(label: string): string {
  return nameKey(parseSpeaker(readZoomAddress(label)?.sender ?? label)?.name ?? label);
}

function mainShape(entries: readonly (Entry | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    if (entry === undefined) continue;
    // A labelled line weighs more, so that times in wrapped text never outvote the log's own.
    counts.set(entry.shape, (counts.get(entry.shape) ?? 0) + (entry.said.label === undefined ? 1 : 10));
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function isCue(entry: Entry, shape: string | undefined, known: ReadonlyMap<string, number>): boolean {
  const { label } = entry.said;
  if (label === undefined) return entry.shape === shape;
  if (hasDomain(label) || (known.get(labelKey(label)) ?? 0) > 1) return true;
  return looksLikeName(label) || (entry.shape === shape && entry.label === undefined);
}

/** A line without a time is speech when its label names a domain, or somebody who speaks in a timed line. */
function untimedSpeech(
  text: string,
  known: ReadonlyMap<string, number>,
): { readonly label: string; readonly lines: string[] } | undefined {
  const split = splitLabel(text);
  if (split === undefined || !isPossibleLabel(split.label)) return undefined;
  if (!hasDomain(split.label) && !known.has(labelKey(split.label))) return undefined;
  return { label: split.label, lines: [split.text] };
}
