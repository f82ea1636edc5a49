import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { defaultCacheFolder } from "../src/models/llama/index.ts";
import { bergamotEngine } from "../src/models/translation/bergamot/bergamot-engine.ts";
import { echoEngine } from "../src/models/translation/echo.ts";
import { escapeMarkup, visibleText } from "../src/models/translation/markup-text.ts";
import type { TranslationEngine } from "../src/models/translation/translation-engine.ts";
import { openLiveRoom } from "../src/tasks/translate/live/live-room.ts";
import type {
  CaptionMode,
  LiveEvent,
  LiveRoom,
  LoggedEvent,
  RoomLog,
} from "../src/tasks/translate/live/types.ts";
import { chrf } from "./translation/chrf.ts";

// node bench/live-policies.ts [lines]: what readers of a live room see of news sentences fed word by word, en to pt, and what
// the room itself costs a line.
const count = Number(process.argv[2] ?? 80);
const modes = ["responsive", "balanced", "steady"] as const;
const [ann, rui] = [
  { id: "ann", name: "Ann", side: "one", language: "en" },
  { id: "rui", name: "Rui", side: "two", language: "pt" },
] as const;

/** What stood there after so many source words. */
type Shown = { readonly after: number; readonly words: readonly string[] };

function newsLines(): string[] {
  const folder = resolve(process.env.TANDEM_CORPUS ?? "../shared/corpus", "translation");
  const path = join(folder, "newstest2019-src.eng.first500.txt");
  if (!existsSync(path)) throw new Error(`no sentences: ${path} (TANDEM_CORPUS names the corpus folder)`);
  const lines = readFileSync(path, "utf8").trim().split(/\r?\n/);
  return lines.filter((line) => wordsOf(line).length >= 8 && wordsOf(line).length <= 30);
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function memoryLog(): RoomLog {
  const events: LoggedEvent[] = [];
  return {
    append: async (added) => void events.push(...added),
    read: async (after, limit) => events.slice(after, limit === undefined ? undefined : after + limit),
  };
}

async function openRoom(engine: TranslationEngine): Promise<LiveRoom> {
  const room = await openLiveRoom({
    sides: [
      { id: "one", name: "One", language: "en" },
      { id: "two", name: "Two", language: "pt" },
    ],
    engineOf: async () => engine,
    log: memoryLog(),
    now: () => new Date(),
  });
  await room.join(ann);
  await room.join(rui);
  return room;
}

/** The engine, and a promise that it has nothing to do. */
function watched(engine: TranslationEngine): { engine: TranslationEngine; idle: () => Promise<void> } {
  let open = 0;
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    engine: {
      ...engine,
      translate: async (request) => {
        open += 1;
        return engine.translate(request).finally(() => {
          open -= 1;
        });
      },
    },
    idle: async () => {
      do await turn();
      while (open > 0);
      await turn();
    },
  };
}

type Seen = Record<CaptionMode, Shown[]>;

/** A line fed word by word, each once the one before is translated; what each reader saw. */
async function feed(
  line: string,
  id: string,
  room: LiveRoom,
  idle: () => Promise<void>,
  seen: Seen,
): Promise<void> {
  const words = wordsOf(line);
  const state = { after: 0 };
  const readers = modes.map((mode) =>
    room.read({
      participant: "rui",
      mode,
      after: room.seq,
      send: (event) => take(event, state.after, seen[mode]),
    }),
  );
  for (const [index] of words.entries()) {
    state.after = index + 1;
    const isFinal = state.after === words.length;
    await room.say("ann", { line: id, text: words.slice(0, index + 1).join(" "), isFinal });
    await idle();
  }
  while (seen.steady.length === 0) await idle();
  for (const reader of readers) reader.close();
}

function take(event: LiveEvent, after: number, shown: Shown[]): void {
  if (event.kind === "target-changed") shown.push({ after, words: wordsOf(event.stable + event.unstable) });
  if (event.kind === "line-translated") shown.push({ after, words: wordsOf(event.text ?? "") });
}

type Measured = {
  erased: number;
  tokens: number;
  first: number;
  last: number;
  updates: number;
  clean: number;
};

