import { BadRequestError } from "../../errors.ts";
import { pullSpeechModel } from "../../models/speech/sherpa-onnx/pull-speech-model.ts";
import { SPEECH_CATALOGUE } from "../../models/speech/speech-catalogue.ts";
import { type CommandIo, DONE, guarded, printJson, progressLine } from "./models-io.ts";

const PREFIX = "speech:";

/** Whether a name given to `tandem models pull` means a model for speech. */
export function isSpeechName(name: string | undefined): name is string {
  return name?.startsWith(PREFIX) === true;
}

/** `tandem models pull speech:vad`: fetches what tells speech from other sounds. */
export async function pullSpeech(
  name: string,
  options: { readonly cacheFolder: string; readonly signal?: AbortSignal },
  io: CommandIo,
): Promise<number> {
  return guarded(io, options.signal, async () => {
    const id = name.slice(PREFIX.length).toLowerCase();
    const entry = SPEECH_CATALOGUE.find((each) => each.id === id);
    if (entry === undefined) {
      const known = SPEECH_CATALOGUE.map((each) => `${PREFIX}${each.id}`).join(", ");
      throw new BadRequestError(`there is no model "${name}" to fetch`, {
        hint: `the catalogue has ${known}; recognisers are your own folders: TANDEM_SPEECH=sherpa:FOLDER`,
      });
    }
    const report = progressLine(io);
    const { path, source } = await pullSpeechModel(entry, {
      cacheFolder: options.cacheFolder,
      onProgress: report.show,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    }).finally(report.end);
    if (io.json) printJson(io, { id: `${PREFIX}${entry.id}`, path, from: source ?? null });
    else io.stdout(source === undefined ? `${entry.id} is here: ${path}\n` : `${path}\n`);
    return DONE;
  });
}
