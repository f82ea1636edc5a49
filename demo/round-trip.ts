// The way back: a colleague's copy with some suggestions accepted, some refused and one reworded is read.
import { readFile, writeFile } from "node:fs/promises";

/** Runs one command; with the second argument its standard output goes to that file. */
export type RunCommand = (args: readonly string[], saveAs?: string) => Promise<number>;

type Change = { readonly number: number; readonly author: string; readonly date?: string };
type Decision = { readonly id: string; readonly outcome: string; readonly text?: string };

const sent = "demo/out/proposal-sent.docx";
const settled = "demo/out/proposal-settled.docx";
const returned = "demo/out/proposal-returned.docx";

/** What the colleague does with the suggestions, by their place in demo/changes.json. */
const wanted: readonly string[] = ["accepted", "rejected", "accepted", "modified", "rejected", "accepted"];
const reworded = {
  kind: "replace",
  quote: "which Parcelwise would carry for the first twelve months, EUR 10,800 in total",
  text: "which Parcelwise pays for the first year, EUR 10,800 in total",
};

/** Plays the round trip; true when every outcome is read as it was played. */
export async function playRoundTrip(tandem: RunCommand, say: (text: string) => void): Promise<boolean> {
  say(
    "\n3. A colleague accepts some suggestions, refuses some, rewords one; the copy that comes back is read",
  );
  await succeed(tandem, [
    ...["edit", "demo/proposal.docx", "--changes", "demo/changes.json"],
    ...["--embed-ledger", "-o", sent],
  ]);
  await playColleague(tandem);
  await succeed(tandem, ["decisions", returned]);
  await succeed(tandem, ["decisions", returned, "--json"], "demo/out/decisions.json");
  const { decisions } = JSON.parse(await readFile("demo/out/decisions.json", "utf8")) as {
    decisions: readonly Decision[];
  };
  const right = decisions.filter(({ outcome }, index) => outcome === (wanted[index] ?? "pending"));
  const text = decisions.find(({ outcome }) => outcome === "modified")?.text ?? "";
  const isRead = right.length === decisions.length && text.replaceAll(/\s/g, " ").includes(reworded.text);
  say(
    `  checked  ${right.length} of ${decisions.length} outcomes are what the colleague did, the reworded text with them: ${isRead ? "yes" : "NO"}`,
  );
  return isRead;
}

async function succeed(tandem: RunCommand, args: readonly string[], saveAs?: string): Promise<void> {
  if ((await tandem(args, saveAs)) !== 0) throw new Error(`tandem ${args[0]} did not succeed`);
}

async function playColleague(tandem: RunCommand): Promise<void> {
  await succeed(tandem, ["review", sent, "--json"], "demo/out/review.json");
  const { changes } = JSON.parse(await readFile("demo/out/review.json", "utf8")) as {
    changes: readonly Change[];
  };
  // All parts of one suggestion share its second.
  const suggestions = [...Map.groupBy(changes, ({ date }) => date ?? "")].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const numbers = (outcomes: readonly string[]): string =>
    suggestions
      .filter((_, index) => outcomes.includes(wanted[index] ?? ""))
      .flatMap(([, parts]) => parts.map(({ number }) => number))
      .join(",");
  await succeed(tandem, [
    ...["review", sent, "--accept", numbers(["accepted", "modified"])],
    ...["--reject", numbers(["rejected"]), "-o", settled],
  ]);
  await writeFile("demo/out/rewording.json", JSON.stringify([reworded]));
  await succeed(tandem, [
    ...["edit", settled, "--changes", "demo/out/rewording.json", "--direct"],
    ...["--author", "Maja Lind", "-o", returned],
  ]);
}
