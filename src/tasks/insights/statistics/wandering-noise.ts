import { mean } from "simple-statistics";
import { type HiddenWalk, hiddenWalks } from "./hidden-walk.ts";
import { seededRandom } from "./seeded-random.ts";

/** How many draws as large as the observed one end the drawing early: the answer is then plainly no. */
const enough = 20;

/** What carries over more can't be told from what keeps all, in series as short as these. */
const nearlyAll = 0.85;

/**
 * How much of a residual the next one may take over at most, by the data: the share that is seen, what short series hide
 * of it (Kendall's bias, more where `fitted` columns were taken out), and two standard errors. 1 is a random walk.
 */
export function mostCarried(residuals: readonly number[], fitted: number): number {
  const n = residuals.length;
  const seen = lagOne(residuals);
  const hidden = (1 + fitted + (2 + 2 * fitted) * Math.max(0, seen)) / n;
  const likely = Math.max(0, seen + hidden);
  const most = likely + 2 * Math.sqrt(Math.max(0, 1 - seen * seen) / n);
  return most > nearlyAll ? 1 : most;
}

function lagOne(residuals: readonly number[]): number {
  const centre = mean(residuals as number[]);
  let [top, bottom] = [0, 0];
  for (let index = 0; index < residuals.length; index++) {
    const own = residuals[index]! - centre;
    bottom += own * own;
    if (index > 0) top += own * (residuals[index - 1]! - centre);
  }
  return bottom === 0 ? 0 : top / bottom;
}

export type WanderOptions = {
  /** What a fit of the pattern leaves of the series. */
  readonly residuals: readonly number[];
  /** Columns of that fit beside the constant, and one or two more where its place was chosen. */
  readonly fitted: number;
  /** The fit: a row a value. */
  readonly design: readonly (readonly number[])[];
};

/**
 * How likely noise gives a `statistic` as large as that of `values`: noise of which each value takes over as much of the
 * one before as the data allow, and a random walk under noise with steps as large as is likely; the larger of both. The
 * statistic must not depend on level or scale. The same series give the same p every time.
 */
export function wanderingP(
  values: readonly number[],
  statistic: (values: Float64Array) => number,
  options: WanderOptions,
): number {
  const least = statistic(Float64Array.from(values)) * (1 - 1e-12);
  const isAsLarge = (drawn: Float64Array): boolean => statistic(drawn) >= least;
  const p = shareOf(isAsLarge, carryingNoise(options));
  if (p > hopeless) return p;
  const walks = hiddenWalks(values, options.design);
  return Math.max(p, shareOf(isAsLarge, walkUnderNoise(values.length, walks)));
}

/** What is so likely already needs no second look. */
const hopeless = 0.1;

/** A kind of noise: `draw` fills a series with it anew. */
type Noise = { readonly n: number; readonly draw: (into: Float64Array) => void };

function shareOf(isAsLarge: (drawn: Float64Array) => boolean, { n, draw }: Noise): number {
  const drawn = new Float64Array(n);
  const mostDraws = n <= 100 ? 9_999 : 1_999;
  let [draws, atLeast] = [0, 0];
  while (draws < mostDraws && atLeast < enough) {
    draw(drawn);
    draws++;
    if (isAsLarge(drawn)) atLeast++;
  }
  return atLeast === enough ? enough / draws : (atLeast + 1) / (draws + 1);
}

/** Series are built up from the innovations of the residuals, shuffled and with signs by chance. */
function carryingNoise({ residuals, fitted }: WanderOptions): Noise {
  const n = residuals.length;
  const carried = mostCarried(residuals, fitted);
  const innovations = innovationsOf(residuals, carried);
  const start = carried === 1 ? 0 : 1 / Math.sqrt(1 - carried * carried);
  const random = seededRandom(n * 7_919 + 17);
  const draw = (into: Float64Array): void => {
    shuffleWithSigns(innovations, random);
    into[0] = innovations[0]! * start;
    for (let index = 1; index < n; index++) into[index] = carried * into[index - 1]! + innovations[index]!;
  };
  return { n, draw };
}

function walkUnderNoise(n: number, walks: readonly HiddenWalk[]): Noise {
  const random = seededRandom(n * 7_919 + 29);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const pick = (): number => {
    let left = random();
    for (const { ratio, likely } of walks) {
      left -= likely;
      if (left <= 0) return ratio;
    }
    return walks[0]!.ratio;
  };
  const draw = (into: Float64Array): void => {
    const step = Math.sqrt(pick());
    let level = 0;
    for (let index = 0; index < n; index++) {
      level += step * normal();
      into[index] = level + normal();
    }
  };
  return { n, draw };
}

/** What each residual does not take over from the one before; for the first, which has none, that of another. */
function innovationsOf(residuals: readonly number[], carried: number): Float64Array {
  const own = residuals.map((value, index) => (index === 0 ? 0 : value - carried * residuals[index - 1]!));
  own[0] = own[own.length >> 1]!;
  return Float64Array.from(own);
}

function shuffleWithSigns(values: Float64Array, random: () => number): void {
  for (let last = values.length - 1; last >= 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = values[last]!;
    values[last] = values[other]!;
    values[other] = random() < 0.5 ? kept : -kept;
  }
}
