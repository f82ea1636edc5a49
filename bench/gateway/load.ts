import { Pool } from "undici";

export type LoadTarget = {
  /** Where the proxy listens. */
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type LoadOptions = {
  readonly calls: number;
  /** Calls at a time. */
  readonly width: number;
  /** Asks for a stream; a `paced` one comes frame by frame. */
  readonly stream?: "fast" | "paced";
};

export type Load = {
  /** Milliseconds of each call, shortest first. */
  readonly milliseconds: readonly number[];
  readonly seconds: number;
  readonly failures: number;
  /** Frames that arrived, and in how many pieces. */
  readonly frames: number;
  readonly pieces: number;
};

const prompt = "Shorten the second section and keep every figure as it stands. ".repeat(4);

/** Calls a proxy so many times, so many at once, on connections that stay open. */
export async function load(
  { origin, headers }: LoadTarget,
  { calls, width, stream }: LoadOptions,
): Promise<Load> {
  const pool = new Pool(origin, { connections: width, pipelining: 1 });
  const body = JSON.stringify({
    model: stream === "paced" ? "paced" : "m",
    messages: [
      { role: "system", content: "You edit reports." },
      { role: "user", content: prompt },
    ],
    max_tokens: 100,
    ...(stream !== undefined && { stream: true, stream_options: { include_usage: true } }),
  });
  const milliseconds: number[] = [];
  let [left, failures, frames, pieces] = [calls, 0, 0, 0];
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const start = performance.now();
      const got = await one(pool, body, headers);
      milliseconds.push(performance.now() - start);
      frames += got.frames;
      pieces += got.pieces;
      if (!got.isGood) failures++;
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: width }, lane));
  const seconds = (performance.now() - start) / 1_000;
  await pool.destroy();
  return { milliseconds: milliseconds.sort((a, b) => a - b), seconds, failures, frames, pieces };
}

type Got = { readonly isGood: boolean; readonly frames: number; readonly pieces: number };

function one(pool: Pool, body: string, headers: Readonly<Record<string, string>>): Promise<Got> {
  return new Promise((resolve) => {
    let [status, frames, pieces] = [0, 0, 0];
    let last = "";
    const request = { path: "/v1/chat/completions", method: "POST" as const, headers, body };
    pool.dispatch(request, {
      onRequestStart: () => {},
      onResponseStart: (_, code) => {
        status = code;
      },
      onResponseData: (_, bytes) => {
        const text = last + bytes.toString("latin1");
        const ends = text.split("\n\n");
        last = ends.pop()!;
        frames += ends.length;
        pieces++;
      },
      onResponseEnd: () => resolve({ isGood: status === 200, frames, pieces }),
      onResponseError: () => resolve({ isGood: false, frames, pieces }),
    });
  });
}

/** The value below which this share of sorted numbers lies. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
