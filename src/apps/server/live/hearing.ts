import { randomUUID } from "node:crypto";
import type {
  SpeechEvent,
  SpeechRecogniser,
  SpeechStream,
} from "../../../models/speech/speech-recogniser.ts";
import type { Saying } from "../../../tasks/translate/live/types.ts";
import type { Refusal } from "./read-message.ts";

/** One speaker's microphone: samples in, sayings out. */
export type Hearing = {
  readonly push: (pcm: Int16Array) => Promise<void>;
  readonly commit: () => void;
  /** Ends what is being said and resolves when all that was heard has been said; the next samples begin anew. */
  readonly rest: () => Promise<void>;
};

export type HearingOptions = {
  readonly recogniser: SpeechRecogniser;
  /** Asked whenever speech begins anew. */
  readonly language: () => string;
  readonly say: (saying: Saying) => Promise<unknown>;
  /** Told when something was not understood. */
  readonly onFailure: (refusal: Refusal) => void;
};

const REST_WITHIN = 10_000;

/** Opens the recogniser at the first samples: most people type, or only listen. */
export function openHearing({ recogniser, language, say, onFailure }: HearingOptions): Hearing {
  let opening: Promise<SpeechStream> | undefined;
  let saying: Promise<unknown> = Promise.resolve();

  const listen = (): Promise<SpeechStream> => {
    let line = randomUUID();
    const onEvent = (event: SpeechEvent): void => {
      if (event.kind === "failed") {
        onFailure(notHeard);
        return;
      }
      const said = { line, text: event.text, isFinal: event.kind === "final" };
      if (said.isFinal) line = randomUUID();
      saying = saying.then(() => say(said)).catch(() => onFailure(notHeard));
    };
    return recogniser.open({ language: language(), onEvent });
  };

  return {
    push: async (pcm) => {
      opening ??= listen();
      try {
        (await opening).push(pcm);
      } catch {
        opening = undefined;
        onFailure(notHeard);
      }
    },
    commit: () => void opening?.then((stream) => stream.commit()).catch(() => {}),
    rest: async () => {
      const ending = opening;
      opening = undefined;
      try {
        if (ending !== undefined) await finish(await ending);
      } catch {
        onFailure(notHeard);
      }
      await saying;
    },
  };
}

async function finish(stream: SpeechStream): Promise<void> {
  try {
    const patience = new Promise((resolve) => setTimeout(resolve, REST_WITHIN).unref());
    await Promise.race([stream.finish(), patience]);
  } finally {
    await stream[Symbol.asyncDispose]();
  }
}

const notHeard: Refusal = {
  code: "cannot-hear",
  message: "something was not understood because the recogniser failed",
  hint: "say it again, or type it",
};

/** True when the recogniser can be asked for a language. */
export function hears(recogniser: SpeechRecogniser | undefined, language: string): boolean {
  if (recogniser === undefined) return false;
  const { languages } = recogniser.capabilities;
  const base = (tag: string): string => tag.toLowerCase().split("-")[0]!;
  return typeof languages === "string" || languages.some((each) => base(each) === base(language));
}

/** Base64 of 16-bit little-endian samples; undefined for anything else. */
export function readPcm(base64: string): Int16Array | undefined {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length % 2 !== 0) return undefined;
  const pcm = new Int16Array(bytes.length / 2);
  for (let index = 0; index < pcm.length; index++) pcm[index] = bytes.readInt16LE(index * 2);
  return pcm;
}
