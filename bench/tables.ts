import { homedir } from "node:os";
import { parseArgs } from "node:util";
import { openDatabase } from "../src/data/index.ts";
import { ModelError, QueryError } from "../src/errors.ts";
import { connectModel } from "../src/models/connect-model.ts";
import { findEntry, type LanguageModel, parseModelSpec, smallestEntry } from "../src/models/index.ts";
import { cachedModelPath, defaultCacheFolder } from "../src/models/llama/cache-folder.ts";
import type { Table } from "../src/table.ts";
import { loadTables } from "../src/tasks/ask/load-tables.ts";
import { canPlan, planWithModel } from "../src/tasks/ask/model/plan-with-model.ts";
import type { Calculation } from "../src/tasks/ask/plan.ts";
import { calculationSql } from "../src/tasks/ask/plan-sql.ts";
import { type Profile, profileTable } from "../src/tasks/ask/profile.ts";
import { type QuestionReading, readQuestion } from "../src/tasks/ask/read-question.ts";
import { settleReading } from "../src/tasks/ask/settle-reading.ts";
import { formatTable } from "./measure.ts";
import {
  type Collection,
  isRight,
  type TableQuestion,
  tatQuestions,
  wikiTableQuestions,
} from "./table-questions.ts";

// Questions about tables, scored by running what was understood of them: `node bench/tables.ts --corpus FOLDER`.
const { values: options } = parseArgs({
  options: {
    corpus: { type: "string" },
    /** A model as on the command line; `default` is the embedded default when it is in the cache. */
    model: { type: "string" },
    /** Questions of each collection that the model is asked. */
    limit: { type: "string" },
    /** `even` or `odd`: every other question of each collection. */
    half: { type: "string" },
  },
});
const folder = options.corpus ?? process.env.TANDEM_CORPUS;
if (folder === undefined) throw new Error("say where the corpus is: --corpus FOLDER, or TANDEM_CORPUS");

await using database = await openDatabase();
const model = options.model === undefined ? undefined : await openModel(options.model);
const rows = [["collection", "how", "asked", "answered", "right", "right of answered", "right of all"]];
for (const collection of [wikiTableQuestions(folder), tatQuestions(folder)])
  rows.push(...(await scoreCollection(halved(collection))));
console.log(formatTable(rows));
if (model !== undefined && !canPlan(model)) console.log(`\n${model.id} is too small to be asked for plans.`);
await model?.[Symbol.asyncDispose]();

function halved({ name, questions }: Collection): Collection {
  const { half } = options;
  if (half === undefined) return { name, questions };
  return { name, questions: questions.filter((_, index) => index % 2 === (half === "even" ? 0 : 1)) };
}

/** What a way to answer gave for a question; undefined for no answer. */
type Way = (asked: Asked) => Promise<readonly unknown[] | undefined>;
type Asked = { readonly question: TableQuestion; readonly table: Table; readonly profile: Profile };

async function scoreCollection({ name, questions }: Collection): Promise<string[][]> {
  const tables = await readAll(questions);
  const ways: readonly (readonly [string, Way, number])[] = [
    ["floor: the number of rows, or the first cell", floorAnswer, questions.length],
    ["no model, only without a doubt", sureAnswer, questions.length],
    ["no model, every guess", anyAnswer, questions.length],
    ...(model === undefined || !canPlan(model)
      ? []
      : [[`${model.id}, where there was a doubt`, modelAnswer, Number(options.limit ?? 40)] as const]),
  ];
  const lines: string[][] = [];
  for (const [how, way, limit] of ways) {
    const asked = questions.slice(0, limit);
    let [answered, right] = [0, 0];
    for (const question of asked) {
      const table = tables.get(question.tableKey);
      if (table === undefined) continue;
      const found = await way({ question, ...table });
      if (found === undefined) continue;
      answered++;
      if (isRight(question, found)) right++;
    }
    const percent = (whole: number): string =>
      whole === 0 ? "-" : `${((100 * right) / whole).toFixed(1)} %`;
    lines.push([
      name,
      how,
      `${asked.length}`,
      `${answered}`,
      `${right}`,
      percent(answered),
      percent(asked.length),
    ]);
  }
  return lines;
}

/** Every table through the real readers; of several in a file the largest. */
async function readAll(questions: readonly TableQuestion[]): Promise<Map<string, Omit<Asked, "question">>> {
  const found = new Map<string, Omit<Asked, "question">>();
  for (const { tableKey, csv } of questions) {
    if (found.has(tableKey)) continue;
    const { tables } = await loadTables([{ name: "table.csv", bytes: csv }]).catch(() => ({ tables: [] }));
    const [largest] = tables
      .map(({ table }) => table)
      .sort((a, b) => b.rowCount * b.columns.length - a.rowCount * a.columns.length);
    if (largest === undefined) continue;
    const table = { ...largest, name: `table ${database.describe().length + 1}` };
    await database.load(table);
    found.set(tableKey, { table, profile: profileTable(table) });
  }
  return found;
}

async function floorAnswer({ question, table }: Asked): Promise<readonly unknown[]> {
  if (/\bhow (many|much)\b|\bnumber\b/i.test(question.question)) return [table.rowCount];
  const [first] = table.columns;
  return first?.strings === undefined ? [first?.values[0] ?? 0] : [first.strings[first.values[0]!] ?? ""];
}

async function sureAnswer(asked: Asked): Promise<readonly unknown[] | undefined> {
  const settled = await settle(asked);
  return settled !== undefined && settled.doubts.length === 0 ? settled.found : undefined;
}

async function anyAnswer(asked: Asked): Promise<readonly unknown[] | undefined> {
  const settled = await settle(asked);
  return settled === undefined || settled.found.length === 0 ? undefined : settled.found;
}

async function modelAnswer(asked: Asked): Promise<readonly unknown[] | undefined> {
  const sure = await sureAnswer(asked);
  if (sure !== undefined) return sure;
  const run = (calculation: Calculation): Promise<readonly unknown[]> =>
    firstColumn(calculation, asked.table);
  try {
    const { calculation } = await planWithModel(asked.question.question, [asked.table], model!, {
      repair: async (plan) => {
        try {
          return (await run(plan)).length === 0 ? "it finds no rows" : undefined;
        } catch (error) {
          if (error instanceof QueryError || error instanceof RangeError) return error.message;
          throw error;
        }
      },
      resultOf: async (plan) => JSON.stringify(await run(plan)),
    });
    return await run(calculation);
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

async function settle({ question, table, profile }: Asked) {
  const reading: QuestionReading | undefined = readQuestion(question.question, profile);
  if (reading === undefined) return undefined;
  try {
    const { result, doubts } = await settleReading(reading, (calculation) =>
      database.query(calculationSql(calculation, () => table)),
    );
    return { found: result.rows.map((row) => row[0]), doubts };
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}

async function firstColumn(calculation: Calculation, table: Table): Promise<readonly unknown[]> {
  const { rows: found } = await database.query(calculationSql(calculation, () => table));
  return found.map((row) => row[0]);
}

async function openModel(spec: string): Promise<LanguageModel> {
  const setting = parseModelSpec(spec === "default" ? smallestEntry().id : spec);
  if (setting.provider !== "embedded" || setting.path !== undefined) return connectModel(setting);
  const entry = findEntry(setting.model);
  const folderOfModels = defaultCacheFolder(process.env, process.platform, homedir());
  const path = entry && (await cachedModelPath(entry, folderOfModels));
  return connectModel({ ...setting, ...(path !== undefined && { path }) });
}
