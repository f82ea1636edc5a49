import { BadRequestError } from "../../errors.ts";

/** A speech recogniser by name; keys come from the environment when it is opened. */
export type SpeechSpec =
  | { readonly kind: "none" }
  /** A folder that holds a model for sherpa-onnx. */
  | { readonly kind: "sherpa"; readonly folder: string }
  /** A server with OpenAI's `/audio/transcriptions`. */
  | { readonly kind: "openai-audio"; readonly model: string; readonly url: string }
  /** The program on this machine. */
  | { readonly kind: "pocketsphinx" };

const FORMS = "sherpa:FOLDER, openai-audio:MODEL, openai-audio:MODEL@URL, pocketsphinx or none";
const OPENAI_URL = "https://api.openai.com/v1";

/**
 * Reads one line that names a recogniser, for example `openai-audio:whisper-1@http://localhost:8000/v1`.
 * Throws `BadRequestError` with the known forms for anything else.
 */
export function parseSpeechSpec(spec: string): SpeechSpec {
  const text = spec.trim();
  const [, name = "", rest] = /^([a-z-]+)(?::(.*))?$/is.exec(text) ?? [];
  const kind = name.toLowerCase();
  const value = rest?.trim() ?? "";
  switch (kind) {
    case "none":
    case "pocketsphinx":
      if (rest === undefined) return { kind };
      throw new BadRequestError(`${kind} takes nothing after its name`, { hint: `write ${FORMS}` });
    case "sherpa":
      if (value !== "") return { kind, folder: value };
      throw new BadRequestError("sherpa needs the folder of a model", {
        hint: "for example sherpa:./sherpa-onnx-whisper-tiny",
      });
    case "openai-audio":
      return { kind, ...readServer(value, spec) };
    default:
      throw new BadRequestError(`"${spec}" is not a speech recogniser`, { hint: `write ${FORMS}` });
  }
}

function readServer(value: string, spec: string): { readonly model: string; readonly url: string } {
  // A model's name may hold an @ itself; an address begins with its scheme.
  const at = value.search(/@https?:\/\//i);
  const model = at < 0 ? value : value.slice(0, at);
  const url = at < 0 ? OPENAI_URL : value.slice(at + 1);
  if (model !== "" && !/\s/.test(model) && URL.canParse(url)) return { model, url: url.replace(/\/+$/, "") };
  throw new BadRequestError(`"${spec}" does not say which model of which server is meant`, {
    hint: "for example openai-audio:whisper-1@http://localhost:8000/v1",
  });
}
