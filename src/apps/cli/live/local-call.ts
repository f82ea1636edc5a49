import { randomUUID } from "node:crypto";
import { BadRequestError, ModelError } from "../../../errors.ts";
import { openLiveRoom } from "../../../tasks/translate/live/live-room.ts";
import type { LiveEvent, LoggedEvent, RoomLog } from "../../../tasks/translate/live/types.ts";
import type { CliIo } from "../cli-io.ts";
import { exitCodes } from "../exit-code.ts";
import { openEngine } from "../open-engine.ts";
import { printableLine } from "../printable.ts";
import type { Terminal } from "../terminal.ts";
import { readLines } from "./read-lines.ts";
import { openEar, recogniseAudio } from "./say-audio.ts";

export type LocalOptions = {
  readonly json?: boolean;
  readonly from: string;
  readonly to: string;
  readonly engine?: string;
  readonly audio?: string;
  readonly speech?: string;
  readonly speed: number;
};

/** `tandem live --local`: a room of one speaker and one reader in this process, with no server; nothing is kept. */
export async function localCall(io: CliIo, terminal: Terminal, options: LocalOptions): Promise<number> {
  const { from, to, json = false } = options;
  const engine = await openEngine(options.engine, { io, terminal });
  await using open = engine;
  const missing = await open.missing(from, to);
  if (missing !== undefined) throw new ModelError("no-model", missing);
  const room = await openLiveRoom({
    sides: [
      { id: "here", name: "here", language: from },
      { id: "there", name: "there", language: to },
    ],
    engineOf: async () => open,
    log: memoryLog(),
    now: io.now,
  });
  await room.join({ id: "speaker", name: "speaker", side: "here", language: from });
  await room.join({ id: "reader", name: "reader", side: "there", language: to });
  const closed = Promise.withResolvers<void>();
  room.read({
    participant: "reader",
    mode: "steady",
    send: (event) => {
      if (json) io.stdout(`${JSON.stringify(event)}\n`);
      else show(event, terminal);
      if (event.kind === "room-closed") closed.resolve();
    },
  });
  if (io.isTty.stdin && options.audio === undefined) terminal.say(`type a line in ${from}; Ctrl+D ends`);
  const say = (line: string, text: string, isFinal: boolean) => room.say("speaker", { line, text, isFinal });
  await speak(io, terminal, options, say);
  await room.close();
  await closed.promise;
  return exitCodes.done;
}

type Say = (line: string, text: string, isFinal: boolean) => Promise<unknown>;

async function speak(io: CliIo, terminal: Terminal, options: LocalOptions, say: Say): Promise<void> {
  const { audio, speech, from, speed } = options;
  if (audio === undefined) {
    for await (const text of readLines(io.input())) {
      if (io.signal.aborted) return;
      if (text.trim() !== "") await say(randomUUID(), text.trim(), true);
    }
    return;
  }
  const note = terminal.say;
  await using recogniser = await openEar(io, { speech, note });
  if (recogniser === undefined) {
    throw new BadRequestError("nothing recognises speech here", {
      hint: "name a recogniser: --speech sherpa:FOLDER, openai-audio:MODEL@URL or pocketsphinx",
    });
  }
  let last: Promise<unknown> = Promise.resolve();
  await recogniseAudio(io, recogniser, {
    ...{ audio, speech, speed, note, language: from },
    onHeard: (line, text, isFinal) => {
      if (isFinal) terminal.say(`heard: ${printableLine(text)}`);
      last = last.then(() => say(line, text, isFinal));
    },
  });
  await last;
}

function show(event: LiveEvent, terminal: Terminal): void {
  if (event.kind !== "line-translated" || event.side !== "there") return;
  if (event.text === undefined) terminal.complain(`not translated: ${event.reason ?? "the engine failed"}`);
  else terminal.print(printableLine(event.text));
  for (const { text } of event.findings) terminal.say(`doubt: ${printableLine(text)}`);
}

function memoryLog(): RoomLog {
  const events: LoggedEvent[] = [];
  return {
    append: async (added) => void events.push(...added),
    read: async (after) => events.filter(({ seq }) => seq > after),
  };
}
