// How well spans are placed when the engine returns no tags, on sets of gold pairs that are not part of the project.
// Usage: node bench/translation/place-gold-spans.ts FOLDER [PAIRS]   (FOLDER/LANGUAGE.json: [{s, t, spans: [[start, end, start, end]]}])
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type GoldPair, type PlacementScore, scorePlacement } from "./placed-spans.ts";

const [folder = ".", pairs = "2000"] = process.argv.slice(2);
const percent = ({ exact, characterF1 }: PlacementScore): string =>
  `${(100 * exact).toFixed(1)} % / ${characterF1.toFixed(3)}`;

console.log(
  "| language | tagged segments / spans | exact / character F1 | without spans that read the same | training ms | µs a segment |",
);
console.log("|---|---|---|---|---|---|");
for (const name of readdirSync(folder)
  .filter((each) => each.endsWith(".json"))
  .sort()) {
  const all = JSON.parse(readFileSync(join(folder, name), "utf8")) as GoldPair[];
  const chosen = all.slice(0, Number(pairs));
  const score = scorePlacement(chosen);
  const translated = scorePlacement(chosen, true);
  const each = (1000 * score.placing) / score.segments;
  console.log(
    `| ${name.slice(0, -5)} | ${score.segments} / ${score.spans} | ${percent(score)} | ${percent(translated)} | ${score.training.toFixed(0)} | ${each.toFixed(0)} |`,
  );
}
