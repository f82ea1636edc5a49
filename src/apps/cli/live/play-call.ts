import { createHash } from "node:crypto";
import os from "node:os";
import { BadRequestError } from "../../../errors.ts";
import { readTranscript } from "../../../files/transcript/read-transcript.ts";
import type { Cue, Transcript } from "../../../files/transcript/transcript.ts";
import { defaultDataFolder } from "../../data-folder.ts";
import type { CliIo } from "../cli-io.ts";
import { exitCodes } from "../exit-code.ts";
import { readInput } from "../read-input.ts";
import type { Terminal } from "../terminal.ts";
import { counted } from "../text-table.ts";
import { type LiveClient, openLiveClient } from "./live-client.ts";
import { parseLiveLink } from "./live-link.ts";
import { type LiveState, openLiveState } from "./live-state.ts";

export type PlayOptions = {
  readonly json?: boolean;
  /** 4: four times as fast as it was. */
  readonly speed: number;
  /** Says each line word by word. */
  readonly partials?: boolean;
};

/** What a cue takes where the transcript does not say: seconds a word, and the pause after it. */
const WORD_SECONDS = 0.4;
const PAUSE_SECONDS = 0.6;
/** Nobody waits for a longer silence. Seconds. */
const LONGEST_SILENCE = 10;

type Spoken = { readonly cue: Cue; readonly speaker: string; readonly start: number; readonly end: number };

/** `tandem live play call.vtt LINK…`: the speakers of a transcript join, each through the link of its side, and say it again. */
export async function playCall(
  io: CliIo,
  terminal: Terminal,
  file: string,
  links: readonly string[],
  options: PlayOptions,
): Promise<number> {
  const bytes = await readInput(io, file);
  const transcript = readTranscript(bytes);
  const spoken = timed(transcript);
  if (spoken.length === 0) throw new BadRequestError(`${file} holds nothing that was said`);
  const assigned = assignSpeakers(transcript, links);
  for (const [speaker, link] of assigned)
    terminal.say(`${speaker} joins through link ${links.indexOf(link) + 1}`);
  const id = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const players = joinAll(io, assigned);
  const clients = new Map([...players].map(([name, { client }]) => [name, client]));
  try {
    await Promise.all([...clients.values()].map(({ joined }) => joined));
    // What an earlier process left to be sent comes before what follows it.
    await Promise.all([...clients.values()].map((client) => client.settled()));
    // What an earlier process said, or has yet to send, is not said again.
    const left = spoken.filter(({ cue, speaker }) => cue.index > lastSaid(players.get(speaker)!.state, id));
    const playing = play(io, left, clients, { ...options, id });
    await Promise.race([playing, ...[...clients.values()].map(({ ended }) => ended)]);
    await Promise.all([...clients.values()].map((client) => client.settled()));
  } finally {
    for (const client of clients.values()) client.leave();
    await Promise.allSettled([...clients.values()].map(({ ended }) => ended));
  }
  const report = { command: "live play", lines: spoken.length, speakers: [...assigned.keys()] };
  if (options.json) terminal.printJson(report);
  else terminal.say(`said ${counted(spoken.length, "line")} as ${counted(assigned.size, "speaker")}`);
  return exitCodes.done;
}

type Player = { readonly client: LiveClient; readonly state: LiveState };

/** The index of the last cue that a speaker said in an earlier process; -1 for none. */
function lastSaid(state: LiveState, id: string): number {
  const { lastSafe, unsafe } = state.memory();
  const line = unsafe.at(-1)?.line ?? lastSafe ?? "";
  return line.startsWith(`${id}-`) ? Number(line.slice(id.length + 1).split(".")[0]) : -1;
}

function joinAll(io: CliIo, assigned: ReadonlyMap<string, string>): ReadonlyMap<string, Player> {
  const dataFolder = defaultDataFolder(io.env, process.platform, os.homedir());
  return new Map(
    [...assigned].map(([name, given]) => {
      const link = parseLiveLink(given.replace(/^[^=]*=(?=https?:)/, ""));
      const state = openLiveState(dataFolder, ["play", link.socketUrl, link.token, name]);
      const client = openLiveClient({ link, name, state, signal: io.signal, onMessage: () => undefined });
      return [name, { client, state }];
    }),
  );
}

