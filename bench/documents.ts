import { availableParallelism } from "node:os";
import { largeDocument, sentenceEdits } from "./large-document.ts";
import { formatTable, markdownTable } from "./measure.ts";
import { type FilesResult, measureFiles, measureTranscript } from "./measure-files.ts";
import { measurePeers, type PeerResult } from "./measure-peers.ts";

const one = { edits: sentenceEdits(), size: 4 * 1024 * 1024, pages: 320 };
const many = { edits: sentenceEdits(200), size: 6.5 * 1024 * 1024, pages: 520 };
/** What the many edits may take in a process of their own, on two processors. */
const budget = { milliseconds: 2000, bytes: 500e6 };

type Measured = {
  readonly files: FilesResult;
  readonly transcript: ReturnType<typeof measureTranscript>;
  readonly peers: readonly PeerResult[];
  readonly manyPeers: readonly PeerResult[];
};

/** Editing a large Word document, beside its floor and other libraries; prints as it goes, returns lines of Markdown. */
export async function benchDocuments(): Promise<string[]> {
  const bytes = largeDocument(one.size, one.edits);
  const files = measureFiles(bytes);
  const transcript = measureTranscript();
  console.log(
    formatTable([
      ["one edit of a 4 MB document.xml", "ms", "of the floor"],
      ...filesRows(files).map(([name, time]) => [name!, time!.toFixed(1), (time! / files.floor).toFixed(2)]),
    ]),
  );
  console.log(`\nedit / floor: ${(files.edit / files.floor).toFixed(2)} (target 1.5)`);
  console.log(`transcript of ${transcript.cues} cues: ${transcript.milliseconds.toFixed(1)} ms\n`);
  const peers = await measurePeers(bytes, one.edits);
  console.log(peerTable("open, one edit, save", peers, bytes));
  const manyBytes = largeDocument(many.size, many.edits);
  const manyPeers = await measurePeers(manyBytes, many.edits);
  console.log(`\n${peerTable(`open, ${many.edits.length} edits, save`, manyPeers, manyBytes)}`);
  console.log(`\n${budgetLine(manyPeers)}`);
  return report({ files, transcript, peers, manyPeers }, bytes, manyBytes);
}

function filesRows(result: FilesResult): [name: string, time: number][] {
  return [
    ["open, one tracked edit, verify, save", result.edit],
    ["floor: inflate, scan, deflate that part", result.floor],
    ["  inflate and decode", result.inflate],
    ["  scan", result.scan],
    ["  encode and deflate", result.deflate],
  ];
}

function peerTable(job: string, results: readonly PeerResult[], input: Uint8Array): string {
  return [formatTable(peerRows(job, results, input)), ...skippedLines(results)].join("\n");
}

function peerRows(job: string, results: readonly PeerResult[], input: Uint8Array): string[][] {
  const own = results[0]!;
  const base = own.kind === "measured" ? own : undefined;
  const rows = [[job, "process", "first run", "warm", "peak memory", "file size", "edited"]];
  for (const peer of results) {
    if (peer.kind === "skipped") continue;
    const times = (value: number, of: number | undefined): string => `${(value / (of ?? value)).toFixed(2)}x`;
    rows.push([
      peer.name,
      times(peer.process, base?.process),
      times(peer.first, base?.first),
      times(peer.warm, base?.warm),
      times(peer.peakBytes, base?.peakBytes),
      times(peer.outputBytes, input.length),
      peer.isEdited ? "yes" : "NO",
    ]);
  }
  return rows;
}

function skippedLines(results: readonly PeerResult[]): string[] {
  return results.flatMap((peer) =>
    peer.kind === "skipped" ? [`Skipped: ${peer.name}: ${peer.reason}`] : [],
  );
}

function budgetLine(results: readonly PeerResult[]): string {
  const own = results[0]!;
  if (own.kind === "skipped") return `Tandem failed: ${own.reason}`;
  const isKept = own.process < budget.milliseconds && own.peakBytes < budget.bytes;
  const took = `${(own.process / 1000).toFixed(2)} s and ${(own.peakBytes / 1e6).toFixed(0)} MB`;
  const most = `${budget.milliseconds / 1000} s and ${budget.bytes / 1e6} MB`;
  return `${many.edits.length} edits in about ${many.pages} pages: ${took} for the whole process on ${availableParallelism()} processors; the budget of ${most} is ${isKept ? "kept" : "BROKEN"}`;
}

function report(
  { files, transcript, peers, manyPeers }: Measured,
  bytes: Uint8Array,
  manyBytes: Uint8Array,
): string[] {
  const scanned = files.partBytes / 1e6 / (files.scan / 1000);
  return [
    "The document is made by `large-document.ts`:",
    `about ${one.pages} pages as LibreOffice lays it out, ${(files.partBytes / 1e6).toFixed(1)} MB of \`document.xml\`.`,
    "",
    `**Open, one tracked edit, verify and save, against inflating, scanning and deflating that part alone: ${(files.edit / files.floor).toFixed(2)}** (target 1.5).`,
    "",
    ...markdownTable([
      ["part of the floor", "share"],
      ...filesRows(files)
        .slice(2)
        .map(([name, time]) => [name.trim(), `${((100 * time) / files.floor).toFixed(0)} %`]),
    ]),
    "",
    "The same edit by other libraries, each in a process of its own; Tandem is 1. Tandem's edit is a tracked change and",
    'is verified before it is written, the others put plain text. "Process" is from its start to its end with one run,',
    '"first run" the job in it, "warm" the job again. File size is against the input.',
    "",
    ...markdownTable(peerRows("open, one edit, save", peers, bytes)),
    "",
    ...skippedLines(peers).flatMap((line) => [line, ""]),
    `And ${many.edits.length} edits in one go, in about ${many.pages} pages:`,
    "",
    ...markdownTable(peerRows(`open, ${many.edits.length} edits, save`, manyPeers, manyBytes)),
    "",
    ...skippedLines(manyPeers).flatMap((line) => [line, ""]),
    `On the machine of this run: ${budgetLine(manyPeers)};`,
    `scanning ${scanned.toFixed(0)} MB/s, a transcript of ${transcript.cues} cues in ${transcript.milliseconds.toFixed(0)} ms.`,
  ];
}
