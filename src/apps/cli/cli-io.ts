import type { LanguageModel } from "../../models/index.ts";

/** The files a command may touch. Paths are as the person wrote them; the implementation resolves them. */
export type CliFiles = {
  readonly read: (path: string) => Promise<Uint8Array>;
  /** Whole or not at all: the old file stays until the new one is complete. */
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Writes only when nothing is there yet; false when something is. */
  readonly writeNew: (path: string, bytes: Uint8Array) => Promise<boolean>;
  readonly kind: (path: string) => Promise<"file" | "folder" | "missing">;
  /** True when both paths lead to the same file, through links as well. */
  readonly isSame: (path: string, other: string) => Promise<boolean>;
  /** Makes a folder that only this person may read, and those around it that are missing. */
  readonly makeFolder: (path: string) => Promise<void>;
  /** Removes one file; nothing happens when it is not there. */
  readonly remove: (path: string) => Promise<void>;
  /** Every file below a folder, sorted, hidden folders and `node_modules` left out. */
  readonly walk: (folder: string) => Promise<readonly string[]>;
};

/** How a command opens the model that `--model` or the settings name; undefined when none is to be had. */
export type OpenModel = (
  spec: string | undefined,
  options: { readonly signal: AbortSignal; readonly note: (text: string) => void },
) => Promise<LanguageModel | undefined>;

/** Everything a command reaches for outside itself, so that a test can hand it another world. */
export type CliIo = {
  readonly stdin: () => Promise<Uint8Array>;
  /** Stdin as it comes, for commands that go on while somebody types. */
  readonly input: () => AsyncIterable<Uint8Array>;
  readonly stdout: (data: string | Uint8Array) => void;
  readonly stderr: (text: string) => void;
  readonly isTty: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => Date;
  /** IANA name. */
  readonly timeZone: string;
  /** Width of the terminal in columns. */
  readonly columns: number;
  readonly files: CliFiles;
  readonly openModel: OpenModel;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
};