/**
 * Which link each speaker takes. A link may say so itself (`acme.example=LINK` or `Ada=LINK`); otherwise the organisations
 * take the links in the order in which they first speak, and speakers without one take turns.
 */
export function assignSpeakers(
  transcript: Transcript,
  links: readonly string[],
): ReadonlyMap<string, string> {
  const labelled = new Map(
    links.map((link) => [/^([^=]*)=https?:/.exec(link)?.[1]?.toLowerCase() ?? "", link]),
  );
  const free = links.filter((link) => !/^[^=]*=https?:/.test(link));
  const byDomain = new Map<string, string>();
  const assigned = new Map<string, string>();
  let turn = 0;
  for (const { name, domain } of speakersOf(transcript)) {
    const own = labelled.get(name.toLowerCase()) ?? labelled.get(domain?.toLowerCase() ?? "-");
    const link =
      own ?? (domain === undefined ? undefined : byDomain.get(domain)) ?? free[turn++ % free.length];
    if (link === undefined) {
      throw new BadRequestError(
        `there is no link for ${name}${domain === undefined ? "" : ` of ${domain}`}`,
        {
          hint: `write ${domain ?? name}=LINK`,
        },
      );
    }
    if (domain !== undefined) byDomain.set(domain, link);
    assigned.set(name, link);
  }
  return assigned;
}

function speakersOf({ speakers, cues }: Transcript): Transcript["speakers"] {
  return cues.some(({ speaker }) => speaker === undefined) ? [...speakers, { name: NOBODY }] : speakers;
}

const NOBODY = "Speaker";

/** When each cue is said, in seconds from the first; silences are cut short and guesses are made where times are missing. */
export function timed({ cues }: Transcript): readonly Spoken[] {
  const found: Spoken[] = [];
  let clock = 0;
  let before: number | undefined;
  for (const cue of cues) {
    if (cue.text.trim() === "") continue;
    const words = cue.text.trim().split(/\s+/).length;
    const silence = cue.start === undefined || before === undefined ? 0 : cue.start - before;
    const start = clock + Math.min(Math.max(silence, 0), LONGEST_SILENCE);
    const known = cue.start === undefined || cue.end === undefined ? undefined : cue.end - cue.start;
    const length = known !== undefined && known > 0 ? known : words * WORD_SECONDS;
    found.push({ cue, speaker: cue.speaker?.name ?? NOBODY, start, end: start + length });
    clock = start + length + (known === undefined ? PAUSE_SECONDS : 0);
    // What was guessed, the pause after it included, is taken off the silence that follows.
    const guessed = cue.start === undefined ? undefined : cue.start + length + PAUSE_SECONDS;
    before = known === undefined ? guessed : cue.end;
  }
  return found;
}

async function play(
  io: CliIo,
  spoken: readonly Spoken[],
  clients: ReadonlyMap<string, LiveClient>,
  { speed, partials = false, id }: PlayOptions & { readonly id: string },
): Promise<void> {
  // Going on begins where it stopped.
  const began = performance.now() - ((spoken[0]?.start ?? 0) * 1_000) / speed;
  const until = async (seconds: number): Promise<void> => {
    const wait = began + (seconds * 1_000) / speed - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    io.signal.throwIfAborted();
  };
  let before: LiveClient | undefined;
  for (const { cue, speaker, start, end } of spoken) {
    const client = clients.get(speaker);
    if (client === undefined) continue;
    // The same file under the same link says each line once, however often it is played.
    const line = `${id}-${cue.index}`;
    const words = cue.text.trim().split(/\s+/);
    if (partials) {
      for (let count = 1; count < words.length; count += 1) {
        await until(start + ((end - start) * count) / words.length);
        client.partial(line, words.slice(0, count).join(" "));
      }
    }
    await until(end);
    // Each speaker has a connection of their own; the order is kept by waiting for the one before.
    if (before !== client) await before?.settled();
    before = client;
    client.say(line, words.join(" "));
  }
}
