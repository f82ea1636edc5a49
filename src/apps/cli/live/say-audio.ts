import { randomUUID } from "node:crypto";
import os from "node:os";
import { BadRequestError } from "../../../errors.ts";
import { defaultCacheFolder } from "../../../models/llama/cache-folder.ts";
import type { SpeechRecogniser } from "../../../models/speech/speech-recogniser.ts";
import { openRecogniser } from "../../open-recogniser.ts";
import type { CliIo } from "../cli-io.ts";
import { audioPieces } from "./audio-source.ts";
import type { LiveClient } from "./live-client.ts";

export type AudioOptions = {
  /** A WAV file, or `-`. */
  readonly audio: string;
  /** As TANDEM_SPEECH. */
  readonly speech?: string | undefined;
  /** Of the file. Defaults to 1. */
  readonly speed: number;
  readonly note: (sentence: string) => void;
};

/** What is heard of one utterance: more of it, or all of it. */
export type HeardUtterance = (line: string, text: string, isFinal: boolean) => void;

/** The recogniser that `--speech` or TANDEM_SPEECH names. */
export function openEar(
  io: CliIo,
  { speech, note }: Pick<AudioOptions, "speech" | "note">,
): Promise<SpeechRecogniser | undefined> {
  const cacheFolder = defaultCacheFolder(io.env, process.platform, os.homedir());
  return openRecogniser({ spec: speech, env: io.env, cwd: io.cwd, cacheFolder, note });
}

/** Recognises audio here; resolves when all of it was heard. */
export async function recogniseAudio(
  io: CliIo,
  recogniser: SpeechRecogniser,
  options: AudioOptions & { readonly language: string; readonly onHeard: HeardUtterance },
): Promise<void> {
  const { audio, speed, language, note, onHeard } = options;
  let line = randomUUID();
  await using stream = await recogniser.open({
    language,
    signal: io.signal,
    onEvent: (event) => {
      if (event.kind === "failed") {
        note(`${event.start.toFixed(1)} s: ${event.error.message}`);
        return;
      }
      onHeard(line, event.text, event.kind === "final");
      if (event.kind === "final") line = randomUUID();
    },
  });
  for await (const piece of audioPieces(io, audio, speed)) stream.push(piece);
  await stream.finish();
}

/** Says audio in a call: recognised here where a recogniser is named, otherwise by the server where it can. */
export async function sayAudio(io: CliIo, client: LiveClient, options: AudioOptions): Promise<void> {
  const session = await client.joined;
  const recogniser = await openEar(io, options);
  if (recogniser !== undefined) {
    await using ear = recogniser;
    await recogniseAudio(io, ear, {
      ...options,
      language: session.participant.language,
      onHeard: (line, text, isFinal) => (isFinal ? client.say(line, text) : client.partial(line, text)),
    });
    return;
  }
  if (!session.hears) {
    throw new BadRequestError(
      `nothing recognises speech in ${session.participant.language}, neither here nor at the server`,
      {
        hint: "name a recogniser of your own: --speech sherpa:FOLDER, openai-audio:MODEL@URL or pocketsphinx",
      },
    );
  }
  options.note("the server recognises the speech: the audio goes there");
  for await (const piece of audioPieces(io, options.audio, options.speed)) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    client.send({ type: "input_audio_buffer.append", audio: bytes.toString("base64") });
  }
  client.send({ type: "input_audio_buffer.commit" });
}
