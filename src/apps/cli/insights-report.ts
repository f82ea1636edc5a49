import { evidenceOf, worthTelling } from "../../tasks/insights/evidence.ts";
import type { Finding } from "../../tasks/insights/types.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { wrapText } from "./wrap-text.ts";

/** Prints the findings worth reading, strongest first, each with what it rests on. Prints nothing where there are none. */
export function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const told = worthTelling(findings);
  if (told.length === 0) return;
  const { width, paint } = terminal;
  terminal.print("\nWhat stands out:");
  for (const finding of told) {
    const [first, ...rest] = wrapText([{ text: printableLine(finding.statement.text) }], {
      width: Math.min(width, 110),
      indent: "    ",
      paint,
    });
    terminal.print([`  • ${first!.trimStart()}`, ...rest].join("\n"));
    const { cells } = finding;
    const place =
      cells.length === 0 ? "" : `; ${cells.slice(0, 2).join(", ")}${cells.length > 2 ? " …" : ""}`;
    const basis = printableLine(`${evidenceOf(finding)}${place}`);
    terminal.print(
      wrapText([{ text: basis, format: "dim" }], { width: Math.min(width, 110), indent: "    ", paint }).join(
        "\n",
      ),
    );
  }
}

/** Findings as `--json` gives them: everything but the rows of their charts. */
export function findingsJson(findings: readonly Finding[]): object[] {
  return findings.map(({ chart, ...finding }) => ({
    ...finding,
    ...(chart !== undefined && { chart: chart.spec }),
  }));
}
