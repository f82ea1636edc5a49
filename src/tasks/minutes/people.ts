import { getDomain } from "tldts";
import type { Cue, Transcript } from "../../files/transcript/transcript.ts";
import type { Participant, RosterEntry } from "./types.ts";

/** Who is in the call and how far the speaker labels can be trusted. */
export type People = {
  readonly participants: readonly Participant[];
  /** Participants that spoke. */
  readonly speakers: readonly Participant[];
  /**
   * Names whose label is contradicted by the speech (`This is Marta` under another name), or that are no names.
   * `everyone` when one label carries the whole call.
   */
  readonly distrusted: ReadonlySet<string> | "everyone";
  /** Words that are capitalised inside sentences somewhere: likely names of people and things. */
  readonly properNames: ReadonlySet<string>;
  readonly notes: readonly string[];
};

const NOT_A_NAME =
  /^(?:unknown|unidentified|speaker\s*\?|participant\s*\?|\?+|guest|inconnu|unbekannt|desconocido|desconhecido)(?: speaker)?$/iu;

/** The name behind a domain as the call itself writes it: `Parcelwise` for `parcelwise.example`. */
function spokenName(host: string, spoken: string): string | undefined {
  const label = host.split(".")[0] ?? "";
  if (label.length < 4) return undefined;
  const found = new RegExp(`(?<![\\p{L}\\p{N}.@-])${RegExp.escape(label)}(?![\\p{L}\\p{N}.@-])`, "giu");
  return [...spoken.matchAll(found)].map((match) => match[0]).find((word) => /^\p{Lu}/u.test(word));
}

function organisationOf(
  domain: string | undefined,
  email: string | undefined,
  roster: readonly RosterEntry[],
  spoken: string,
): string | undefined {
  const site = domain === undefined ? undefined : (getDomain(domain) ?? domain);
  const host =
    site ?? (email === undefined ? undefined : (getDomain(email.split("@")[1] ?? "") ?? undefined));
  if (host === undefined) return undefined;
  const listed = roster.find((entry) => {
    const other = entry.email?.split("@")[1];
    return entry.organisation !== undefined && other !== undefined && (getDomain(other) ?? other) === host;
  })?.organisation;
  return listed ?? spokenName(host, spoken);
}

/** The participants: who spoke in order of first appearance, then the silent ones of the roster. */
function listParticipants(transcript: Transcript, roster: readonly RosterEntry[]): Participant[] {
  const turns = new Map<string, number>();
  for (const cue of transcript.cues) {
    if (cue.speaker) turns.set(cue.speaker.name, (turns.get(cue.speaker.name) ?? 0) + 1);
  }
  const domains = new Map<string, string>();
  for (const speaker of [...transcript.speakers, ...transcript.cues.flatMap((cue) => cue.speaker ?? [])]) {
    if (speaker.domain !== undefined && !domains.has(speaker.name)) domains.set(speaker.name, speaker.domain);
  }
  const spoken = [transcript.title ?? "", ...transcript.cues.map((cue) => cue.text)].join("\n");
  const participant = (name: string, count: number): Participant => {
    const entry = roster.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const mailDomain = entry?.email?.split("@")[1];
    const domain = domains.get(name) ?? mailDomain;
    const organisation = entry?.organisation ?? organisationOf(domain, entry?.email, roster, spoken);
    return {
      name,
      ...(domain === undefined ? {} : { domain }),
      ...(organisation === undefined ? {} : { organisation }),
      turns: count,
    };
  };
  const spoke = [...turns].map(([name, count]) => participant(name, count));
  const known = new Set(spoke.map((one) => one.name.toLowerCase()));
  const silent = roster.filter((entry) => !known.has(entry.name.toLowerCase()));
  return [...spoke, ...silent.map((entry) => participant(entry.name, 0))];
}

/** What to call the organisation of a participant: its name when known, else its registrable domain. */
export function organisationLabel(participant: Participant): string | undefined {
  if (participant.organisation !== undefined) return participant.organisation;
  return participant.domain === undefined ? undefined : (getDomain(participant.domain) ?? participant.domain);
}

const callNameCache = new WeakMap<readonly Participant[], ReadonlyMap<string, readonly string[]>>();

/** The words a participant may be called by: full name, and first name when no other participant shares it. */
export function callNames(participant: Participant, all: readonly Participant[]): readonly string[] {
  let names = callNameCache.get(all);
  if (names === undefined) {
    const firsts = new Map<string, number>();
    for (const one of all) {
      const first = firstName(one.name);
      if (first !== undefined) firsts.set(first, (firsts.get(first) ?? 0) + 1);
    }
    names = new Map(
      all.map((one) => {
        const first = firstName(one.name);
        const bare = bareName(one.name);
        return [
          one.name,
          first === undefined || firsts.get(first) !== 1 || first === bare ? [bare] : [bare, first],
        ];
      }),
    );
    callNameCache.set(all, names);
  }
  return names.get(participant.name) ?? [participant.name];
}

function bareName(name: string): string {
  return name
    .replace(/\([^)]*\)/gu, " ")
    .replace(/\b(?:dr|prof|mr|mrs|ms|hon)\.?\s/giu, " ")
    .trim();
}

function firstName(name: string): string | undefined {
  const bare = bareName(name);
  const first = (bare.includes(",") ? (bare.split(",")[1] ?? bare) : bare).trim().split(/\s+/u)[0];
  // `Speaker 1`, `PhD D`, `The Chair` have no first name to be called by.
  if (
    first === undefined ||
    first.length < 3 ||
    /^(?:speaker|participant|user|guest|the|phd|grad|professor|project)$/iu.test(first)
  )
    return undefined;
  return first;
}

