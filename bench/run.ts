import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { largeDocument } from "./large-document.ts";
import { formatTable } from "./measure.ts";
import { type FilesResult, measureFiles, measureTranscript } from "./measure-files.ts";
import { measurePeers, type PeerResult } from "./measure-peers.ts";

const bytes = largeDocument();
const files = measureFiles(bytes);
const transcript = measureTranscript();
const ratio = files.edit / files.floor;

console.log(
  formatTable([
    ["one edit of a 4 MB document.xml", "ms", "of the floor"],
    ...filesRows(files).map(([name, time]) => [name!, time!.toFixed(1), (time! / files.floor).toFixed(2)]),
  ]),
);
console.log(`\nedit / floor: ${ratio.toFixed(2)} (target 1.5)`);
console.log(`transcript of ${transcript.cues} cues: ${transcript.milliseconds.toFixed(1)} ms\n`);

const peers = await measurePeers(bytes);
console.log(formatTable(peerRows(peers)));
for (const peer of peers) if (peer.kind === "skipped") console.log(`skipped ${peer.name}: ${peer.reason}`);

writeFileSync(join(import.meta.dirname, "results.md"), report(files, peers));

function filesRows(result: FilesResult): [name: string, time: number][] {
  return [
    ["open, one tracked edit, verify, save", result.edit],
    ["floor: inflate, scan, deflate that part", result.floor],
    ["  inflate and decode", result.inflate],
    ["  scan", result.scan],
    ["  encode and deflate", result.deflate],
  ];
}

function peerRows(results: readonly PeerResult[]): string[][] {
  const own = results[0]!;
  const base = own.kind === "measured" ? own : undefined;
  const rows = [["open, one edit, save", "first run", "warm", "peak memory", "file size", "edited"]];
  for (const peer of results) {
    if (peer.kind === "skipped") continue;
    const times = (value: number, of: number | undefined): string => `${(value / (of ?? value)).toFixed(2)}x`;
    rows.push([
      peer.name,
      times(peer.first, base?.first),
      times(peer.warm, base?.warm),
      times(peer.peakBytes, base?.peakBytes),
      times(peer.outputBytes, bytes.length),
      peer.isEdited ? "yes" : "NO",
    ]);
  }
  return rows;
}

function report(result: FilesResult, peerResults: readonly PeerResult[]): string {
  const [head, ...rows] = peerRows(peerResults);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const scanned = result.partBytes / 1e6 / (result.scan / 1000);
  return [
    "# Results of `npm run bench`",
    "",
    "Ratios of one run; times depend on the machine, ratios hardly. The document is made by `large-document.ts`:",
    `about 600 pages, ${(result.partBytes / 1e6).toFixed(1)} MB of \`document.xml\`.`,
    "",
    `**Open, one tracked edit, verify and save, against inflating, scanning and deflating that part alone: ${(result.edit / result.floor).toFixed(2)}** (target 1.5).`,
    "",
    line(["part of the floor", "share"]),
    line(["---", "---:"]),
    ...filesRows(result)
      .slice(2)
      .map(([name, time]) => line([name.trim(), `${((100 * time) / result.floor).toFixed(0)} %`])),
    "",
    "The same edit by other libraries, each in a process of its own; Tandem is 1. Tandem's edit is a tracked change and",
    "is verified before it is written, the others put plain text. File size is against the input.",
    "",
    line(head!),
    line(["---", ...head!.slice(1).map(() => "---:")]),
    ...rows.map(line),
    "",
    ...peerResults.flatMap((peer) =>
      peer.kind === "skipped" ? [`Skipped: ${peer.name}: ${peer.reason}`, ""] : [],
    ),
    `On the machine of this run: scanning ${scanned.toFixed(0)} MB/s, a transcript of ${transcript.cues} cues in ${transcript.milliseconds.toFixed(0)} ms.`,
    "",
  ].join("\n");
}
