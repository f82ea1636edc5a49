import { verifyAgainst } from "../../tasks/verify/verify-against.ts";
import type { CliIo } from "./cli-io.ts";
import { printableJson } from "./printable.ts";
import { toolVersion } from "./tool-version.ts";

export type CertificateOptions = {
  readonly original: Uint8Array;
  readonly edited: Uint8Array;
  readonly author: string;
  /** Name of the file that was written; absent when it went to stdout. */
  readonly output: string | undefined;
  /** The file to write it to; true for the name that the output suggests. */
  readonly wanted: string | true;
};

/** Certifies what was done to a file and writes that beside it, as JSON; gives its name. */
export async function writeCertificate(io: CliIo, options: CertificateOptions): Promise<string> {
  const { original, edited, author, output, wanted } = options;
  const certificate = await verifyAgainst(original, edited, {
    date: io.now(),
    version: toolVersion(),
    author,
  });
  const path = wanted === true ? `${output ?? "edited"}.certificate.json` : wanted;
  await io.files.write(path, new TextEncoder().encode(`${printableJson(certificate)}\n`));
  return path;
}
