import type { TranslatedSegment } from "../../tasks/translate/result-types.ts";
import type { TranslateCounts, TranslateOutput } from "../../tasks/translate/task.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { counted, shorten } from "./text-table.ts";

const shownSegments = 8;

/** Prints how a file's translation went: what came from where, and the sentences that a person must read. */
export function printTranslation(terminal: Terminal, output: TranslateOutput, isVerbose: boolean): void {
  const { counts, segments, notes } = output;
  terminal.say(countsLine(output));
  const shown = segments.filter(({ rating }) => rating === "red" || (isVerbose && rating === "amber"));
  for (const segment of isVerbose ? shown : shown.slice(0, shownSegments))
    for (const line of segmentLines(segment)) terminal.say(line);
  const left = isVerbose ? 0 : shown.length - shownSegments;
  if (left > 0)
    terminal.say(`  … and ${left} more; --verbose shows them, --as bilingual lays all of them out`);
  for (const note of notes) terminal.say(`note: ${printableLine(note)}`);
  if (counts.keptSource > 0)
    terminal.complain(
      `${counted(counts.keptSource, "sentence")} left as in the source: no translation passed the checks`,
    );
}

function countsLine({ counts, from, to, engine }: TranslateOutput): string {
  const parts = [
    `${counted(counts.segments, "sentence")} ${from} → ${to} by ${engine}`,
    ...(counts.fromMemory > 0 ? [`${counts.fromMemory} from the memory`] : []),
    `${counts.green} green, ${counts.amber} amber, ${counts.red} red`,
  ];
  return parts.join("; ");
}

function segmentLines({ place, source, target, findings, rating, origin }: TranslatedSegment): string[] {
  const lines = [
    `  ${rating.padEnd(5)}  ${printableLine(place)}: ${findings.map(({ text }) => printableLine(text)).join("; ")}`,
    `         ${shorten(printableLine(source.text), 100)}`,
  ];
  return origin === "source" ? lines : [...lines, `         ${shorten(printableLine(target.text), 100)}`];
}

/** What `--json` says of one file. */
export function translationJson(
  output: TranslateOutput,
): Record<string, unknown> & { counts: TranslateCounts } {
  const { from, to, engine, counts, segments, notes } = output;
  return {
    from,
    to,
    engine,
    counts,
    notes,
    segments: segments.map(
      ({ unit, index, place, kind, source, target, origin, match, findings, rating }) => ({
        unit,
        index,
        place,
        kind,
        source: source.text,
        target: target.text,
        origin,
        ...(match && { match }),
        rating,
        findings,
      }),
    ),
  };
}
