// The demo: a real call becomes minutes, a real proposal comes back with edits that can be refused.
// It runs the same commands that a person would type, and then checks the result without using the editor's own check.
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { CliIo } from "../src/apps/cli/cli-io.ts";
import { comparePackages } from "../src/apps/cli/compare-packages.ts";
import { runCli } from "../src/apps/cli/main.ts";
import { modelOpener } from "../src/apps/cli/open-model.ts";
import { flushOutput, interruptSignal, processIo } from "../src/apps/cli/process-io.ts";
import { renderRedline, trackedRedline } from "../src/apps/cli/redline.ts";
import { openTerminal } from "../src/apps/cli/terminal.ts";
import { readModelConfigs } from "../src/apps/model-config.ts";
import { resolveModel } from "../src/apps/model-settings.ts";
import { openFile, paragraphText, settleChanges } from "../src/files/index.ts";
import { defaultCacheFolder } from "../src/models/llama/index.ts";
import { checkProposalFigures } from "./check-proposal.ts";
import { playLiveCall } from "./play-live-call.ts";
import { playRoundTrip } from "./round-trip.ts";
import { translateProposal } from "./translate-proposal.ts";
import { writeBrief } from "./write-brief.ts";

const started = performance.now();
process.chdir(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const signal = interruptSignal();
const io = processIo(signal, modelOpener(process.env, process.cwd()));
const out = (name: string): string => `demo/out/${name}`;

function say(text = ""): void {
  io.stderr(`${text}\n`);
}

/** Runs one command as a person would and shows it; with `saveAs` what it prints goes to that file. */
async function tandem(args: readonly string[], saveAs?: string): Promise<number> {
  const shown = args.map((arg) => (/[\s"]/.test(arg) ? JSON.stringify(arg) : arg)).join(" ");
  say(`\n$ tandem ${shown}${saveAs === undefined ? "" : ` > ${saveAs}`}`);
  const chunks: Uint8Array[] = [];
  const stdout: CliIo["stdout"] = (data) =>
    void chunks.push(typeof data === "string" ? new TextEncoder().encode(data) : data);
  const code = await runCli(args, saveAs === undefined ? io : { ...io, stdout });
  if (saveAs !== undefined && chunks.length > 0) await writeFile(saveAs, Buffer.concat(chunks));
  if (code !== 0) say(`(exit code ${code})`);
  return code;
}

/** Finds or fetches a model, once, so that the commands below only open it. */
async function prepareModel(): Promise<boolean> {
  say("Looking for a language model …");
  let shown = -1;
  const { model, reason } = await resolveModel({
    env: process.env,
    configs: await readModelConfigs(process.cwd(), process.env),
    cacheFolder: defaultCacheFolder(process.env, process.platform, os.homedir()),
    allowDownload: true,
    signal,
    onProgress: ({ doneBytes, totalBytes }) => {
      const tenth = totalBytes === 0 ? -1 : Math.floor((doneBytes / totalBytes) * 10);
      if (tenth > shown) say(`  ${tenth * 10} % of ${Math.round(totalBytes / 1e6)} MB`);
      shown = Math.max(shown, tenth);
    },
  });
  say(reason);
  await model?.[Symbol.asyncDispose]();
  return model !== undefined;
}

async function makeMinutes(): Promise<void> {
  say("\n1. A call of 39 turns becomes minutes, with an invitation to the next meeting");
  const args = ["minutes", "demo/call.txt", "--time-zone", "Europe/Stockholm"];
  const code = await tandem(
    [...args, "-o", out("minutes.docx"), "--ics", out("next-meeting.ics"), "--json"],
    out("minutes.json"),
  );
  if (code !== 0) throw new Error("the minutes were not made");
  const { minutes } = JSON.parse(await readFile(out("minutes.json"), "utf8")) as { minutes: MinutesReport };
  const { decisions, actions, openQuestions, nextMeeting, checks, notes } = minutes;
  say(
    `  made     ${decisions.length} decisions, ${actions.length} actions, ${openQuestions.length} open questions, next meeting ${nextMeeting?.start ?? "not certain"}`,
  );
  say(
    `  checked  each of the ${checks.itemsKept} items has a quote that stands in the call word for word; ${checks.candidates - checks.itemsKept} candidates dropped`,
  );
  for (const note of notes) say(`  note     ${note}`);
}

type MinutesReport = {
  readonly decisions: readonly unknown[];
  readonly actions: readonly unknown[];
  readonly openQuestions: readonly unknown[];
  readonly nextMeeting?: { readonly start?: string };
  readonly checks: { readonly itemsKept: number; readonly candidates: number };
  readonly notes: readonly string[];
};

async function shortenProposal(hasModel: boolean): Promise<void> {
  say("\n2. One section of a proposal is shortened, as tracked changes that can be refused");
  const wanted = ["edit", "demo/proposal.docx"];
  const byModel =
    hasModel && (await tandem([...wanted, "shorten section 4", "-o", out("proposal.docx")])) === 0;
  if (byModel) return;
  say(
    "Without a model an instruction in words can't be followed; these are changes that a person wrote down:",
  );
  const code = await tandem([...wanted, "--changes", "demo/changes.json", "-o", out("proposal.docx")]);
  if (code !== 0) throw new Error("the proposal was not edited");
}

async function checkProposal(): Promise<boolean> {
  const original = new Uint8Array(await readFile("demo/proposal.docx"));
  const bytes = new Uint8Array(await readFile(out("proposal.docx")));
  const before = openFile(original);
  const edited = openFile(bytes);
  const toStderr: CliIo = {
    ...io,
    stdout: (data) => io.stderr(String(data)),
    isTty: { ...io.isTty, stdout: io.isTty.stderr },
  };
  const terminal = openTerminal(toStderr);
  say(`\n${renderRedline(trackedRedline(before, edited, { author: "Tandem" }), terminal)}`);
  const text = (document: typeof before): string =>
    document.paragraphs
      .filter((each) => each.story.kind !== "comment")
      .map((each) => paragraphText(each))
      .join("\n");
  const rejected = openFile(settleChanges(edited, { action: "reject" }));
  const touched = comparePackages(original, bytes);
  const isRestored = text(rejected) === text(before);
  say(`\n  checked  refusing every change gives back the original text: ${isRestored ? "yes" : "NO"}`);
  say(
    `  checked  ${before.package.entries.size - touched.filter((each) => each.difference === "changed").length} of ${before.package.entries.size} parts of the file are the same to the byte; changed: ${touched.map((each) => each.name).join(", ")}`,
  );
  return isRestored;
}

async function askWorkbook(): Promise<boolean> {
  say("\n4. Two questions about a workbook are answered by queries over its cells, without a language model");
  const orders = "demo/orders.xlsx";
  const codes = [
    await tandem(["ask", orders, "which region had the highest amount?"]),
    await tandem([
      ...["ask", orders, "total amount by month"],
      ...["-o", out("orders-answered.xlsx"), "--chart", out("months.png")],
    ]),
  ];
  const isAnswered = codes.every((code) => code === 0);
  say(`  checked  both were answered: ${isAnswered ? "yes" : "NO"}`);
  return isAnswered;
}

async function listFiles(): Promise<void> {
  say("\nThe files, to open in Word or LibreOffice:");
  for (const name of [
    "minutes.docx",
    "next-meeting.ics",
    "minutes.json",
    "proposal.docx",
    "proposal-returned.docx",
    "orders-answered.xlsx",
    "months.png",
    "brief-outline.md",
    "brief.docx",
    "proposal-checked.docx",
    "findings.docx",
    "proposal.pt.docx",
  ]) {
    const size = await stat(out(name)).then(
      (found) => `${Math.ceil(found.size / 1024)} KB`,
      () => "not made",
    );
    say(`  ${path.resolve(out(name))}  ${size}`);
  }
}

await rm("demo/out", { recursive: true, force: true });
await mkdir("demo/out", { recursive: true });
const hasModel = await prepareModel();
await makeMinutes();
await shortenProposal(hasModel);
const isGood = await checkProposal();
const isRead = await playRoundTrip(tandem, say);
const isAnswered = await askWorkbook();
const isWritten = await writeBrief(tandem, say);
const isChecked = await checkProposalFigures(tandem, say);
const isTranslated = await translateProposal(tandem, say);
const isPlayed = await playLiveCall({ tandem, say, io, terminal: openTerminal(io, {}) });
await listFiles();
say(
  `\nDone in ${Math.round((performance.now() - started) / 1000)} s. Next: npx tandem doctor YOUR-FILES, or npx tandem --help`,
);
await flushOutput();
process.exit(isGood && isRead && isAnswered && isWritten && isChecked && isTranslated && isPlayed ? 0 : 1);
