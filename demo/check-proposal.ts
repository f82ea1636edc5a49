// The proposal against the workbook it speaks of, and what else that workbook says.
import { readFile } from "node:fs/promises";
import type { RunCommand } from "./round-trip.ts";

const checked = "demo/out/proposal-checked.docx";
const report = "demo/out/proposal-figures.json";
const findings = "demo/out/findings.docx";
const calls = "demo/calls.xlsx";

type Finding = { readonly verdict: string; readonly figure: string; readonly cells?: readonly string[] };

/** Checks the proposal's figures and writes the findings; true when the one wrong figure is found, and nothing else. */
export async function checkProposalFigures(
  tandem: RunCommand,
  say: (text: string) => void,
): Promise<boolean> {
  say(
    "\n6. The proposal's figures are checked against a workbook of calls, and what stands out in it becomes a page",
  );
  const code = await tandem(
    ["check-figures", "demo/proposal.docx", "--with", calls, "-o", checked, "--json"],
    report,
  );
  if (code !== 1) return false;
  const found = (JSON.parse(await readFile(report, "utf8")) as { findings: Finding[] }).findings;
  const wrong = found.filter(({ verdict }) => verdict === "contradicted");
  for (const { figure, cells } of wrong)
    say(`  wrong    ${figure}, by ${cells?.join(", ") ?? "the workbook"}`);
  const isFound = wrong.length === 1;
  say(`  checked  exactly the one wrong figure has a comment: ${isFound ? "yes" : "NO"}`);
  const isWritten = (await tandem(["ask", calls, "--report", findings])) === 0;
  return isFound && isWritten;
}
