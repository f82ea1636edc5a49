import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { openFile, paragraphText } from "../src/files/index.ts";
import type { SentenceEdit } from "./large-document.ts";
import { median } from "./measure.ts";

const run = promisify(execFile);
const peersFolder = join(import.meta.dirname, "peers");

/** The longest a library may take for its runs, in milliseconds. */
const limit = 60_000;

type Peer = {
  readonly name: string;
  readonly script: string;
  /** What it needs from npm or PyPI, installed into a temporary folder; none for ourselves. */
  readonly npm?: readonly string[];
  readonly pip?: string;
  /** Set when it can make only one edit at a time. */
  readonly isForOne?: true;
};

const peers: readonly Peer[] = [
  { name: "Tandem (tracked, verified)", script: "tandem.js" },
  { name: "python-docx (plain)", script: "python_docx.py", pip: "python-docx" },
  { name: "docx patchDocument (plain)", script: "docx-patch.js", npm: ["docx"], isForOne: true },
  {
    name: "DOM round trip: jszip, xmldom (plain)",
    script: "dom-round-trip.js",
    npm: ["jszip", "@xmldom/xmldom"],
  },
];

export type PeerResult =
  | {
      readonly name: string;
      readonly kind: "measured";
      /** Milliseconds of a process that does the job once, from its start to its end; the fastest of three. */
      readonly process: number;
      /** Milliseconds of the first run in a fresh process, and the median of those after it. */
      readonly first: number;
      readonly warm: number;
      readonly peakBytes: number;
      readonly outputBytes: number;
      /** Whether every new sentence is there, read back by Tandem. */
      readonly isEdited: boolean;
    }
  | { readonly name: string; readonly kind: "skipped"; readonly reason: string };

/** The same edits by each library in a process of its own; libraries that can't be installed are skipped. */
export async function measurePeers(bytes: Uint8Array, edits: readonly SentenceEdit[]): Promise<PeerResult[]> {
  const work = mkdtempSync(join(tmpdir(), "tandem-bench-"));
  try {
    writeFileSync(join(work, "input.docx"), bytes);
    writeFileSync(join(work, "edits.json"), JSON.stringify(edits));
    writeFileSync(join(work, "package.json"), '{"private":true,"type":"module"}');
    cpSync(peersFolder, work, { recursive: true });
    const results: PeerResult[] = [];
    for (const peer of peers) {
      if (edits.length === 1 || !peer.isForOne) results.push(await measurePeer(peer, work, edits));
    }
    return results;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function measurePeer(peer: Peer, work: string, edits: readonly SentenceEdit[]): Promise<PeerResult> {
  try {
    await install(peer, work);
    const output = join(work, `${peer.script}.docx`);
    // Time and memory of a process that does the job once; the fastest of three, whatever else the machine does.
    const processes: number[] = [];
    let peakBytes = 0;
    for (let run = 0; run < 3; run++) {
      const start = performance.now();
      const once = await runPeer(peer, work, output, 1);
      processes.push(performance.now() - start);
      peakBytes = Math.max(peakBytes, once.peakBytes);
    }
    const often = await runPeer(peer, work, output, 6);
    const made = new Uint8Array(readFileSync(output));
    const texts = new Set(openFile(made).paragraphs.map((each) => paragraphText(each)));
    const isEdited = edits.every(({ after }) => texts.has(after));
    const [first, ...later] = often.milliseconds;
    return {
      name: peer.name,
      kind: "measured",
      process: Math.min(...processes),
      first: first!,
      warm: median(later),
      peakBytes,
      outputBytes: made.length,
      isEdited,
    };
  } catch (error) {
    return { name: peer.name, kind: "skipped", reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if ((error as { killed?: boolean }).killed) return `not done after ${limit / 1000} s`;
  const { stderr, message } = error as { stderr?: string; message: string };
  const lines = (stderr ?? message).trim().split("\n");
  return (lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "").slice(0, 160);
}

async function install(peer: Peer, work: string): Promise<void> {
  const shell = process.platform === "win32";
  if (peer.npm !== undefined) {
    await run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...peer.npm], {
      cwd: work,
      shell,
      timeout: 120_000,
    });
  }
  if (peer.pip !== undefined) {
    const flags = ["--quiet", "--disable-pip-version-check", "--target", join(work, "python")];
    await run("python3", ["-m", "pip", "install", ...flags, peer.pip], { cwd: work, timeout: 120_000 });
  }
}

async function runPeer(
  peer: Peer,
  work: string,
  output: string,
  runs: number,
): Promise<{ milliseconds: number[]; peakBytes: number }> {
  const isPython = peer.script.endsWith(".py");
  // Ours is run where it is: its source is beside it.
  const script = join(peer.npm === undefined && !isPython ? peersFolder : work, peer.script);
  const { stdout } = await run(
    isPython ? "python3" : process.execPath,
    [script, join(work, "input.docx"), output, String(runs), join(work, "edits.json")],
    {
      cwd: work,
      timeout: limit,
      env: { ...process.env, PYTHONPATH: join(work, "python") },
    },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1)!) as { milliseconds: number[]; peakBytes: number };
}
