// The proposal in Portuguese, by the embedded engine: no network, no language model.
import { readFile } from "node:fs/promises";
import { openFile } from "../src/files/index.ts";
import type { RunCommand } from "./round-trip.ts";

const proposal = "demo/proposal.docx";
const translation = "demo/out/proposal.pt.docx";
const report = "demo/out/proposal.pt.json";

/** Translates the proposal; true when every field, link, note and picture of it is in the translation again. */
export async function translateProposal(tandem: RunCommand, say: (text: string) => void): Promise<boolean> {
  say("\n7. The proposal in Portuguese, by the embedded engine: no network and no language model");
  const pull = await tandem(["models", "pull", "translation:en-pt"]);
  if (pull !== 0) {
    say("  left out: the model could not be fetched; everything else works without it");
    return true;
  }
  const asked = ["translate", proposal, "--to", "pt", "--no-tm", "-o", translation];
  if ((await tandem([...asked, "--json"], report)) !== 0) return false;
  const { counts } = JSON.parse(await readFile(report, "utf8")) as { counts: Record<string, number> };
  say(
    `  made     ${counts.segments} sentences: ${counts.green} green, ${counts.amber} amber, ${counts.red} red, ${counts.keptSource} left as they were`,
  );
  const [before, after] = [await marksOf(proposal), await marksOf(translation)];
  const isKept = [...before].every(([name, count]) => (after.get(name) ?? 0) >= count);
  const kinds = [...before].map(([name, count]) => `${count} ${name}`).join(", ");
  say(`  checked  ${kinds} of the source are in the translation: ${isKept ? "yes" : "NO"}`);
  return isKept;
}

const marks = {
  links: "w:hyperlink",
  "field marks": "w:fldChar",
  bookmarks: "w:bookmarkStart",
  "note marks": "w:footnoteReference",
  pictures: "w:drawing",
  "table cells": "w:tc",
};

/** How often each kind of thing that a translation could lose stands in a file's text. */
async function marksOf(file: string): Promise<Map<string, number>> {
  const { stories } = openFile(new Uint8Array(await readFile(file)));
  const source = stories.map(({ tree }) => tree.source).join("");
  return new Map(
    Object.entries(marks).map(([name, element]) => [
      name,
      source.split(new RegExp(`<${element}[ />]`)).length - 1,
    ]),
  );
}
