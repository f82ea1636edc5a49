import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchDocuments } from "./documents.ts";
import { benchGateway } from "./gateway.ts";
import { benchTranslations } from "./translations.ts";
import { benchWorkbooks } from "./workbooks.ts";

// `npm run bench` measures everything and writes results.md; `npm run bench -- workbooks` one group, the others stay.
const groups: Readonly<Record<string, () => Promise<string[]>>> = {
  documents: benchDocuments,
  workbooks: benchWorkbooks,
  translation: benchTranslations,
  gateway: benchGateway,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => groups[name] === undefined);
if (unknown !== undefined)
  throw new Error(`there is no group ${unknown}, only ${Object.keys(groups).join(", ")}`);

const path = join(import.meta.dirname, "results.md");
const sections = sectionsOf(readFileSync(path, "utf8"));
for (const [name, bench] of Object.entries(groups)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`${name}\n`);
  sections.set(name, (await bench()).join("\n").trim());
  console.log();
}
writeFileSync(path, report());

/** The text under each heading of the second level, by the heading. */
function sectionsOf(markdown: string): Map<string, string> {
  const [, ...parts] = markdown.split(/^## /m);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf("\n");
      return [part.slice(0, end).trim().toLowerCase(), part.slice(end).trim()];
    }),
  );
}

function report(): string {
  const head = [
    "# Results of `npm run bench`",
    "",
    "Ratios of one run a group; times depend on the machine, ratios hardly.",
    "",
  ];
  const known = Object.keys(groups).filter((name) => sections.has(name));
  const texts = known.map(
    (name) => `## ${name[0]!.toUpperCase()}${name.slice(1)}\n\n${sections.get(name)}\n`,
  );
  return `${head.join("\n")}\n${texts.join("\n")}`;
}
