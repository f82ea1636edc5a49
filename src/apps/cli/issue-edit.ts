import { BadRequestError } from "../../errors.ts";
import { type IssuedChange, issue, type Ledger } from "../../feedback/index.ts";
import type { ApplyOutcome } from "../../tasks/edit/apply-quoted-changes.ts";
import type { CliIo } from "./cli-io.ts";

/** The options of `tandem edit` that are about the ledger. */
export type LedgerOptions = {
  /** The file to write it to; true for the name that the output suggests. */
  readonly ledger?: string | true;
  readonly embedLedger?: boolean;
  readonly direct?: boolean;
  readonly dryRun?: boolean;
  readonly output?: string;
};

type IssueEditOptions = LedgerOptions & {
  /** The file before the changes. */
  readonly original: Uint8Array;
};

/** Throws `BadRequestError` where there would be nothing to put into a ledger, or no name for it. */
export function refuseLedger({ ledger, embedLedger, direct, dryRun, output }: LedgerOptions): void {
  if (ledger === undefined && !embedLedger) return;
  if (direct || dryRun) {
    throw new BadRequestError("a ledger says what was suggested, and this writes no suggestions", {
      hint: "leave out --ledger and --embed-ledger, or --direct and --dry-run",
    });
  }
  if (ledger === true && output === "-")
    throw new BadRequestError("the ledger has no name when the file goes to stdout", {
      hint: "write --ledger NAME.json",
    });
}

/** The edited file with its ledger, in it where asked for; undefined when no ledger is wanted. */
export async function issueEdit(
  output: ApplyOutcome,
  { ledger, embedLedger = false, original }: IssueEditOptions,
): Promise<{ bytes: Uint8Array; ledger: Ledger } | undefined> {
  if ((ledger === undefined && !embedLedger) || output.bytes === undefined) return undefined;
  const applied = output.results.flatMap((result): IssuedChange[] => {
    if (result.status !== "applied") return [];
    const { id, kind, date, before, after } = result;
    return [{ id, kind, date, before, after }];
  });
  return issue({ original, issued: output.bytes, applied, embed: embedLedger });
}

/** Writes the ledger beside the file it is about; gives its name. */
export async function writeLedger(
  io: CliIo,
  ledger: Ledger,
  output: string | undefined,
  wanted: string | true,
): Promise<string> {
  const path = wanted === true ? `${output ?? "suggestions"}.ledger.json` : wanted;
  await io.files.write(path, new TextEncoder().encode(`${JSON.stringify(ledger, null, 1)}\n`));
  return path;
}
