import path from "node:path";
import { BadRequestError } from "../../errors.ts";
import { translatableEndings } from "../../tasks/translate/file-units.ts";
import type { CliIo } from "./cli-io.ts";
import { inputName } from "./read-input.ts";

/** A file to translate: what to read, and its name below the folder it was found in. */
export type TranslateFile = { readonly given: string; readonly relative: string };

const translatable = new RegExp(`\\.(${translatableEndings.join("|")})$`, "i");
/** Lock files of Word and copies that an earlier run made. */
const left = /(^|[/\\])~\$/;

/** The files that names of files and folders stand for; of a folder those that can be translated. */
export async function translateFiles(io: CliIo, names: readonly string[]): Promise<TranslateFile[]> {
  const files: TranslateFile[] = [];
  for (const name of names) {
    if ((await io.files.kind(name)) !== "folder") {
      files.push({ given: name, relative: path.basename(inputName(name)) });
      continue;
    }
    const found = (await io.files.walk(name)).filter((each) => translatable.test(each) && !left.test(each));
    if (found.length === 0)
      throw new BadRequestError(`${name} holds no file that can be translated`, {
        hint: `Endings that can be: ${translatableEndings.join(", ")}.`,
      });
    for (const each of found) files.push({ given: each, relative: path.relative(name, each) });
  }
  return files;
}

/** `report.docx` into Portuguese as `report.pt.docx`; the ending is that of the file that comes out. */
export function translatedName(name: string, to: string, ending: string): string {
  const { dir, name: base } = path.parse(name);
  return path.join(dir, `${base}.${to}.${ending}`);
}
