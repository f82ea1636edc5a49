import type { QueryResult } from "../../../data/index.ts";
import { ModelError, QueryError } from "../../../errors.ts";
import type { JsonSchema } from "../../../json.ts";
import { generateJson, type LanguageModel } from "../../../models/index.ts";
import type { Table } from "../../../table.ts";
import { fittingViews } from "./plan-with-model.ts";
import { type FailedAnswer, tablesMessages } from "./prompt.ts";

export type SqlWithModelOptions = {
  /** Runs a query under the same checks as a person's own. Rejects with `QueryError` for one that is refused or wrong. */
  readonly run: (query: string) => Promise<QueryResult>;
  readonly signal?: AbortSignal;
};

export type ModelQuery = { readonly query: string; readonly result: QueryResult };

const repairRounds = 2;
/** Tokens. */
const longestQuery = 900;
/** In billions: smaller models write SQL that runs and means something else. */
const leastParameters = 3;

/** True for models that may write a query where no plan of theirs could be used; of unknown size are those of providers. */
export function canWriteSql({ parametersInBillions }: LanguageModel): boolean {
  return parametersInBillions === undefined || parametersInBillions >= leastParameters;
}

const schema: JsonSchema = {
  type: "object",
  properties: { sql: { type: "string" } },
  required: ["sql"],
  additionalProperties: false,
};

const rules: readonly string[] = [
  "You write one SELECT in DuckDB's SQL that answers a question about tables. A program runs it; you never state a result or a number of your own.",
  "Use only the tables and columns that are listed, in double quotes as they stand there. Common table expressions, joins and window functions are fine; nothing that reads files or changes anything is.",
  "Name every column of the result so that a reader understands it. Round nothing. Leave out rows that only sum others up.",
  'Answer with JSON: {"sql": "select …"}.',
];

/**
 * Has a model write the query itself, for questions that no plan can say. The engine's error goes back to it, twice at
 * most; a result without rows counts as an error. Rejects with a `ModelError` when no query could be used.
 */
export async function sqlWithModel(
  question: string,
  tables: readonly Table[],
  model: LanguageModel,
  { run, signal }: SqlWithModelOptions,
): Promise<ModelQuery> {
  const views = (await fittingViews(tables, question, model)).filter(({ unpivot }) => unpivot === undefined);
  // Random, so that no table can know and imitate it.
  const marker = crypto.randomUUID().slice(0, 8);
  const failures: FailedAnswer[] = [];
  for (let round = 0; ; round++) {
    const { sql: query } = await generateJson<{ readonly sql: string }>(model, {
      messages: tablesMessages({ rules, question, views, marker, failures }),
      schema,
      maxTokens: longestQuery,
      ...(signal !== undefined && { signal }),
    });
    const tried = await tryQuery(query, run);
    if (typeof tried !== "string") return { query, result: tried };
    if (round === repairRounds)
      throw new ModelError("model-output", `${model.id} wrote no query that can be used: ${tried}`, {
        hint: "word the question after the columns of the table, or give a query of your own: --sql",
      });
    failures.push({
      answer: JSON.stringify({ sql: query }),
      problem: `That query cannot be used: ${tried}. Answer with a corrected one.`,
    });
  }
}

async function tryQuery(query: string, run: SqlWithModelOptions["run"]): Promise<QueryResult | string> {
  try {
    const result = await run(query);
    return result.rows.length === 0 ? "it finds no rows" : result;
  } catch (error) {
    if (error instanceof QueryError) return error.message;
    throw error;
  }
}
