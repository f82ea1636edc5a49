import { randomUUID } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { TandemError } from "../../../errors.ts";
import { defaultDataFolder } from "../../data-folder.ts";
import type { LiveCaptionMode } from "../../server/protocol/live-messages.ts";
import type { CliIo } from "../cli-io.ts";
import { exitCodes } from "../exit-code.ts";
import { printableLine } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { fetchSide } from "./fetch-side.ts";
import { type LiveClient, openLiveClient } from "./live-client.ts";
import { type LiveLink, parseLiveLink } from "./live-link.ts";
import { type LiveState, openLiveState } from "./live-state.ts";
import { type Captions, openCaptions } from "./open-captions.ts";
import { readLines } from "./read-lines.ts";
import { openRecordFile } from "./record-file.ts";
import { sayAudio } from "./say-audio.ts";

export type JoinOptions = {
  readonly json?: boolean;
  readonly name?: string;
  readonly language?: string;
  readonly mode?: LiveCaptionMode;
  /** The last `seq` that was seen elsewhere. Defaults to what this machine remembers. */
  readonly after?: number;
  /** A file of JSON lines that is gone on with. */
  readonly record?: string;
  /** Stays when the input ends. */
  readonly stay?: boolean;
  readonly audio?: string;
  readonly speech?: string;
  readonly speed: number;
};

/** `tandem live join LINK`: typed or piped lines are said, everybody's lines are shown. */
export async function joinCall(
  io: CliIo,
  terminal: Terminal,
  given: string,
  options: JoinOptions,
): Promise<number> {
  const link = parseLiveLink(given);
  const { name, language, mode, json = false } = options;
  await announce(link, io, terminal);
  const dataFolder = defaultDataFolder(io.env, process.platform, os.homedir());
  const state = openLiveState(dataFolder, [link.socketUrl, link.token, name ?? ""]);
  using record = recordOf(io, options.record);
  const before = state.memory();
  const shown = options.after ?? before.after;
  // What one of the two has yet to see is asked for, and so is word of lines that may not have arrived.
  const asked = Math.min(shown, record?.after ?? shown, before.unsafe.length > 0 ? before.after : shown);
  if (asked !== before.after) state.save({ ...before, after: asked });
  let captions: Captions | undefined;
  const client = openLiveClient({
    ...{ link, name, language, mode, state, signal: io.signal },
    onMessage: (message) => {
      const refused = message.type === "error" && lineOf(message.line, state);
      if (!("at" in message) || message.seq > shown) captions?.show(message);
      if (refused) captions?.note(`this was not said: ${printableLine(refused)}`);
      record?.write(message);
    },
    onTrouble: (sentence) => sentence !== undefined && (captions?.note ?? terminal.say)(sentence),
  });
  const isTyped = io.isTty.stdin && io.isTty.stdout && !json && options.audio !== "-";
  captions = openCaptions({
    ...{ io, terminal, json, untranslated: state.memory().untranslated },
    ...(isTyped && {
      keyboard: typing(client, () => captions),
    }),
  });
  try {
    await client.joined;
    const talking = talk(io, client, captions, options, isTyped);
    // A failure of the input ends the stay; the end of the stay ends the input.
    await Promise.race([client.ended, talking.then(() => client.ended)]);
    return exitCodes.done;
  } finally {
    client.leave();
    captions.close();
  }
}

/** Says where the link leads, before anybody there learns of us. */
async function announce(link: LiveLink, io: CliIo, terminal: Terminal): Promise<void> {
  const found = await fetchSide(link, io.signal);
  if (found === undefined) return;
  const { room, side } = found;
  if (room.isClosed) {
    throw new TandemError("refused", `the call "${printableLine(room.title)}" is over`, {
      hint: "its transcript, where it is still kept: tandem live transcript LINK -o call.docx",
    });
  }
  const domain = side.domain === undefined ? "" : `, ${side.domain}`;
  terminal.say(
    printableLine(`joining "${room.title}" for ${side.name}${domain}; they speak ${side.language}`),
  );
}

const lineOf = (line: string | undefined, state: LiveState): string | undefined =>
  state.memory().unsafe.find((each) => each.line === line)?.text;

function recordOf(
  io: CliIo,
  name: string | undefined,
): (ReturnType<typeof openRecordFile> & Disposable) | undefined {
  if (name === undefined) return undefined;
  const file = openRecordFile(path.resolve(io.cwd, name));
  return { ...file, [Symbol.dispose]: file.close };
}

/** Says what comes in; leaves at its end unless there is a person, or a wish to stay. */
async function talk(
  io: CliIo,
  client: LiveClient,
  captions: Captions,
  options: JoinOptions,
  isTyped: boolean,
): Promise<void> {
  const { audio, speech, speed } = options;
  if (audio !== undefined) await sayAudio(io, client, { audio, speech, speed, note: captions.note });
  else if (!isTyped) for await (const line of readLines(io.input())) sayTyped(line, client, captions);
  if (isTyped || options.stay) return;
  await client.settled();
  client.leave();
}

function typing(client: LiveClient, captions: () => Captions | undefined) {
  let line = randomUUID();
  let last = "";
  return {
    onLine: (text: string) => {
      const shown = captions();
      if (shown !== undefined) sayTyped(text, client, shown, line);
      line = randomUUID();
    },
    onPartial: (text: string) => {
      // Others see a line while it is being typed; commands are nobody's business.
      if (text === last || text.startsWith("/")) return;
      last = text;
      client.partial(line, text);
    },
    onLeave: client.leave,
  };
}

const COMMANDS = "/language pt, /mode steady, /choose 1, /leave; // begins a line with a slash";

/** A line, or a command that begins with a slash. */
function sayTyped(typed: string, client: LiveClient, captions: Captions, line: string = randomUUID()): void {
  const text = typed.trim();
  if (text === "") return;
  if (!text.startsWith("/")) client.say(line, text);
  else if (text.startsWith("//")) client.say(line, text.slice(1));
  else obey(text, client, captions);
}

function obey(text: string, client: LiveClient, captions: Captions): void {
  const [command, value = ""] = text.slice(1).split(/\s+/, 2);
  switch (command) {
    case "leave":
      client.leave();
      break;
    case "language":
      client.send({ type: "session.update", language: value });
      break;
    case "mode":
      client.send({ type: "session.update", mode: value as LiveCaptionMode });
      break;
    case "choose": {
      const slot = captions.log.slots[Number(value) - 1];
      if (slot === undefined) captions.note("there is no such time to choose");
      else client.send({ type: "meeting.choose", slot });
      break;
    }
    default:
      captions.note(`there is no /${command}; there are ${COMMANDS}`);
  }
}
