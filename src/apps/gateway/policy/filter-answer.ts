import type { FilterPolicy } from "../../../models/deployments/types.ts";
import {
  type ContentFilterResults,
  contentFilterResults,
  type FilterVerdict,
  isBlocked,
  type PromptFilterResult,
  worstVerdicts,
} from "../../../models/safety/filter-annotations.ts";
import type { AnswerTransform } from "./answer-transform.ts";
import type { Judge } from "./judge-call.ts";
import { isWord } from "./mask-call.ts";
import { rewriteJsonStrings } from "./rewrite-json-strings.ts";
import { StreamRewriter } from "./rewrite-stream.ts";
import { sentencePipe } from "./sentence-pipe.ts";
import { readFrame, type StreamFrame, type TextPiece } from "./stream-frame.ts";
import { type TextPipe, wholeTextPipe } from "./text-pipe.ts";

export type FilterAnswerOptions = {
  readonly filterPolicy: FilterPolicy;
  readonly judge: Judge;
  readonly promptResults: Promise<readonly PromptFilterResult[]>;
};

type JsonObject = Record<string, unknown>;

/** One choice, or one response. */
type Said = { text: string; verdicts: readonly FilterVerdict[]; isBlocked: boolean };

/**
 * Adds what the filters found in Azure's form, whoever answers: `prompt_filter_results` and `content_filter_results`, at
 * responses `content_filters`. What an Azure provider has written itself stays. Refused text is withheld.
 */
export function filterAnswer(options: FilterAnswerOptions): AnswerTransform {
  const stream = new FilteredStream(options);
  return {
    answer: async (json) => JSON.stringify(await filterWhole(JSON.parse(json) as JsonObject, options)),
    frames: (frames) => stream.frames(frames),
    end: () => stream.end(),
  };
}

async function filterWhole(answer: JsonObject, options: FilterAnswerOptions): Promise<JsonObject> {
  const prompts = await options.promptResults;
  if (Array.isArray(answer.choices)) {
    addPromptResults(answer, prompts);
    for (const choice of answer.choices as JsonObject[]) {
      const said = await judged(textOf(choice.message ?? choice.text), options);
      closeChoice(choice, said, options.filterPolicy);
      if (said.isBlocked) withholdChoice(choice);
    }
  } else if (answer.object === "response") {
    const said = await judged(textOf(answer.output), options);
    closeResponse(answer, said, prompts, options.filterPolicy);
  }
  return answer;
}

async function judged(text: string, { judge, filterPolicy }: FilterAnswerOptions): Promise<Said> {
  const verdicts = [...(await judge.elsewhere(text)), ...judge.here([text])];
  return { text, verdicts, isBlocked: verdicts.some((each) => isBlocked(each, filterPolicy)) };
}

class FilteredStream {
  readonly #options: FilterAnswerOptions;
  readonly #rewriter: StreamRewriter;
  readonly #said = new Map<string, Said>();
  #isOpened = false;

  constructor(options: FilterAnswerOptions) {
    this.#options = options;
    this.#rewriter = new StreamRewriter({
      pipeFor: (piece) => this.#pipeFor(piece),
      finish: (frame) => this.#finish(frame),
    });
  }

  async frames(frames: readonly Buffer[]): Promise<readonly Buffer[]> {
    return this.#rewriter.frames(this.#isOpened ? frames : await this.#opened(frames));
  }

  end(): Promise<readonly Buffer[]> {
    return this.#rewriter.end();
  }

  /** Azure begins with a chunk that has no choices and what was found in the prompt. */
  async #opened(frames: readonly Buffer[]): Promise<readonly Buffer[]> {
    const at = frames.findIndex((frame) => readFrame(frame).data?.choices !== undefined);
    if (at < 0) return frames;
    this.#isOpened = true;
    const first = readFrame(frames[at]!).data!;
    if (first.prompt_filter_results !== undefined) return frames;
    const { id, object, created, model } = first;
    const results = await this.#options.promptResults;
    const chunk = { id, object, created, model, choices: [], prompt_filter_results: results };
    const opening = Buffer.from(`data: ${JSON.stringify(chunk)}\n\n`);
    return [...frames.slice(0, at), opening, ...frames.slice(at)];
  }

  #saidIn(channel: string): Said {
    const name = /^choice [^:]*:/.exec(channel)?.[0] ?? "";
    const known = this.#said.get(name);
    if (known !== undefined) return known;
    const said: Said = { text: "", verdicts: [], isBlocked: false };
    this.#said.set(name, said);
    return said;
  }

  #pipeFor({ channel, isArguments }: TextPiece): TextPipe {
    const said = this.#saidIn(channel);
    const { judge } = this.#options;
    if (!judge.canBlockAnswers) return listening(said);
    const isRefused = async (text: string): Promise<boolean> => {
      const verdicts = await judge.elsewhere(text);
      said.verdicts = worstVerdicts([...said.verdicts, ...verdicts]);
      if (verdicts.some((each) => isBlocked(each, "block"))) return true;
      said.text += text;
      return false;
    };
    if (!isArguments) return sentencePipe(isRefused, said);
    const whole = wholeTextPipe(async (text) => {
      if (!said.isBlocked && (await isRefused(text))) said.isBlocked = true;
      return said.isBlocked ? "" : text;
    });
    return whole;
  }

  async #finish({ data = {}, isLast }: StreamFrame): Promise<boolean> {
    const { filterPolicy, promptResults } = this.#options;
    if (Array.isArray(data.choices)) {
      let isChanged = data.prompt_filter_results !== undefined;
      if (isChanged) addPromptResults(data, await promptResults);
      for (const choice of data.choices as JsonObject[]) {
        const said = this.#saidIn(`choice ${String(choice.index)}:`);
        if (said.isBlocked) hideLogprobs(choice);
        if (typeof choice.finish_reason !== "string") continue;
        closeChoice(choice, await this.#judged(said), filterPolicy);
        isChanged = true;
      }
      return isChanged;
    }
    const said = this.#saidIn("");
    if (isLast) {
      const response = data.response as JsonObject;
      closeResponse(response, await this.#judged(said), await promptResults, filterPolicy);
      if (said.isBlocked && data.type === "response.completed") data.type = "response.incomplete";
      return true;
    }
    if (!said.isBlocked || !/\.(done|added)$/.test(String(data.type))) return false;
    Object.assign(data, blanked(data));
    return true;
  }

  async #judged(said: Said): Promise<Said> {
    const { judge } = this.#options;
    const elsewhere = judge.canBlockAnswers ? said.verdicts : await judge.elsewhere(said.text);
    return { ...said, verdicts: [...elsewhere, ...judge.here([said.text])] };
  }
}

