import { nothingSpeaks } from "../../tasks/check-figures/match/judge.ts";
import type { RecordedFinding } from "../../tasks/check-figures/recorded-finding.ts";
import type { Finding } from "../../tasks/check-figures/types.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

const shownCells = 6;

/**
 * Prints what was found: contradictions first, what was confirmed, then what has no support. Figures that nothing in the
 * workbooks speaks of are counted in one line, and listed where `isVerbose`.
 */
export function printFindings(
  terminal: Terminal,
  file: string,
  findings: readonly Finding[],
  isVerbose = false,
): void {
  const { paint } = terminal;
  const of = (verdict: Finding["verdict"]): Finding[] => findings.filter((each) => each.verdict === verdict);
  const [wrong, open, right] = [of("contradicted"), of("unsupported"), of("confirmed")];
  const summary = `${right.length} confirmed, ${wrong.length} contradicted, ${open.length} unsupported`;
  const lines = [
    `${printableLine(file)}: ${findings.length === 1 ? "1 figure" : `${findings.length} figures`}: ${wrong.length > 0 ? paint("red", summary) : summary}`,
  ];
  for (const finding of wrong) lines.push("", ...findingLines(terminal, finding));
  if (right.length > 0)
    lines.push(
      "",
      "confirmed:",
      ...right.map((finding) => `  ${paint("green", "✓")} ${shortLine(finding)} = ${placeOf(finding)}`),
    );
  if (open.length > 0) lines.push("", "unsupported:", ...openLines(open, isVerbose));
  terminal.print(lines.join("\n"));
}

function openLines(open: readonly Finding[], isVerbose: boolean): string[] {
  const listed = isVerbose ? open : open.filter(({ note }) => note !== nothingSpeaks);
  const left = open.length - listed.length;
  const rest = `${left === 1 ? "1 figure" : `${left} figures`} that nothing in the workbooks speaks of (--verbose lists them)`;
  return [
    ...listed.map(
      (finding) =>
        `  ? ${shortLine(finding)}${finding.note === undefined ? "" : ` (${printableLine(finding.note)})`}`,
    ),
    ...(left > 0 ? [`  ? ${rest}`] : []),
  ];
}

function findingLines({ paint }: Terminal, finding: Finding): string[] {
  const { figure, place, shown = "", computes = "" } = finding;
  return [
    `${paint("red", "✗")} ${printableLine(figure)}, but the workbook says ${printableLine(shown)}`,
    `  in: ${printableLine(place.sentence)}`,
    `  cells: ${placeOf(finding)}`,
    `  computed: ${printableLine(computes)}`,
  ];
}

function shortLine({ figure, place }: Finding): string {
  const sentence = place.sentence.length > 70 ? `${place.sentence.slice(0, 67)}…` : place.sentence;
  return printableLine(`${figure}: ${sentence}`);
}

function placeOf({ workbook, cells }: Finding): string {
  const more = cells.length > shownCells ? ` and ${cells.length - shownCells} more` : "";
  return printableLine(
    `${workbook === undefined ? "" : `${workbook} `}${cells.slice(0, shownCells).join(", ")}${more}`,
  );
}

const states: Readonly<Record<RecordedFinding["state"], string>> = {
  holds: "holds",
  "no-longer-holds": "no longer holds",
  edited: "was edited by hand",
  removed: "is no longer in the text",
  "workbook-missing": "can't be checked: its workbook was not given",
  unreadable: "can't be computed on this workbook",
};

/** Prints what became of the figures that Tandem wrote; nothing where there are none. */
export function printRecorded(terminal: Terminal, recorded: readonly RecordedFinding[]): void {
  if (recorded.length === 0) return;
  const { paint } = terminal;
  const holding = recorded.filter(({ state }) => state === "holds");
  const lines = ["", `figures and tables that Tandem wrote: ${holding.length} of ${recorded.length} hold`];
  for (const each of recorded) {
    if (each.state === "holds") continue;
    const sign = each.state === "no-longer-holds" ? paint("red", "✗") : "?";
    lines.push(
      `${sign} ${printableLine(each.name ?? each.bookmark)} ${states[each.state]} (${printableLine(`${each.workbook} ${each.cells.slice(0, shownCells).join(", ")}`)})`,
    );
    if (each.state === "no-longer-holds") lines.push(...changeLines(each));
    if (each.text !== undefined)
      lines.push(`  was ${printableLine(each.written)}, the text says ${printableLine(each.text)}`);
    if (each.sentence !== undefined) lines.push(`  in: ${printableLine(each.sentence)}`);
  }
  terminal.print(lines.join("\n"));
}

function changeLines({ kind, written, now = "" }: RecordedFinding): string[] {
  if (kind === "figure") return [`  was ${printableLine(written)}, now ${printableLine(now)}`];
  const [old, fresh] = [written.split("\n"), now.split("\n")];
  return old.map((row, index) => `  was ${printableLine(row)}, now ${printableLine(fresh[index] ?? "")}`);
}
