import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plainWorkbooks, plantedWorkbooks } from "../src/tasks/insights/planted-workbooks.fixture.ts";
import { scoreWorkbook } from "../src/tasks/insights/score-insights.fixture.ts";

/**
 * Makes workbooks with planted findings from a seed, and scores the finder on them.
 * `node scripts/make-insight-workbooks.ts SEED [PLANTED] [PLAIN] [FOLDER]`: with a folder the workbooks are kept there.
 */
const [seed = 1, planted = 54, plain = 60] = process.argv.slice(2, 5).map(Number);
const folder = process.argv[5];
let [all, found, wrong, recomputed, findings] = [0, 0, 0, 0, 0];
for (const workbook of plantedWorkbooks(seed, planted)) {
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, workbook.name), workbook.bytes);
  }
  const score = await scoreWorkbook(workbook);
  for (const { plant, place } of score.plants) {
    all++;
    if (place > 0 && place <= 5) found++;
    else console.log(`not in the first five: ${workbook.name} ${JSON.stringify(plant)}, place ${place}`);
  }
  for (const each of score.wrong) console.log(`wrong: ${workbook.name}: ${each}`);
  wrong += score.wrong.length;
  recomputed += score.recomputed;
  findings += score.findings.length;
}
console.log(`${found} of ${all} plants in the first five findings of ${planted} workbooks`);
console.log(`${findings} findings, ${recomputed} numbers computed again, ${wrong} wrong`);
let tested = 0;
for (const workbook of plainWorkbooks(seed, plain)) {
  const score = await scoreWorkbook(workbook);
  if (score.tested > 0) tested++;
  for (const each of score.wrong) console.log(`wrong: ${workbook.name}: ${each}`);
}
console.log(`${tested} of ${plain} workbooks of noise have a finding by a test`);
