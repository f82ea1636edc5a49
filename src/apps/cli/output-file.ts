import path from "node:path";
import { BadRequestError, TandemError } from "../../errors.ts";
import type { CliIo } from "./cli-io.ts";

/** Where a command's result goes. `numbered`: the first free name from `path` on. */
export type Destination =
  | { readonly kind: "stdout" }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "numbered"; readonly path: string }
  | { readonly kind: "in-place"; readonly path: string };

export type DestinationOptions = {
  /** The file that was read; `-` for stdin. */
  readonly input: string;
  readonly output?: string;
  readonly inPlace?: boolean;
  readonly json?: boolean;
  /** What the name gets before its ending where none is given. Defaults to "tandem". */
  readonly infix?: string;
};

const MOST_NUMBERS = 10_000;

/**
 * Decides where a changed copy of `input` goes, before any work is done.
 * Throws `BadRequestError` when that would overwrite the input, change its format or mix two kinds of output.
 */
export async function chooseDestination(io: CliIo, options: DestinationOptions): Promise<Destination> {
  const { input, output, inPlace, infix = "tandem" } = options;
  if (inPlace) return inPlaceOf(options);
  if (output === "-" || (output === undefined && input === "-")) return toStdout(io, options);
  if (output === undefined) return { kind: "numbered", path: withInfix(input, infix) };
  if (input !== "-") {
    if (await io.files.isSame(input, output)) {
      throw new BadRequestError(`${output} is the file that was read, and it is not overwritten`, {
        hint: "name another file with -o, or ask for it with --in-place (which keeps a backup)",
      });
    }
    const [from, to] = [path.extname(input).toLowerCase(), path.extname(output).toLowerCase()];
    if (from !== "" && to !== from) {
      throw new BadRequestError(
        `${input} stays a ${from} file and cannot become ${to === "" ? "one without an ending" : to}`,
        {
          hint: `end the output's name in ${from}`,
        },
      );
    }
  }
  return namedFile(io, output);
}

/** A file the person named; a folder is refused. */
export async function namedFile(io: CliIo, output: string): Promise<Destination> {
  if ((await io.files.kind(output)) === "folder") {
    throw new BadRequestError(`${output} is a folder`, { hint: "name a file in it" });
  }
  return { kind: "file", path: output };
}

function inPlaceOf({ input, output }: DestinationOptions): Destination {
  if (output !== undefined) {
    throw new BadRequestError("--in-place and -o say two different things", {
      hint: "leave one of them out",
    });
  }
  if (input === "-") {
    throw new BadRequestError("--in-place needs a file, and the input is stdin", { hint: "use -o NAME" });
  }
  return { kind: "in-place", path: input };
}

function toStdout(io: CliIo, { json }: DestinationOptions): Destination {
  if (json) {
    throw new BadRequestError("the file and the --json report cannot both go to stdout", {
      hint: "name the file with -o NAME, or leave out --json",
    });
  }
  if (io.isTty.stdout) {
    throw new BadRequestError("the result is a file that a terminal cannot show", {
      hint: "name it with -o NAME, or send it on with | or >",
    });
  }
  return { kind: "stdout" };
}

/** What was written where; `path` is absent for stdout, `ledger` and `certificate` where none was asked for. */
export type Written = {
  readonly path?: string;
  readonly backup?: string;
  readonly ledger?: string;
  readonly certificate?: string;
};

/** Writes the result to its destination. `original` is what `--in-place` keeps as a backup. */
export async function writeResult(
  io: CliIo,
  destination: Destination,
  bytes: Uint8Array,
  original: Uint8Array,
): Promise<Written> {
  // Ctrl+C before this line leaves everything as it was; after it the file is whole.
  io.signal.throwIfAborted();
  switch (destination.kind) {
    case "stdout":
      io.stdout(bytes);
      return {};
    case "file":
      await io.files.write(destination.path, bytes);
      return { path: destination.path };
    case "numbered":
      return { path: await writeNumbered(io, destination.path, bytes) };
    case "in-place": {
      const backup = await writeNumbered(io, withInfix(destination.path, "bak"), original);
      await io.files.write(destination.path, bytes);
      return { path: destination.path, backup };
    }
    default:
      return destination satisfies never;
  }
}

/** Writes to the first name that is free: `a.tandem.docx`, `a.tandem-2.docx`, …; the name it took. */
async function writeNumbered(io: CliIo, first: string, bytes: Uint8Array): Promise<string> {
  const { dir, name, ext } = path.parse(first);
  for (let number = 1; number <= MOST_NUMBERS; number++) {
    const candidate = number === 1 ? first : path.join(dir, `${name}-${number}${ext}`);
    if (await io.files.writeNew(candidate, bytes)) return candidate;
  }
  throw new TandemError("bad-request", `every name from ${first} on is taken`, {
    hint: "name the output with -o",
  });
}

/** `folder/a.docx` with `tandem` is `folder/a.tandem.docx`; a name that has the infix already keeps one. */
function withInfix(file: string, infix: string): string {
  const { dir, name, ext } = path.parse(file);
  const base = name.replace(new RegExp(`\\.${infix}(-\\d+)?$`), "");
  return path.join(dir, `${base}.${infix}${ext}`);
}