/** Hears a text that goes on as it is. */
function listening(said: Said): TextPipe {
  return {
    push: (piece) => {
      said.text += piece;
      return piece;
    },
    end: () => "",
    held: () => 0,
  };
}

function addPromptResults(answer: JsonObject, ours: readonly PromptFilterResult[]): void {
  const theirs = Array.isArray(answer.prompt_filter_results) ? answer.prompt_filter_results : [];
  const indexes = new Set([...theirs, ...ours].map(({ prompt_index }: PromptFilterResult) => prompt_index));
  answer.prompt_filter_results = [...indexes].map((index) => {
    const find = (list: readonly PromptFilterResult[]): PromptFilterResult | undefined =>
      list.find(({ prompt_index }) => prompt_index === index);
    const [their, our] = [find(theirs), find(ours)];
    const results = { ...our?.content_filter_results, ...their?.content_filter_results };
    return { prompt_index: index, ...their, content_filter_results: results };
  });
}

function closeChoice(choice: JsonObject, said: Said, filterPolicy: FilterPolicy): void {
  const ours = contentFilterResults(said.verdicts, filterPolicy);
  choice.content_filter_results = merged(ours, choice.content_filter_results, said.isBlocked);
  if (said.isBlocked) choice.finish_reason = "content_filter";
}

/** The provider's own word counts, except where ours is the reason why the text is missing. */
function merged(ours: ContentFilterResults, theirs: unknown, isBlocked: boolean): object {
  const own = typeof theirs === "object" && theirs !== null ? theirs : {};
  return isBlocked ? { ...own, ...ours } : { ...ours, ...own };
}

function withholdChoice(choice: JsonObject): void {
  hideLogprobs(choice);
  if (typeof choice.text === "string") choice.text = "";
  if (choice.message === undefined) return;
  const { role = "assistant" } = choice.message as JsonObject;
  choice.message = { role, content: null, refusal: null };
}

function hideLogprobs(choice: JsonObject): void {
  if (choice.logprobs !== undefined) choice.logprobs = null;
}

function closeResponse(
  response: JsonObject,
  said: Said,
  prompts: readonly PromptFilterResult[],
  filterPolicy: FilterPolicy,
): void {
  const theirs = (Array.isArray(response.content_filters) ? response.content_filters : []) as JsonObject[];
  const completion = contentFilterResults(said.verdicts, filterPolicy);
  const ours = [
    ...prompts.map(({ content_filter_results }) => filterOf("prompt", content_filter_results, false)),
    filterOf("completion", completion, said.isBlocked),
  ];
  const missing = ours.filter(({ source_type }) => !theirs.some((each) => each.source_type === source_type));
  const kept = theirs.map((their) => {
    const our = ours.find(({ source_type }) => source_type === their.source_type);
    const results = merged(our?.content_filter_results ?? {}, their.content_filter_results, said.isBlocked);
    return { ...their, content_filter_results: results };
  });
  response.content_filters = [...kept, ...missing];
  if (!said.isBlocked) return;
  response.status = "incomplete";
  response.incomplete_details = { reason: "content_filter" };
  response.output = [];
  if (typeof response.output_text === "string") response.output_text = "";
}

function filterOf(
  source: "prompt" | "completion",
  results: ContentFilterResults,
  blocked: boolean,
): { readonly blocked: boolean; readonly source_type: string; readonly content_filter_results: object } {
  return { blocked, source_type: source, content_filter_results: results };
}

/** All that is said in an answer, its arguments for tools included. */
function textOf(value: unknown): string {
  const texts: string[] = [];
  rewriteJsonStrings(JSON.stringify(value ?? null), (text, place) => {
    if (!isWord(place)) texts.push(text);
    return text;
  });
  return texts.join("\n");
}

function blanked(data: JsonObject): JsonObject {
  const json = rewriteJsonStrings(JSON.stringify(data), (text, place) => (isWord(place) ? text : ""));
  return JSON.parse(json) as JsonObject;
}
