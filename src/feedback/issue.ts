import { addCustomXml, customXmlParts, openFile, type WordDocument } from "../files/index.ts";
import { sha256 } from "../tasks/sha256.ts";
import { type IssueLedgerOptions, issueLedger } from "./ledger.ts";
import type { Ledger } from "./ledger-types.ts";
import { readLedger } from "./read-ledger.ts";

/** Namespace of the part that carries a ledger inside a Word file. */
export const ledgerNamespace = "urn:tandem:ledger:1";

export type IssueOptions = IssueLedgerOptions & {
  /**
   * Puts the ledger into the file too, as a custom XML part, so that a returned copy can be read without anything
   * else. Refusing every suggestion leaves that part in the file. Defaults to true.
   */
  readonly embed?: boolean;
};

/** The file to give out and its ledger. All parts but the new one, the relationships and the content types stay. */
export async function issue(options: IssueOptions): Promise<{ bytes: Uint8Array; ledger: Ledger }> {
  const ledger = await issueLedger(options);
  if (options.embed === false) return { bytes: options.issued, ledger };
  const bytes = embedLedger(options.issued, ledger);
  return { bytes, ledger: { ...ledger, issued: { sha256: await sha256(bytes) } } };
}

/** The file with the ledger in it. A file can carry several: one for each time it was edited. */
export function embedLedger(bytes: Uint8Array, ledger: Ledger): Uint8Array {
  // A file can't hold its own hash.
  const text = JSON.stringify({ ...ledger, issued: {} }).replace(
    /[\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16)}`,
  );
  const { sha256: hash = ledger.original.sha256 } = ledger.issued;
  return addCustomXml(openFile(bytes), {
    namespace: ledgerNamespace,
    name: "ledger",
    text,
    itemId: itemId(hash),
  });
}

/** The ledgers in a file, oldest first; a part that some program has damaged throws `BadRequestError`. */
export function findLedgers(document: WordDocument): Ledger[] {
  return customXmlParts(document, ledgerNamespace).map(({ text }) => readLedger(text));
}

function itemId(hash: string): string {
  const digits = hash.toUpperCase().padEnd(32, "0");
  const groups = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20)];
  return `{${groups.join("-")}-${digits.slice(20, 32)}}`;
}
