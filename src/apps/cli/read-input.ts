import { BadRequestError } from "../../errors.ts";
import type { CliIo } from "./cli-io.ts";

/** The bytes of a file, or of stdin for `-`. Throws `BadRequestError` for a folder or an empty terminal. */
export async function readInput(io: CliIo, name: string): Promise<Uint8Array> {
  if (name === "-") {
    if (io.isTty.stdin) {
      throw new BadRequestError("stdin is a terminal, so there is no file to read from it", {
        hint: "give a file's name, or send one in with < or |",
      });
    }
    return io.stdin();
  }
  const kind = await io.files.kind(name);
  if (kind === "missing")
    throw new BadRequestError(`there is no file ${name}`, { hint: "check the name and the folder" });
  if (kind === "folder") throw new BadRequestError(`${name} is a folder, not a file`);
  return io.files.read(name);
}

/** A text file in UTF-8, with or without a byte order mark. Throws `BadRequestError` for anything else. */
export async function readText(io: CliIo, name: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readInput(io, name));
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new BadRequestError(`${name} is not text in UTF-8`, { cause, hint: "save it as UTF-8" });
  }
}

/** How a file is called in messages. */
export function inputName(name: string): string {
  return name === "-" ? "stdin" : name;
}
