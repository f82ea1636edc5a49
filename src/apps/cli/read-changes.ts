import { BadRequestError } from "../../errors.ts";
import type { CliIo } from "./cli-io.ts";
import { inputName, readText } from "./read-input.ts";

/** The parsed JSON of `--changes`. What is in it the task checks. Throws `BadRequestError` with the place of a fault. */
export async function readChanges(io: CliIo, name: string): Promise<unknown> {
  const text = await readText(io, name);
  try {
    return JSON.parse(text.replace(/^\ufeff/, "")) as unknown;
  } catch (cause) {
    throw new BadRequestError(`${inputName(name)} is not JSON: ${(cause as Error).message}`, {
      cause,
      hint: 'write [{"kind":"replace","quote":"old words","text":"new words"}]',
    });
  }
}
