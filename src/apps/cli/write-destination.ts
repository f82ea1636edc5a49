import path from "node:path";
import { BadRequestError } from "../../errors.ts";
import type { CliIo } from "./cli-io.ts";
import { chooseDestination, type Destination, namedFile } from "./output-file.ts";
import type { WriteOptions } from "./write-command.ts";
import { inputNames } from "./write-input.ts";

/** Where the document or the outline goes. `after-title`: its name is known when its title is; `none`: JSON has it all. */
export type WriteDestination = Destination | { readonly kind: "after-title" } | { readonly kind: "none" };

/**
 * Decides it before any work is done. Throws `BadRequestError` for a name that is a file which is read, for one that is
 * no Word document's, and for an outline that would replace one a person may have edited.
 */
export async function writeDestination(io: CliIo, options: WriteOptions): Promise<WriteDestination> {
  const { output, outline, into, json } = options;
  const asked = outline ?? output;
  if (asked !== undefined && asked !== "-") {
    await refuseInputs(io, asked, options);
    // Said before an hour's writing, not behind it.
    if ((await io.files.kind(path.dirname(asked))) !== "folder")
      throw new BadRequestError(`there is no folder ${path.dirname(asked)} for ${path.basename(asked)}`, {
        hint: "make it first, or name another place",
      });
  }
  if (outline !== undefined) return outlineDestination(io, options);
  const common = { ...(json !== undefined && { json }) };
  if (into !== undefined)
    return chooseDestination(io, { input: into, ...(output !== undefined && { output }), ...common });
  if (output === undefined) return { kind: "after-title" };
  if (output === "-") return chooseDestination(io, { input: "-", output, ...common });
  if (path.extname(output).toLowerCase() !== ".docx")
    throw new BadRequestError(`${output} would not be a Word document`, { hint: "end its name in .docx" });
  return namedFile(io, output);
}

async function refuseInputs(io: CliIo, wanted: string, options: WriteOptions): Promise<void> {
  for (const name of inputNames(options))
    if (name !== "-" && (await io.files.isSame(name, wanted)))
      throw new BadRequestError(`${wanted} is a file that is read, and it is not overwritten`, {
        hint: "name another file",
      });
}

async function outlineDestination(io: CliIo, options: WriteOptions): Promise<WriteDestination> {
  const { output, outline = "-", json = false } = options;
  if (output !== undefined)
    throw new BadRequestError("--outline writes the outline alone", { hint: "leave out -o" });
  if (outline === "-") return json ? { kind: "none" } : { kind: "stdout" };
  if (/\.(docx|dotx|docm)$/i.test(outline))
    throw new BadRequestError(`the outline is a text file, and ${outline} would not be one`, {
      hint: "name it plan.md",
    });
  if ((await io.files.kind(outline)) === "file")
    throw new BadRequestError(`${outline} is there already, perhaps with somebody's changes in it`, {
      hint: `write after it with --from-outline ${outline}, or name another file`,
    });
  return namedFile(io, outline);
}

/** A title as the name of a file, without what file systems refuse. */
export function titleAsFileName(title: string): string {
  const plain = title
    .normalize("NFC")
    .replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, 80)
    .replace(/^[\s.-]+|[\s.]+$/gu, "");
  // Names of devices, which Windows does not let be files.
  return plain === "" || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? "document" : plain;
}