/** Whether a name stands in a text as a whole word with its capitals. */
export function hasName(text: string, name: string): boolean {
  if (!text.includes(name)) return false;
  return new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, "u").test(text);
}

/** The participants a sentence calls by name: `Daniel, could you`, `could you, Daniel,`, `…, Daniel?`. */
export function calledIn(text: string, people: People): Participant[] {
  return people.participants.filter((participant) =>
    callNames(participant, people.participants).some((name) => {
      if (!text.includes(name)) return false;
      const n = RegExp.escape(name);
      const atStart = `^(?:\\P{L}*(?:ok|okay|so|and|well|then|hey|hi|thanks|thank you|yes|yeah|no|great|right|also|und|et|y|e|also|danke|merci|gracias|obrigad[oa]|sure|good|perfect)[,. ]+)*${n}(?:\\s*[,:–—-]|\\s+(?:can|could|would|will|please|do|are|you|könn|kann|pouvez|pourr|peux|puede|podr|pode))`;
      const inside = `,\\s*${n}\\s*(?:[,.?!]|$)`;
      const afterVerb = `(?:can|could|would|will) you,? ${n}(?![\\p{L}\\p{N}])`;
      return new RegExp(`${atStart}|${inside}|${afterVerb}`, "iu").test(text) && hasName(text, name);
    }),
  );
}

/** Capitalised words that occur inside sentences, where grammar does not ask for a capital. */
function properNamesOf(cues: readonly Cue[]): Set<string> {
  const names = new Set<string>();
  for (const cue of cues) {
    for (const match of cue.text.matchAll(/(?<=[\p{L}\p{N},;] )\p{Lu}[\p{Ll}]+(?![\p{L}])/gu))
      names.add(match[0]);
  }
  return names;
}

/** Speakers whose own words contradict their label. */
function contradictedLabels(cues: readonly Cue[], participants: readonly Participant[]): Set<string> {
  const distrusted = new Set<string>();
  const patterns = participants.flatMap((participant) =>
    callNames(participant, participants).map((name) => ({
      name: participant.name,
      called: name.toLowerCase(),
      self: new RegExp(
        `(?:^|[.,!?]\\s*|\\b(?:hi|hello|hey|hallo|bonjour|hola|olá)[,. ]+(?:all[,. ]+)?)(?:this is|i'm|i am|my name is|ich bin|hier ist|je suis|soy|sou(?: o| a)?) ${RegExp.escape(name)}(?: (?:here|speaking|from|and|von|de|da)|[,.!]|$)`,
        "iu",
      ),
      call: new RegExp(
        `^(?:(?:ok|okay|so|and|well|hi|hey|thanks|thank you)[, ]+)*${RegExp.escape(name)}, (?:can|could|would|will|do|are) you|(?:thanks|thank you|over to you),? ${RegExp.escape(name)}[.!,]`,
        "iu",
      ),
    })),
  );
  for (const cue of cues) {
    const label = cue.speaker?.name;
    if (label === undefined) continue;
    const text = cue.text.replaceAll("’", "'");
    const lower = text.toLowerCase();
    for (const pattern of patterns) {
      if (!lower.includes(pattern.called)) continue;
      const isOther = pattern.name !== label;
      if (isOther ? pattern.self.test(text) : pattern.call.test(text)) {
        distrusted.add(label);
        if (isOther) distrusted.add(pattern.name);
        else if (participants.filter((one) => one.turns > 0).length === 2)
          for (const one of participants) distrusted.add(one.name);
      }
    }
  }
  return distrusted;
}

/** Reads who takes part and whether the labels can carry a name on an action. */
export function readPeople(
  transcript: Transcript,
  roster: readonly RosterEntry[] = [],
  heard: readonly Cue[] = transcript.cues,
): People {
  const participants = listParticipants(transcript, roster);
  const speakers = participants.filter((one) => one.turns > 0);
  const notes: string[] = [];
  const labelled = speakers.reduce((sum, one) => sum + one.turns, 0);
  const top = Math.max(0, ...speakers.map((one) => one.turns));
  const isCollapsed = speakers.length < 2 || (labelled >= 20 && top / labelled > 0.97);
  let distrusted: Set<string> | "everyone" = contradictedLabels(heard, participants);
  if (isCollapsed && transcript.cues.length > 0) {
    distrusted = "everyone";
    notes.push(
      "The transcript carries one speaker's name for (nearly) all of the call, so no action has an owner.",
    );
  } else if (distrusted.size > 0) {
    notes.push(
      `The speaker labels contradict what is said (${[...distrusted].join(", ")}); actions of these people have no owner.`,
    );
  }
  if (distrusted !== "everyone")
    for (const one of speakers) if (NOT_A_NAME.test(one.name)) distrusted.add(one.name);
  return { participants, speakers, distrusted, properNames: properNamesOf(heard), notes };
}

/** Whether a label may be written as the owner of something. */
export function isTrusted(name: string, people: People): boolean {
  return people.distrusted !== "everyone" && !people.distrusted.has(name);
}

/** The one other person that can be meant by "you" when exactly two people speak. */
export function onlyOther(name: string, people: People): Participant | undefined {
  if (people.speakers.length !== 2) return undefined;
  return people.speakers.find((one) => one.name !== name);
}

/** The one other organisation in the call, when there are exactly two. */
export function otherOrganisation(label: string, people: People): string | undefined {
  const labels = new Set(people.participants.flatMap((one) => organisationLabel(one) ?? []));
  labels.delete(label);
  return labels.size === 1 ? [...labels][0] : undefined;
}