function measure(shown: readonly Shown[], length: number, sum: Measured): void {
  const final = shown.at(-1)!.words;
  let [before, erased]: [readonly string[], number] = [[], 0];
  const first: number[] = [];
  const last: number[] = [];
  for (const { after, words } of shown) {
    const same = common(before, words);
    erased += before.length - same;
    const right = common(words, final);
    final.forEach((_, at) => {
      if (at < words.length) first[at] ??= after;
      if (at >= right) delete last[at];
      else last[at] ??= after;
    });
    before = words;
  }
  sum.erased += erased;
  sum.updates += shown.length;
  sum.clean += erased === 0 ? 1 : 0;
  final.forEach((_, at) => {
    const place = ((at + 1) * length) / final.length;
    sum.tokens += 1;
    sum.first += (first[at] ?? length) - place;
    sum.last += (last[at] ?? length) - place;
  });
}

function common(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((word, index) => word !== other[index]);
  return at < 0 ? one.length : at;
}

async function measurePolicies(lines: readonly string[]): Promise<void> {
  const folder = join(defaultCacheFolder(process.env, process.platform, homedir()), "translation");
  await using bergamot = bergamotEngine({ folders: [folder], workers: 1 });
  const why = await bergamot.missing("en", "pt");
  if (why !== undefined) throw new Error(why);
  const { engine, idle } = watched(bergamot);
  const room = await openRoom(engine);
  const items = lines.map((text, index) => ({ id: String(index), text: escapeMarkup(text) }));
  const whole = await bergamot.translate({ source: "en", target: "pt", items });
  const texts = new Map(whole.items.map(({ id, text }) => [id, visibleText(text)]));
  const sums = Object.fromEntries(modes.map((mode) => [mode, emptySum()])) as Record<CaptionMode, Measured>;
  const [finals, beforeEnd]: [string[], string[]] = [[], []];
  for (const [index, line] of lines.entries()) {
    const seen: Seen = { responsive: [], balanced: [], steady: [] };
    await feed(line, String(index), room, idle, seen);
    for (const mode of modes) measure(seen[mode], wordsOf(line).length, sums[mode]);
    finals.push(seen.balanced.at(-1)!.words.join(" "));
    beforeEnd.push(seen.balanced.at(-2)?.words.join(" ") ?? "");
  }
  await room.close();
  const references = lines.map((_, index) => texts.get(String(index)) ?? "");
  console.log(
    `${lines.length} lines of 8 to 30 words, Bergamot en to pt; chrF2 against the whole line's translation`,
  );
  console.log("| mode | NE | final lag | first lag | updates/line | lines never corrected | chrF |");
  console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
  for (const mode of modes) console.log(row(mode, sums[mode], lines.length, chrf(finals, references)));
  console.log(`Balanced, before the correction: chrF ${chrf(beforeEnd, references).toFixed(1)}`);
}

const emptySum = (): Measured => ({ erased: 0, tokens: 0, first: 0, last: 0, updates: 0, clean: 0 });

function row(mode: CaptionMode, sum: Measured, lines: number, score: number): string {
  const { erased, tokens, first, last, updates, clean } = sum;
  const numbers = [erased / tokens, last / tokens, first / tokens, updates / lines];
  const cells = numbers.map((number) => number.toFixed(2)).join(" | ");
  return `| ${mode} | ${cells} | ${Math.round((100 * clean) / lines)} % | ${score.toFixed(1)} |`;
}

/** The first lines load what checks need. */
const WARM_UP = 20;

/** Milliseconds from the end of a line to the moment a reader has its translation, with an engine that takes no time. */
async function measureOverhead(lines: readonly string[]): Promise<void> {
  const room = await openRoom(echoEngine());
  let arrived = (): void => {};
  room.read({
    participant: "rui",
    mode: "balanced",
    send: (event) => {
      if (event.kind === "line-translated") arrived();
    },
  });
  const times: number[] = [];
  let before = process.threadCpuUsage();
  for (const [index, text] of lines.entries()) {
    if (index === WARM_UP) before = process.threadCpuUsage();
    const { promise, resolve: done } = Promise.withResolvers<void>();
    arrived = done;
    const started = performance.now();
    await room.say("ann", { line: String(index), text, isFinal: true });
    await promise;
    times.push(performance.now() - started);
  }
  await room.close();
  const { user, system } = process.threadCpuUsage(before);
  const mean = (user + system) / 1000 / (lines.length - WARM_UP);
  const wall = spread(times.slice(WARM_UP));
  console.log(
    `Own overhead a line, echo engine, ${lines.length - WARM_UP} lines: ${wall}; processor ${mean.toFixed(2)} ms on average`,
  );
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.floor(sorted.length * share)]!.toFixed(2);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

const lines = newsLines();
await measureOverhead(lines);
await measurePolicies(lines.slice(0, count));
