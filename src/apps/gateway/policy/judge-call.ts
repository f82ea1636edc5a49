import type { DataPolicy, FilterPolicy } from "../../../models/deployments/types.ts";
import { type FilterVerdict, worstVerdicts } from "../../../models/safety/filter-annotations.ts";
import { findPersonalData } from "../../../models/safety/find-personal-data.ts";
import { findSecrets } from "../../../models/safety/find-secrets.ts";
import { type MaskSession, maskText } from "../../../models/safety/mask-text.ts";
import {
  type InjectionClassifier,
  injectionVerdicts,
  type TextFilter,
} from "../../../models/safety/text-filter.ts";
import { WireError } from "../wire/wire-error.ts";
import type { PromptTexts } from "./prompt-texts.ts";

/** Filters besides our own rules; what is absent judges nothing. */
export type Filters = {
  readonly texts?: TextFilter;
  readonly injections?: InjectionClassifier;
  /** True where they run on machines of the user, so that any text may go to them. Defaults to false. */
  readonly areLocal?: boolean;
};

/** Opens filters for one call; all that leaves for them goes through `send`. */
export type OpenFilters = (send: typeof fetch) => Filters;

export type JudgeOptions = {
  readonly filters: Filters;
  readonly filterPolicy: FilterPolicy;
  /** What may leave: filters elsewhere get nothing under `local-only`, masked text under `redact`. */
  readonly dataPolicy: DataPolicy;
  readonly session: MaskSession;
};

/** Judges the texts of one call. Says nothing of a category that nobody judged. */
export type Judge = {
  /** One list a prompt. */
  readonly prompts: (texts: PromptTexts) => Promise<readonly (readonly FilterVerdict[])[]>;
  /** By filters besides our own rules. */
  readonly elsewhere: (text: string) => Promise<readonly FilterVerdict[]>;
  /** By our own rules. */
  readonly here: (texts: readonly string[]) => readonly FilterVerdict[];
  /** True when an answer could be blocked: our own rules only annotate. */
  readonly canBlockAnswers: boolean;
};

export function judgeCall({ filters, filterPolicy, dataPolicy, session }: JudgeOptions): Judge {
  const isAway = filters.areLocal !== true;
  const { texts, injections } = isAway && dataPolicy === "local-only" ? {} : filters;
  const leaving = (text: string): string =>
    isAway && dataPolicy === "redact" ? maskText(text, session).text : text;
  const ask = async (run: () => Promise<readonly FilterVerdict[]>): Promise<readonly FilterVerdict[]> => {
    try {
      return await run();
    } catch (cause) {
      if (filterPolicy === "block") throw unavailable(cause);
      return [];
    }
  };
  const harms = (judged: readonly string[]): Promise<readonly FilterVerdict[]> =>
    ask(async () => {
      const meant = judged.filter((text) => text.trim() !== "");
      if (texts === undefined || meant.length === 0) return [];
      return worstVerdicts((await texts.judge(meant.map(leaving))).flat());
    });
  const attacks = (
    prompt: readonly string[],
    documents: readonly string[],
  ): Promise<readonly FilterVerdict[]> =>
    ask(async () => {
      if (injections === undefined || prompt.length === 0) return [];
      const asked = { prompt: leaving(prompt.join("\n")), documents: documents.map(leaving) };
      const verdicts = injectionVerdicts(await injections.classify(asked));
      return verdicts.filter(({ category }) => category !== "indirect_attack" || documents.length > 0);
    });
  return {
    prompts: async ({ prompts, documents }) =>
      Promise.all(
        prompts.map(async (each) => [
          ...(await harms(each)),
          ...(await attacks(each, documents)),
          ...personalData(each),
        ]),
      ),
    elsewhere: (text) => harms([text]),
    here: personalData,
    canBlockAnswers: filterPolicy === "block" && texts !== undefined,
  };
}

function personalData(texts: readonly string[]): readonly FilterVerdict[] {
  const detected = texts.some((text) => findSecrets(text).length > 0 || findPersonalData(text).length > 0);
  return [{ category: "personally_identifiable_information", detected, redacted: false }];
}

function unavailable(cause: unknown): WireError {
  return new WireError({
    status: 503,
    code: "filter_unavailable",
    message: "The content filter could not be asked; texts are not passed on unfiltered.",
    retryAfterMs: 1_000,
    cause,
  });
}
