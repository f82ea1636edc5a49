import { BadRequestError } from "../../errors.ts";
import { readGlossaryTable } from "./read-glossary-table.ts";
import { readTbx } from "./read-tbx.ts";
import type { Glossary, ReadGlossaryOptions } from "./types.ts";

/**
 * Reads a glossary for one pair of languages from CSV, TSV or TBX. Throws `BadRequestError` when a table has no columns for
 * the pair, and `FileDamagedError` with the line for what can't be read.
 */
export function readGlossary(input: Uint8Array | string, options: ReadGlossaryOptions): Glossary {
  switch (options.format) {
    case "csv":
    case "tsv":
      return readGlossaryTable(input, { ...options, format: options.format });
    case "tbx":
      return readTbx(input, options);
    default:
      throw new BadRequestError(
        `glossaries of the format ${String(options.format satisfies never)} are not known`,
        {
          hint: "Known are csv, tsv and tbx.",
        },
      );
  }
}
