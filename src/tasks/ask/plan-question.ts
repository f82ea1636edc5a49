import type { QueryResult } from "../../data/index.ts";
import { ModelError, QueryError } from "../../errors.ts";
import type { FoundTable } from "../../files/index.ts";
import type { Table } from "../../table.ts";
import type { TaskContext } from "../task.ts";
import { compareWithTotals } from "./compare-with-totals.ts";
import type { Calculation } from "./plan.ts";
import { calculationSql } from "./plan-sql.ts";
import { type Profile, profileTable } from "./profile.ts";
import { readOverTables } from "./read-over-tables.ts";
import { settleReading } from "./settle-reading.ts";
import { suggestQuestions } from "./suggest-questions.ts";

export type PlanQuestionOptions = {
  /** Without one there is nothing to answer, and what can be asked is listed. */
  readonly question: string | undefined;
  readonly tables: readonly FoundTable[];
  readonly run: (query: string) => Promise<QueryResult>;
  /** Writes a calculation as a query. Defaults to one over the loaded tables. */
  readonly sqlOf?: (calculation: Calculation) => string;
  readonly context: TaskContext;
};

/** A question as a query that was run, or why there is none and what can be asked instead. */
export type PlannedQuestion =
  | {
      readonly status: "planned";
      readonly calculation: Calculation;
      readonly query: string;
      readonly result: QueryResult;
      readonly assumptions: readonly string[];
      readonly engine: string;
    }
  | {
      /** The model wrote the query itself; never where `sqlOf` writes for another engine. */
      readonly status: "written";
      readonly query: string;
      readonly result: QueryResult;
      readonly assumptions: readonly string[];
      readonly engine: string;
    }
  | {
      readonly status: "needs-model" | "no-answer";
      readonly reason: string;
      readonly suggestions: readonly string[];
    };

/**
 * Turns a question into a query and runs it: by rules where they leave no doubt, else by the model's plan, which is
 * checked and run the same way.
 */
export async function planQuestion(options: PlanQuestionOptions): Promise<PlannedQuestion> {
  const { question, tables, context } = options;
  const profiles = tables.map(({ table }) => profileTable(table));
  const suggestions = (): Promise<readonly string[]> => answerable(profiles, options);
  if (question === undefined)
    return {
      status: "no-answer",
      reason: "Ask a question about one of these tables.",
      suggestions: await suggestions(),
    };
  const byRules = await planByRules(question, profiles, options);
  if (byRules.status === "planned") return byRules;
  // Loaded only where there is a model to ask: checking its answers takes a hundred modules.
  if (context.model !== undefined) {
    const { canPlan } = await import("./model/plan-with-model.ts");
    if (canPlan(context.model)) return askModel(question, options);
  }
  return { status: "needs-model", reason: byRules.reason, suggestions: await suggestions() };
}

const [fromEachTable, mostSuggestions] = [5, 8];
/** With more rows, trying every suggestion would take longer than people wait for a list. */
const fewRows = 100_000;

/** What can be asked and will be answered: each suggestion is read over all tables, and run where that is quick. */
async function answerable(
  profiles: readonly Profile[],
  options: PlanQuestionOptions,
): Promise<readonly string[]> {
  const found: string[] = [];
  const isQuick = profiles.every(({ table }) => table.rowCount <= fewRows);
  for (const profile of profiles) {
    for (const plain of suggestQuestions(profile, fromEachTable)) {
      const named = `${plain.slice(0, -1)} in ${profile.table.name}?`;
      for (const question of profiles.length > 1 ? [plain, named] : [plain]) {
        if (found.length === mostSuggestions) return found;
        if (found.includes(question) || !(await isAnswered(question, profiles, options, isQuick))) continue;
        found.push(question);
        break;
      }
    }
  }
  return found;
}

async function isAnswered(
  question: string,
  profiles: readonly Profile[],
  options: PlanQuestionOptions,
  isQuick: boolean,
): Promise<boolean> {
  options.context.signal?.throwIfAborted();
  if (!isQuick) return readOverTables(question, profiles)?.doubts.length === 0;
  try {
    return (await planByRules(question, profiles, options)).status === "planned";
  } catch (error) {
    if (error instanceof QueryError) return false;
    throw error;
  }
}

