import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { estimateTokens } from "../src/models/estimate-tokens.ts";
import { honestModel } from "../test/corpus/write-models.ts";
import { readWritten } from "../test/corpus/write-own-reading.ts";

// `node bench/long-writing.ts`: a document of 60 pages from sources of 200, by the command line; with no model and with
// a scripted one of 2,048 tokens behind an HTTP server; undisturbed, killed in the middle and gone on, stopped by Ctrl-C.

const pages = 60;
const wordsAPage = 450;
const sourcePages = 200;
const contextTokens = 2_048;
/** Part of an undisturbed run after which another one is stopped: sections are being written then. */
const stopAt = 0.6;
const cli = resolve(import.meta.dirname, "../bin/tandem.js");
const corpus = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus");
const folder = mkdtempSync(join(tmpdir(), "tandem-long-"));

type Run = {
  readonly seconds: number;
  /** The most that any one process of the command had resident, in MB (VmHWM). */
  readonly peak: number;
  readonly code: number | null;
  readonly errors: string;
};

type RunOptions = {
  readonly output: string;
  readonly stopAfter?: number;
  readonly signal?: NodeJS.Signals;
};

const sources = writeSources();
const server = await serveModel();
try {
  for (const model of ["none", `http://127.0.0.1:${server.port}/v1#honest`]) await measure(model);
  console.log(`most tokens of one request: ${server.most()} of ${contextTokens}`);
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(model: string): Promise<void> {
  const name = model === "none" ? "none" : "scripted";
  writeFileSync(join(folder, "config.json"), JSON.stringify({ model, contextTokens }));
  const whole = join(folder, `${name}.docx`);
  const run = await write({ output: whole });
  if (run.code !== 0) throw new Error(run.errors);
  const structure = structureOf(whole);
  console.log(
    `${name}: ${run.seconds.toFixed(1)} s, ${run.peak} MB, ${structure.words} words, ${structure.lines.length} blocks`,
  );
  const output = join(folder, `${name}-killed.docx`);
  const killed = await write({ output, stopAfter: run.seconds * stopAt, signal: "SIGKILL" });
  console.log(
    `${name} killed after ${killed.seconds.toFixed(1)} s: code ${killed.code}, half a file: ${existsSync(output)}`,
  );
  const resumed = await write({ output });
  const isSame = JSON.stringify(structureOf(output).lines) === JSON.stringify(structure.lines);
  console.log(
    `${name} again: ${resumed.seconds.toFixed(1)} s, says it goes on: ${/going on/.test(resumed.errors)}, same structure: ${isSame}`,
  );
  const stopped = join(folder, `${name}-stopped.docx`);
  const interrupted = await write({
    output: stopped,
    stopAfter: run.seconds * stopAt,
    signal: "SIGINT",
  });
  const left = readdirSync(folder).filter((each) => each.includes("stopped"));
  console.log(
    `${name} after Ctrl-C: code ${interrupted.code}, files left: ${left.join(", ") || "none"}, says: ${interrupted.errors.trim().split("\n").at(-1)}`,
  );
}

function write({ output, stopAfter, signal }: RunOptions): Promise<Run> {
  const prompt = `Write a report of ${pages} pages about the meetings and the financial notes`;
  const length = String(pages * wordsAPage);
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [cli, "write", prompt, "--with", ...sources, "--length", length, "-o", output],
    {
      cwd: folder,
      env: {
        ...process.env,
        TANDEM_CACHE: join(folder, "cache"),
        TANDEM_CONFIG: join(folder, "config.json"),
      },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let [errors, peak] = ["", 0];
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const looking = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid!));
  }, 100);
  const stopping =
    stopAfter === undefined ? undefined : setTimeout(() => child.kill(signal), stopAfter * 1000);
  const { promise, resolve: done } = Promise.withResolvers<Run>();
  child.on("close", (code) => {
    clearInterval(looking);
    clearTimeout(stopping);
    done({ seconds: (performance.now() - started) / 1000, peak, code, errors });
  });
  return promise;
}

function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const own = Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .trim()
      .split(" ")
      .filter(Boolean);
    return Math.round(Math.max(own, ...children.map((each) => peakOf(Number(each)))));
  } catch {
    return 0;
  }
}

/** Headings, blocks and their beginnings in order. */
function structureOf(path: string): { readonly lines: readonly string[]; readonly words: number } {
  const { paragraphs } = readWritten(new Uint8Array(readFileSync(path)));
  const lines = paragraphs.map(({ style, isInTable, text }) => `${style}|${isInTable}|${text}`);
  return { lines, words: paragraphs.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0) };
}

function writeSources(): string[] {
  const place = join(folder, "sources");
  mkdirSync(place);
  const files: string[] = [];
  let words = 0;
  const add = (name: string, text: string): void => {
    writeFileSync(join(place, name), text);
    files.push(join(place, name));
    words += text.split(/\s+/).length;
  };
  const reports = JSON.parse(
    readFileSync(join(corpus, "tables/tat-qa/tatqa_dataset_dev.json"), "utf8"),
  ) as readonly {
    readonly table: { readonly table: readonly (readonly string[])[] };
    readonly paragraphs: readonly { readonly text: string }[];
  }[];
  for (let at = 0; at < 6; at++) {
    const own = reports.slice(at * 40, at * 40 + 40);
    const parts = own.map(({ paragraphs }) => {
      const [title = "", ...rest] = paragraphs.map(({ text }) => text.replace(/\s+/g, " ").trim());
      return `## ${title.split(" ").slice(0, 6).join(" ")}\n\n${[title, ...rest].join("\n\n")}`;
    });
    add(`notes-${at + 1}.md`, `# Financial notes ${at + 1}\n\n${parts.join("\n\n")}\n`);
  }
  for (const name of readdirSync(join(corpus, "meetings")).sort()) {
    if (words > sourcePages * wordsAPage) break;
    const meeting = JSON.parse(readFileSync(join(corpus, "meetings", name), "utf8")) as {
      readonly meeting_transcripts: readonly { readonly speaker: string; readonly content: string }[];
    };
    const lines = meeting.meeting_transcripts.map(
      ({ speaker, content }) => `${speaker.replaceAll(":", "")}: ${content.replace(/\s+/g, " ")}`,
    );
    add(name.replace(".json", ".txt"), lines.join("\n"));
  }
  console.log(`${files.length} sources, ${words} words, ${Math.round(words / wordsAPage)} pages`);
  return files;
}

/** The honest model of the tests as an OpenAI-compatible server. */
async function serveModel(): Promise<{
  readonly port: number;
  readonly close: () => void;
  readonly most: () => number;
}> {
  const { model } = honestModel({ contextTokens });
  let most = 0;
  const http: Server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const { messages, max_tokens: first, max_completion_tokens: second } = JSON.parse(body);
    const asked = estimateTokens(messages.map(({ content }: { content: string }) => content).join("\n"));
    most = Math.max(most, asked + (first ?? second ?? 0));
    const { text } = await model.generate({ messages });
    const message = { role: "assistant", content: text };
    const usage = { prompt_tokens: asked, completion_tokens: 0, total_tokens: asked };
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        id: "1",
        object: "chat.completion",
        created: 0,
        model: "honest",
        usage,
        choices: [{ index: 0, finish_reason: "stop", message }],
      }),
    );
  });
  const { promise, resolve: listening } = Promise.withResolvers<void>();
  http.listen(0, "127.0.0.1", listening);
  await promise;
  const address = http.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, close: () => void http.close(), most: () => most };
}
