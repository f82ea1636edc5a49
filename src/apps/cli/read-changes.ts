import { BadRequestError } from "../../errors.ts";
import type { CliIo } from "./cli-io.ts";
import { inputName, readInput, readText } from "./read-input.ts";

/**
 * The parsed JSON of `--changes`, with pictures that are named by a file read in; a relative name is relative to the
 * changes file. What else is in it the task checks. Throws `BadRequestError` with the place of a fault.
 */
export async function readChanges(io: CliIo, name: string): Promise<unknown> {
  const text = await readText(io, name);
  const changes = parse(text, name);
  if (!Array.isArray(changes)) return changes;
  const folder = name === "-" ? "" : name.replace(/[^/\\]*$/, "");
  return Promise.all(changes.map((change: unknown) => withImage(io, folder, change)));
}

async function withImage(io: CliIo, folder: string, change: unknown): Promise<unknown> {
  if (typeof change !== "object" || change === null || !("image" in change)) return change;
  const { image } = change;
  if (typeof image !== "string" || image.trim() === "" || image.startsWith("data:")) return change;
  const isAbsolute = /^([/\\]|[A-Za-z]:)/.test(image);
  const bytes = await readInput(io, isAbsolute ? image : folder + image);
  // The file says itself what it is: the type in the URL is not looked at.
  return { ...change, image: `data:image/png;base64,${Buffer.from(bytes).toString("base64")}` };
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, "")) as unknown;
  } catch (cause) {
    throw new BadRequestError(`${inputName(name)} is not JSON: ${(cause as Error).message}`, {
      cause,
      hint: 'write [{"kind":"replace","quote":"old words","text":"new words"}]',
    });
  }
}
