import { BadRequestError, ModelError } from "../../../errors.ts";
import { isLoopback } from "../../openai-compatible.ts";
import { callService, type ServiceOptions, unexpectedAnswer } from "../translation-service.ts";
import type { ApertiumPort } from "./apertium-engine.ts";
import { type ApertiumPair, parseMode } from "./apertium-modes.ts";

/** Runs the program `apertium` with these arguments and this input, and gives what it prints. */
export type RunApertium = (args: readonly string[], input: string, signal?: AbortSignal) => Promise<string>;

/** The program on this machine, in a process of its own: it is under the GPL, so nothing of it is linked. */
export function apertiumCommand(run: RunApertium): ApertiumPort {
  return {
    id: "apertium",
    isLocal: true,
    howToGet: "On Debian and Ubuntu a pair comes with, for example, apt install apertium-eng-spa.",
    pairs: async (signal) => toPairs((await run(["-l"], "", signal)).split("\n")),
    translate: ({ from, to }, html, signal) =>
      run(["-u", "-f", "html", `${from}-${to}`], html, signal).catch((error: unknown) => {
        signal?.throwIfAborted();
        throw error instanceof ModelError
          ? error
          : new ModelError(
              "model-failed",
              `apertium failed: ${error instanceof Error ? error.message : String(error)}`,
              {
                hint: `try it by hand: echo test | apertium -f html ${from}-${to}`,
                cause: error,
              },
            );
      }),
  };
}

export type ApyOptions = {
  /** For example `http://localhost:2737`. */
  readonly url: string;
  /** All attempts of one call together. Defaults to 3. */
  readonly attempts?: number;
  /** First pause between attempts, in milliseconds. Defaults to 500. */
  readonly pauseMs?: number;
};

/** Apertium's own server (APY). It listens on all interfaces unless it is kept from it, so its network should be closed. */
export function apertiumServer(options: ApyOptions): ApertiumPort {
  if (!URL.canParse(options.url)) {
    throw new BadRequestError(`"${options.url}" is not the address of a server`, {
      hint: "for example --engine apertium:http://localhost:2737",
    });
  }
  const url = options.url.replace(/\/+$/, "");
  const name = `the Apertium server at ${new URL(url).origin}`;
  const service: ServiceOptions = {
    ...options,
    name,
    keyHint: "Apertium's server takes no key; something before it asks for one",
    requestHint: `check the pair (${url}/listPairs lists them) and the address`,
  };
  return {
    id: "apertium",
    isLocal: isLoopback(url),
    howToGet: `${url}/listPairs lists what the server has.`,
    pairs: async (signal) => {
      const answer = await callService({ url: `${url}/listPairs`, signal }, service);
      const rows = (answer as { responseData?: unknown } | null)?.responseData;
      if (!Array.isArray(rows)) throw unexpectedAnswer(name, "no list of pairs");
      const pairs = rows as readonly { sourceLanguage?: unknown; targetLanguage?: unknown }[];
      return toPairs(
        pairs.map(({ sourceLanguage, targetLanguage }) => `${sourceLanguage}-${targetLanguage}`),
      );
    },
    translate: async ({ from, to }, html, signal) => {
      const form = { langpair: `${from}|${to}`, q: html, format: "html", markUnknown: "no" };
      const answer = await callService({ url: `${url}/translate`, form, signal }, service);
      const text = (answer as { responseData?: { translatedText?: unknown } } | null)?.responseData
        ?.translatedText;
      if (typeof text !== "string") throw unexpectedAnswer(name, "no translated text");
      return text;
    },
  };
}

function toPairs(modes: readonly string[]): ApertiumPair[] {
  return modes.flatMap((mode) => parseMode(mode) ?? []);
}
