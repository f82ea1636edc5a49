import { availableParallelism, loadavg } from "node:os";
import { measureProxies, type ProxyResult } from "./gateway/measure-proxies.ts";
import { formatTable, markdownTable } from "./measure.ts";
import { canMeasureProcesses } from "./measure-process.ts";

const rounds = 5;
const budgets = { perCall: 100, perFrame: 10, addedP50: 0.6, bytes: 150e6 };

/** What a call costs that passes through, beside other gateways; prints as it goes, returns lines of Markdown. */
export async function benchGateway(): Promise<string[]> {
  if (!canMeasureProcesses)
    return ["Skipped: what processes cost is read from `/proc`, which this system has not."];
  const load = (): string => loadavg()[0]!.toFixed(1);
  const before = load();
  const { results, skipped } = await measureProxies({ rounds, calls: 2_000, streams: 120, singles: 400 });
  const rows = tableOf(results);
  const verdict = verdictOf(results);
  const machine = `${availableParallelism()} processors, which other work loads too (load ${before} before, ${load()} after)`;
  console.log(`${formatTable(rows)}\n${[...skipped, verdict].join("\n")}`);
  return [
    "Each proxy is a process of its own before the same provider: an HTTP server with a fixed answer of about 900 bytes,",
    "or a stream of 64 chunks, usage and end, each frame sent alone. CPU is processor time of the proxy's process, calls",
    "eight at a time; a frame's is what a stream costs beyond a call, by its 66 frames. Added time is against calling the",
    `provider itself, one call at a time. The least of ${rounds} rounds, in which all take turns. "Alone" says how many of the`,
    "frames that came 5 ms after one another arrived as pieces of their own. No TLS.",
    "",
    ...markdownTable(rows),
    "",
    ...skipped.map((line) => `Skipped: ${line}\n`),
    `On the machine of this run: ${machine}: ${verdict}.`,
  ];
}

function tableOf(results: readonly ProxyResult[]): string[][] {
  const [direct, control] = results as [ProxyResult, ProxyResult];
  const times = (own: number, base: number): string => `${own.toFixed(0)} µs (${(own / base).toFixed(2)}x)`;
  const percent = (share: number): string => `${(100 * share).toFixed(share === 1 ? 0 : 1)} %`;
  return [
    [
      "a chat that passes through",
      "CPU a call",
      "CPU a stream",
      "CPU a frame",
      "added p50",
      "added p99",
      "calls/s",
      "memory",
      "frames",
      "alone",
      "failed",
    ],
    ...results.map((each) => {
      const isDirect = each === direct;
      const own = (text: string): string => (isDirect ? "-" : text);
      return [
        each.name,
        own(times(each.perCall, control.perCall)),
        own(times(each.perStream, control.perStream)),
        own(`${each.perFrame.toFixed(1)} µs`),
        own(`${(each.p50 - direct.p50).toFixed(2)} ms`),
        own(`${(each.p99 - direct.p99).toFixed(2)} ms`),
        each.callsPerSecond.toFixed(0),
        own(`${(each.bytes / 1e6).toFixed(0)} MB`),
        percent(each.delivered),
        percent(each.alone),
        String(each.failures),
      ];
    }),
  ];
}

function verdictOf(results: readonly ProxyResult[]): string {
  const direct = results[0]!;
  const real = results[3]!;
  const said = (what: string, isKept: boolean, most: string): string =>
    `${what} (the budget of ${most} is ${isKept ? "kept" : "BROKEN"})`;
  const addedP50 = real.p50 - direct.p50;
  return [
    said(`a call ${real.perCall.toFixed(0)} µs`, real.perCall <= budgets.perCall, `${budgets.perCall} µs`),
    said(
      `a frame ${real.perFrame.toFixed(1)} µs`,
      real.perFrame <= budgets.perFrame,
      `${budgets.perFrame} µs`,
    ),
    said(`p50 +${addedP50.toFixed(2)} ms`, addedP50 <= budgets.addedP50, `${budgets.addedP50} ms`),
    said(`${(real.bytes / 1e6).toFixed(0)} MB`, real.bytes <= budgets.bytes, `${budgets.bytes / 1e6} MB`),
    said(
      `${(100 * real.delivered).toFixed(1)} % of the frames`,
      real.delivered === 1 && real.failures === 0,
      "all of them",
    ),
  ].join(", ");
}
