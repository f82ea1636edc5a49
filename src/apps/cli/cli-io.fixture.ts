import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import type { LanguageModel } from "../../models/index.ts";
import type { CliIo } from "./cli-io.ts";
import { nodeFiles } from "./node-files.ts";

/** A command line's world over a fresh folder, with what it printed. */
export type TestWorld = {
  readonly io: CliIo;
  readonly folder: string;
  readonly out: () => string;
  readonly outBytes: () => Uint8Array;
  readonly err: () => string;
  readonly put: (name: string, content: Uint8Array | string) => Promise<void>;
  readonly get: (name: string) => Promise<Uint8Array>;
  /** Names in the folder, sorted, temporary files included. */
  readonly names: () => Promise<string[]>;
};

export type TestWorldOptions = Partial<
  Pick<CliIo, "isTty" | "env" | "columns" | "signal" | "files" | "now" | "timeZone" | "openModel">
> & {
  readonly stdin?: Uint8Array | string;
  readonly model?: LanguageModel;
};

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((each) => rm(each, { recursive: true, force: true }))));

/** Makes a world, whose folder goes with the test file: no terminal, 80 columns, no model, 1 March 2025, unless told otherwise. */
export async function testWorld(options: TestWorldOptions = {}): Promise<TestWorld> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-cli-"));
  folders.push(folder);
  const out: Uint8Array[] = [];
  let err = "";
  const { stdin, model, ...overrides } = options;
  const io: CliIo = {
    stdin: async () =>
      typeof stdin === "string" ? new TextEncoder().encode(stdin) : (stdin ?? new Uint8Array()),
    input: async function* () {
      yield await io.stdin();
    },
    stdout: (data) => void out.push(typeof data === "string" ? new TextEncoder().encode(data) : data),
    stderr: (text) => {
      err += text;
    },
    isTty: { stdin: false, stdout: false, stderr: false },
    env: {},
    cwd: folder,
    now: () => new Date("2025-03-01T09:00:00Z"),
    timeZone: "UTC",
    columns: 80,
    files: nodeFiles(folder),
    openModel: async () => model,
    signal: new AbortController().signal,
    ...overrides,
  };
  const outBytes = (): Uint8Array => new Uint8Array(Buffer.concat(out));
  return {
    io,
    folder,
    outBytes,
    out: () => new TextDecoder().decode(outBytes()),
    err: () => err,
    put: (name, content) => writeFile(path.join(folder, name), content),
    get: async (name) => new Uint8Array(await readFile(path.join(folder, name))),
    names: async () => (await readdir(folder)).sort(),
  };
}

/** All three streams on a terminal. */
export const onTerminal: CliIo["isTty"] = { stdin: true, stdout: true, stderr: true };
