import { readdirSync, readFileSync } from "node:fs";
import { type Load, load, quantile } from "./load.ts";
import { type RunningProxy, startProxies } from "./start-proxies.ts";

export type ProxyResult = {
  readonly name: string;
  /** Microseconds of processor time of the proxy's process; of the upstream's for `direct`, which has none. */
  readonly perCall: number;
  readonly perStream: number;
  readonly perFrame: number;
  /** Milliseconds, one call at a time. */
  readonly p50: number;
  readonly p99: number;
  readonly callsPerSecond: number;
  /** Resident after the load. */
  readonly bytes: number;
  /** Of the frames that were sent, how many came, and how many came alone. */
  readonly delivered: number;
  readonly alone: number;
  readonly failures: number;
};

export type MeasureProxiesOptions = {
  readonly rounds: number;
  readonly calls: number;
  readonly streams: number;
  readonly singles: number;
};

/** Calls at a time where the processor's time is measured. */
const width = 8;
const framesOfStream = 66;

type Round = { readonly calls: Cost; readonly streams: Cost; readonly singles: Load; readonly paced: Load };
type Cost = { readonly load: Load; readonly microseconds: number };

/** Every proxy in a process of its own before the same provider, in turn, round by round. */
export async function measureProxies(options: MeasureProxiesOptions): Promise<{
  readonly results: readonly ProxyResult[];
  readonly skipped: readonly string[];
}> {
  await using started = await startProxies();
  const rounds = new Map<RunningProxy, Round[]>(started.proxies.map((proxy) => [proxy, []]));
  for (const proxy of started.proxies) await warmUp(proxy);
  for (let round = 0; round < options.rounds; round++) {
    for (const proxy of started.proxies) rounds.get(proxy)!.push(await measureRound(proxy, options));
  }
  const results = [...rounds].map(([proxy, each]) => resultOf(proxy, each));
  return { results, skipped: started.skipped };
}

/** A gateway runs for days: compilers get their time before anything counts. */
async function warmUp(proxy: RunningProxy): Promise<void> {
  const end = performance.now() + 10_000;
  for (let calls = 0; calls < 24_000 && performance.now() < end; calls += 1_000) {
    await load(proxy, { calls: 1_000, width });
    await load(proxy, { calls: 20, width, stream: "fast" });
  }
}

async function measureRound(proxy: RunningProxy, options: MeasureProxiesOptions): Promise<Round> {
  return {
    calls: await costOf(proxy, () => load(proxy, { calls: options.calls, width })),
    streams: await costOf(proxy, () => load(proxy, { calls: options.streams, width, stream: "fast" })),
    singles: await load(proxy, { calls: options.singles, width: 1 }),
    paced: await load(proxy, { calls: width, width, stream: "paced" }),
  };
}

async function costOf({ pid }: RunningProxy, run: () => Promise<Load>): Promise<Cost> {
  const before = processorTime(pid);
  const done = await run();
  return { load: done, microseconds: (processorTime(pid) - before) / 1_000 };
}

/** What else the machine does only ever makes a round dearer, so the least counts. */
function resultOf({ name, pid }: RunningProxy, rounds: readonly Round[]): ProxyResult {
  const least = (of: (round: Round) => number): number => Math.min(...rounds.map(of));
  const perStream = least(({ streams }) => streams.microseconds / streams.load.milliseconds.length);
  const loads = rounds.flatMap(({ calls, streams, singles, paced }) => [
    calls.load,
    streams.load,
    singles,
    paced,
  ]);
  const streamed = rounds.flatMap(({ streams, paced }) => [streams.load, paced]);
  const sum = (all: readonly Load[], of: (load: Load) => number): number =>
    all.reduce((total, each) => total + of(each), 0);
  const paced = rounds.map((each) => each.paced);
  const perCall = least(({ calls }) => calls.microseconds / calls.load.milliseconds.length);
  return {
    name,
    perCall,
    perStream,
    // What a stream costs beyond a call, for each of its frames.
    perFrame: (perStream - perCall) / framesOfStream,
    p50: least(({ singles }) => quantile(singles.milliseconds, 0.5)),
    p99: least(({ singles }) => quantile(singles.milliseconds, 0.99)),
    callsPerSecond: Math.max(
      ...rounds.map(({ calls }) => calls.load.milliseconds.length / calls.load.seconds),
    ),
    bytes: residentBytes(pid),
    delivered:
      sum(streamed, (each) => each.frames) /
      (sum(streamed, (each) => each.milliseconds.length) * framesOfStream),
    alone: Math.min(
      1,
      sum(paced, (each) => each.pieces) / (sum(paced, (each) => each.milliseconds.length) * framesOfStream),
    ),
    failures: sum(loads, (each) => each.failures),
  };
}

/** Nanoseconds that all threads of a process have run (proc(5), `schedstat`). */
function processorTime(pid: number): number {
  let sum = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      sum += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]);
    } catch {
      // It has ended since.
    }
  }
  return sum;
}

function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}