type RulesOutcome =
  | Extract<PlannedQuestion, { readonly status: "planned" }>
  | { readonly status: "unsure"; readonly reason: string };

async function planByRules(
  question: string,
  profiles: readonly Profile[],
  options: PlanQuestionOptions,
): Promise<RulesOutcome> {
  const { tables, run, context } = options;
  // Swedish writes dates as ISO 8601 does.
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: context.timeZone }).format(context.now);
  const reading = readOverTables(question, profiles, { today });
  const isRead = reading !== undefined && reading.doubts.length === 0;
  const settled = isRead
    ? await settleReading(reading, (calculation) => run(sqlOf(calculation, options)))
    : undefined;
  if (isRead && settled?.doubts.length === 0)
    return {
      status: "planned",
      calculation: reading.calculation,
      query: sqlOf(reading.calculation, options),
      result: settled.result,
      assumptions: [
        ...reading.assumptions,
        ...compareWithTotals(reading.calculation, settled.result, tables),
      ],
      engine: "rules",
    };
  const why = (settled?.doubts ?? reading?.doubts ?? []).slice(0, 3).join("; ");
  return {
    status: "unsure",
    reason: `Without a language model this question is not answered for sure${why === "" ? "" : ` (${why})`}.`,
  };
}

/** By the model's plan; where it makes none that can be used and is large enough, by a query of its own. */
async function askModel(question: string, options: PlanQuestionOptions): Promise<PlannedQuestion> {
  try {
    return await planByModel(question, options);
  } catch (error) {
    const { tables, run, context, sqlOf: written } = options;
    const model = context.model!;
    const { canWriteSql, sqlWithModel } = await import("./model/sql-with-model.ts");
    const isNoPlan = error instanceof ModelError && error.code === "model-output";
    if (!isNoPlan || written !== undefined || !canWriteSql(model)) throw error;
    const loaded = tables.map(({ table }) => table);
    const { signal } = context;
    const own = await sqlWithModel(question, loaded, model, { run, ...(signal !== undefined && { signal }) });
    return {
      status: "written",
      ...own,
      assumptions: ["the model wrote the query itself: read it before you rely on the answer"],
      engine: model.id,
    };
  }
}

async function planByModel(question: string, options: PlanQuestionOptions): Promise<PlannedQuestion> {
  const { tables, run, context } = options;
  const model = context.model!;
  const { planWithModel } = await import("./model/plan-with-model.ts");
  const { calculation, agreeing, drawn } = await planWithModel(
    question,
    tables.map(({ table }) => table),
    model,
    {
      repair: (proposed) => problemOf(proposed, options),
      resultOf: async (proposed) => JSON.stringify((await run(sqlOf(proposed, options))).rows),
      ...(context.signal !== undefined && { signal: context.signal }),
    },
  );
  const query = sqlOf(calculation, options);
  const share = drawn > 1 ? [`${agreeing} of ${drawn} plans of the model came to this`] : [];
  const result = await run(query);
  return {
    status: "planned",
    calculation,
    query,
    result,
    assumptions: [
      "the model chose what to compute: look at the query",
      ...share,
      ...compareWithTotals(calculation, result, tables),
    ],
    engine: model.id,
  };
}

/** What the engine says against a plan, or that nothing was found; undefined when it is fine. */
async function problemOf(
  calculation: Calculation,
  options: PlanQuestionOptions,
): Promise<string | undefined> {
  try {
    const { rows } = await options.run(sqlOf(calculation, options));
    return rows.length === 0 ? "the query finds no rows" : undefined;
  } catch (error) {
    if (error instanceof QueryError || error instanceof RangeError) return error.message;
    throw error;
  }
}

function sqlOf(calculation: Calculation, { tables, sqlOf: written }: PlanQuestionOptions): string {
  if (written !== undefined) return written(calculation);
  return calculationSql(calculation, (name): Table => {
    const found = tables.find(({ table }) => table.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new RangeError(`there is no table ${name}`);
    return found.table;
  });
}
