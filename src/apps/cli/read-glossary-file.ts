import path from "node:path";
import { BadRequestError } from "../../errors.ts";
import { type Glossary, readGlossary } from "../../files/index.ts";
import type { CliIo } from "./cli-io.ts";
import { readInput } from "./read-input.ts";

const formats = { ".csv": "csv", ".tsv": "tsv", ".tbx": "tbx", ".xml": "tbx" } as const;

/** Reads a glossary by its file's ending. */
export async function readGlossaryFile(
  io: CliIo,
  name: string,
  { from, to }: { readonly from: string | undefined; readonly to: string },
): Promise<Glossary> {
  const ending = path.extname(name).toLowerCase();
  if (!Object.hasOwn(formats, ending))
    throw new BadRequestError(`${name} is no glossary`, { hint: "Give a .csv, .tsv or .tbx file." });
  const format = formats[ending as keyof typeof formats];
  return readGlossary(await readInput(io, name), { format, source: from ?? "en", target: to });
}
