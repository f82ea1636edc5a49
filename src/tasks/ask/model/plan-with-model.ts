import { ModelError } from "../../../errors.ts";
import type { Json } from "../../../json.ts";
import { generateJson, type LanguageModel } from "../../../models/index.ts";
import type { Table } from "../../../table.ts";
import { checkPlan } from "../check-plan.ts";
import type { Calculation } from "../plan.ts";
import { leftOut } from "./left-out.ts";
import { planJsonSchema } from "./plan-schema.ts";
import { type PlanView, planViews } from "./plan-views.ts";
import { type FailedAnswer, planRules, tablesMessages } from "./prompt.ts";
import { readProposal } from "./read-proposal.ts";

export type PlanWithModelOptions = {
  /** Runs a plan and says what is wrong with it: the engine's error, or that nothing was found. */
  readonly repair: (calculation: Calculation) => Promise<string | undefined>;
  /** The result of a plan as one text, by which samples are compared. Without it the first plan that runs is taken. */
  readonly resultOf?: (calculation: Calculation) => Promise<string>;
  /** How many plans are drawn where `resultOf` is given. Defaults to 3 for models of at most 4 billion parameters, else 1. */
  readonly samples?: number;
  readonly signal?: AbortSignal;
};

export type ModelPlan = {
  readonly calculation: Calculation;
  /** Of the plans drawn, how many came to the same result. */
  readonly agreeing: number;
  readonly drawn: number;
};

const repairRounds = 2;
/** Tokens: more than two plans with six conditions each take. */
const longestPlan = 700;
/** What a prompt of tables may take of a model's context, so that the answer has room. */
const tablesShare = 0.5;

/** In billions. Smaller models write plans of the right form that have nothing to do with the question, and slowly. */
const leastParameters = 0.5;

/** True for models worth asking for a plan; of unknown size are those of providers. */
export function canPlan({ parametersInBillions }: LanguageModel): boolean {
  return parametersInBillions === undefined || parametersInBillions >= leastParameters;
}

/**
 * Asks a model for a plan, checks it against the tables and runs it; what is wrong goes back to the model, twice at
 * most. Small models are asked several times, and the result that most plans come to is taken, two at least. Rejects with the last
 * problem as a `ModelError` when no plan could be used.
 */
export async function planWithModel(
  question: string,
  tables: readonly Table[],
  model: LanguageModel,
  options: PlanWithModelOptions,
): Promise<ModelPlan> {
  const views = await fittingViews(tables, question, model);
  const drawn: Calculation[] = [];
  let failure: unknown;
  const samples = samplesFor(model, options);
  for (let sample = 0; sample < samples; sample++) {
    try {
      drawn.push(await draw(question, views, model, options, sample));
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof ModelError) || error.code !== "model-output") throw error;
      failure = error;
    }
  }
  if (drawn.length === 0) throw failure;
  const chosen = await choose(drawn, options);
  // One plan of three is a guess.
  if (samples > 1 && chosen.agreeing < 2)
    throw new ModelError("model-output", `the plans of ${model.id} came to different results`, {
      hint: "word the question after the columns of the table, or use a larger model: tandem models list",
    });
  return chosen;
}

function samplesFor(model: LanguageModel, { samples, resultOf }: PlanWithModelOptions): number {
  if (resultOf === undefined) return 1;
  return samples ?? (isSmall(model) ? 3 : 1);
}

function isSmall({ parametersInBillions }: LanguageModel): boolean {
  return parametersInBillions !== undefined && parametersInBillions <= 4;
}

/** The tables that the question speaks of first, as many as the model has room for. */
export async function fittingViews(
  tables: readonly Table[],
  question: string,
  model: LanguageModel,
): Promise<readonly PlanView[]> {
  const said = new Set(question.toLowerCase().match(/\p{L}{3,}/gu) ?? []);
  const score = ({ name, columns }: PlanView): number =>
    [name, ...columns.map((each) => each.name)].filter((text) =>
      (text.toLowerCase().match(/\p{L}{3,}/gu) ?? []).some((word) => said.has(word)),
    ).length;
  const views = [...planViews(tables)].sort((a, b) => score(b) - score(a));
  for (let count = views.length; count > 1; count--) {
    const fitting = views.slice(0, count);
    const prompt = tablesMessages({ rules: planRules, question, views: fitting, marker: "00000000" });
    const tokens = await model.countTokens(prompt.map(({ content }) => content).join("\n"));
    if (tokens <= model.contextTokens * tablesShare) return fitting;
  }
  return views.slice(0, 1);
}

async function draw(
  question: string,
  views: readonly PlanView[],
  model: LanguageModel,
  { repair, signal }: PlanWithModelOptions,
  sample: number,
): Promise<Calculation> {
  const tables = [...new Set(views.map(({ table }) => table))];
  const schema = planJsonSchema(tables);
  const marker = crypto.randomUUID().slice(0, 8);
  const failures: FailedAnswer[] = [];
  for (let round = 0; ; round++) {
    const answer = await generateJson<Json>(model, {
      messages: tablesMessages({ rules: planRules, question, views, marker, failures }),
      schema,
      maxTokens: longestPlan,
      // The first sample is the likeliest; the others must differ to be worth anything.
      temperature: sample === 0 && round === 0 ? 0 : 0.6,
      seed: sample * 10 + round,
      ...(signal !== undefined && { signal }),
    });
    const tried = await tryProposal(answer, tables, repair, {
      question,
      // A large model that insists may know better; a small one has to use what the question says.
      isStrict: round === 0 || isSmall(model),
    });
    if ("calculation" in tried) return tried.calculation;
    if (round === repairRounds)
      throw new ModelError("model-output", `${model.id} made no plan that can be used: ${tried.problem}`, {
        hint: "word the question after the columns of the table, or use a larger model: tandem models list",
      });
    failures.push({
      answer: JSON.stringify(answer),
      problem: `That plan cannot be used: ${tried.problem}. Answer the question again with a corrected plan.`,
    });
  }
}

async function tryProposal(
  answer: Json,
  tables: readonly Table[],
  repair: PlanWithModelOptions["repair"],
  { question, isStrict }: { readonly question: string; readonly isStrict: boolean },
): Promise<{ readonly calculation: Calculation } | { readonly problem: string }> {
  const read = readProposal(answer, tables);
  if ("problem" in read) return read;
  const problems = checkPlan(read.calculation, tables);
  if (isStrict) problems.push(...leftOut(question, read.calculation, tables));
  if (problems.length > 0) return { problem: problems.join("; ") };
  const problem = await repair(read.calculation);
  return problem === undefined ? read : { problem };
}

async function choose(drawn: readonly Calculation[], { resultOf }: PlanWithModelOptions): Promise<ModelPlan> {
  const results = await Promise.all(
    drawn.map(async (each) => (resultOf === undefined ? "" : resultOf(each))),
  );
  const count = (result: string): number => results.filter((each) => each === result).length;
  const most = Math.max(...results.map(count));
  const index = results.findIndex((result) => count(result) === most);
  return { calculation: drawn[index]!, agreeing: most, drawn: drawn.length };
}
