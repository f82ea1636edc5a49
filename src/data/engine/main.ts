import { Socket } from "node:net";
import { createFrameReader, encodeFrame, type Frame } from "../frames.ts";
import type { EngineReply, EngineRequest } from "../messages.ts";
import { describeFailure } from "./describe-failure.ts";
import { loadFile } from "./load-file.ts";
import { createLoader, type Loading } from "./load-rows.ts";
import { runQuery } from "./run-query.ts";
import { addTable, openSession } from "./session.ts";

// The engine process: takes requests on standard input and answers on file descriptor 3, because the engine can be
// made to print on standard output.

const WATCH_MS = 25;
const [databaseMb = 512, processMb = 1024] = process.argv.slice(2).map(Number);
const output = new Socket({ fd: 3, readable: false, writable: true });
const session = await openSession(databaseMb);
const loader = createLoader(session);

function reply(message: EngineReply): void {
  for (const piece of encodeFrame(message)) output.write(piece);
}

/** Ends at once: an ordinary exit would wait for the query that runs on another thread. */
function endNow(): void {
  process.kill(process.pid, "SIGKILL");
}

/** The limit of the operating system where there is none that holds (macOS, Windows), and a second one where there is. */
function watchMemory(): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > processMb * 1_048_576) endNow();
  }, WATCH_MS).unref();
}

let isStopped = false;
/** Interrupts until the request ends: one that falls between two statements of it is lost. */
function interruptFrom(delayMs: number): () => void {
  const again = () => {
    isStopped = true;
    session.connection.interrupt();
    timer = setTimeout(again, 20);
  };
  let timer = setTimeout(again, delayMs);
  return () => clearTimeout(timer);
}

let isRunning = false;
let stopCancelling = () => {};

async function answerQuery(message: Extract<EngineRequest, { kind: "query" }>): Promise<void> {
  isStopped = false;
  isRunning = true;
  const stopDeadline = interruptFrom(message.deadlineMs);
  let answer: EngineReply;
  try {
    answer = await runQuery(session, message);
  } catch (error) {
    answer = isStopped
      ? {
          kind: "failed",
          code: "query-timeout",
          message: `the query took longer than ${message.deadlineMs / 1000} s`,
          hint: "filter or aggregate earlier, or allow more time",
        }
      : describeFailure(error);
  } finally {
    isRunning = false;
    stopDeadline();
    stopCancelling();
  }
  reply(answer);
}

let loading: Loading | undefined;
let loadError: unknown;

async function handle(frame: Frame<EngineRequest>): Promise<void> {
  const { message } = frame;
  switch (message.kind) {
    case "query":
      // Not awaited, so that a cancel behind it is seen.
      void answerQuery(message);
      return;
    case "cancel":
      if (isRunning) stopCancelling = interruptFrom(0);
      return;
    case "load-file":
      return reply(
        await loadFile(session, message).then((file) => ({ kind: "loaded", ...file }), describeFailure),
      );
    case "define": {
      const { table, columns } = message;
      addTable(session, { name: table, columns, filled: new Set() });
      return reply({
        kind: "loaded",
        rowCount: 0,
        columns: columns.map(({ name, type }) => ({ name, type, header: name })),
      });
    }
    case "load-start":
      loadError = undefined;
      loading = await loader.start(message.table, message.columns).catch((error: unknown) => {
        loadError = error;
        return undefined;
      });
      return;
    case "batch":
      if (!loading || loadError !== undefined) return;
      await loader.insert(loading, { message, body: frame.body }).catch((error: unknown) => {
        loadError = error;
      });
      return;
    case "load-end":
      if (loading && loadError === undefined) {
        await loader.end(loading);
        const { columns, rowCount } = loading;
        return reply({
          kind: "loaded",
          rowCount,
          columns: columns.map(({ name, sqlType }) => ({ name, type: sqlType, header: name })),
        });
      }
      return reply(describeFailure(loadError));
    default:
      return message satisfies never;
  }
}

watchMemory();
reply({ kind: "ready" });
const read = createFrameReader<EngineRequest>();
process.stdin.on("end", endNow).on("error", endNow);
for await (const chunk of process.stdin) {
  for (const frame of read(chunk as Uint8Array)) await handle(frame);
}
endNow();
