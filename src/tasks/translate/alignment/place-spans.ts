import { hasMarksAround, surrounded, takesMarksIn } from "./edge-marks.ts";
import type { Links } from "./link-words.ts";
import {
  type Candidate,
  candidateCount,
  type SpanToPlace,
  scoreCandidates,
  type Texts,
} from "./score-candidates.ts";
import { viewTarget } from "./target-view.ts";
import type { Aligner } from "./train-aligner.ts";

/** Where a span stands in the target, in UTF-16 units. */
export type PlacedSpan = { readonly start: number; readonly end: number };

const beamWidth = 24;
// Beyond these a segment is no sentence, and time is worth more than good places.
const mostSpans = 60;
const mostCandidates = 100_000;
const costOfOverlap = 6;
const costOfCrossing = 1;

/**
 * Where the spans of a text stand in its translation, judged by the words' links: all at once, so that spans that are
 * apart stay apart, nested ones stay nested and the order is kept where nothing speaks against it. Undefined where nothing
 * can be said. Spans are in source order, an outer one before an inner one.
 */
export function placeSpans(
  links: Links,
  aligner: Aligner,
  source: string,
  target: string,
  spans: readonly SpanToPlace[],
): readonly (PlacedSpan | undefined)[] {
  const texts: Texts = { source, target, ratio: ratioOf(aligner, source, target) };
  const view = viewTarget(links, target);
  let budget = mostCandidates;
  const candidates = spans.slice(0, mostSpans).map((span) => {
    if (span.place) return { span, places: [{ ...span.place, score: 0 }] };
    const cost = candidateCount(links, span);
    if (cost > budget) return { span, places: [] };
    budget -= cost;
    return { span, places: scoreCandidates(links, texts, view, span) };
  });
  const chosen = bestTogether(candidates);
  const takesIn = takesMarksIn(aligner.edgeMarks);
  return spans.map((span, index) => {
    const place = chosen[index];
    if (place === undefined) return undefined;
    const { start, end } = place;
    const widen =
      takesIn && hasMarksAround(target, start, end) && !surrounded(source.slice(span.start, span.end));
    return widen && !hasMarksAround(source, span.start, span.end)
      ? { start: start - 1, end: end + 1 }
      : { start, end };
  });
}

function ratioOf(aligner: Aligner, source: string, target: string): number {
  // A thousand units of this very pair keep the ratio sane while little has been seen.
  const own = 1000 / Math.max(1, source.length);
  return (
    (aligner.targetLength + own * Math.max(1, target.length)) /
    (aligner.sourceLength + own * Math.max(1, source.length))
  );
}

type Choice = {
  readonly score: number;
  readonly place: Candidate | undefined;
  readonly span: SpanToPlace;
  readonly before: Choice | undefined;
};

function bestTogether(
  candidates: readonly { readonly span: SpanToPlace; readonly places: readonly Candidate[] }[],
): (Candidate | undefined)[] {
  let beam: (Choice | undefined)[] = [undefined];
  for (const { span, places } of candidates) {
    const options: readonly (Candidate | undefined)[] = places.length === 0 ? [undefined] : places;
    const next = beam.flatMap((before) =>
      options.map(
        (place): Choice => ({
          span,
          place,
          before,
          score: (before?.score ?? 0) + (place?.score ?? 0) - costBeside(span, place, before),
        }),
      ),
    );
    beam = next.sort((a, b) => b.score - a.score).slice(0, beamWidth);
  }
  const chosen: (Candidate | undefined)[] = [];
  for (let choice = beam[0]; choice !== undefined; choice = choice.before) chosen.unshift(choice.place);
  return chosen;
}

function costBeside(span: SpanToPlace, place: Candidate | undefined, chosen: Choice | undefined): number {
  if (place === undefined) return 0;
  let cost = 0;
  for (let other = chosen; other !== undefined; other = other.before) {
    if (other.place === undefined) continue;
    if (span.start >= other.span.end) {
      if (place.start < other.place.end)
        cost += place.end > other.place.start ? costOfOverlap : costOfCrossing;
    } else if (place.start < other.place.start || place.end > other.place.end) cost += costOfOverlap;
  }
  return cost;
}
