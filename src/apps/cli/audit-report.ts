import type { AuditOutput } from "../../tasks/audit/task.ts";
import type { AuditFinding, AuditSeverity } from "../../tasks/audit/types.ts";
import { expectedText } from "../../tasks/audit/write-comments.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { counted } from "./text-table.ts";

const shownCells = 6;
const severities: readonly AuditSeverity[] = ["high", "medium", "low", "note"];

/** Prints the findings sheet by sheet, the worst first, and how many there are of each severity. */
export function printAudit(terminal: Terminal, { findings, sheets, notes }: AuditOutput): void {
  for (const note of notes) terminal.say(`note: ${printableLine(note)}`);
  const names = [...new Set(findings.map(({ sheet }) => sheet))];
  for (const name of names) {
    terminal.print(`${name === "" ? "the workbook" : printableLine(name)}`);
    for (const finding of findings.filter(({ sheet }) => sheet === name))
      terminal.print(findingLines(finding));
    terminal.print("");
  }
  const formulas = sheets.reduce((sum, each) => sum + each.formulas, 0);
  const looked = `${counted(sheets.length, "sheet")}, ${counted(formulas, "formula")} looked at`;
  terminal.print(findings.length === 0 ? `nothing found; ${looked}` : `${tally(findings)}; ${looked}`);
}

function findingLines(finding: AuditFinding): string {
  const { severity, cells, message, confidence } = finding;
  const more = cells.length > shownCells ? ` and ${cells.length - shownCells} more` : "";
  const doubt = confidence < 0.6 && severity !== "note" ? " (not certain)" : "";
  const wanted = expectedText(finding);
  return [
    `  ${severity.padEnd(6)}  ${cells.slice(0, shownCells).map(printableLine).join(", ")}${more}: ${printableLine(message)}${doubt}`,
    ...(wanted === undefined ? [] : [`          expected: ${printableLine(wanted)}`]),
  ].join("\n");
}

function tally(findings: readonly AuditFinding[]): string {
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [severity === "note" ? counted(count, "note") : `${count} ${severity}`];
  });
  return `${counted(findings.length, "finding")}: ${parts.join(", ")}`;
}
