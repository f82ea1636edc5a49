import type { FilterPolicy } from "../deployments/types.ts";

/** How bad a text is by a category of harm. */
export type Severity = "safe" | "low" | "medium" | "high";

type HarmCategory = "hate" | "sexual" | "violence" | "self_harm";
type DetectedCategory =
  | "profanity"
  | "jailbreak"
  | "indirect_attack"
  | "protected_material_text"
  | "protected_material_code";

/** What a filter, ours or a hosted one, says of one text. */
export type FilterVerdict =
  | { readonly category: HarmCategory; readonly severity: Severity }
  | { readonly category: DetectedCategory; readonly detected: boolean }
  | {
      readonly category: "personally_identifiable_information";
      readonly detected: boolean;
      /** It was replaced before the call. */
      readonly redacted: boolean;
    };

/** Azure's `content_filter_results`. */
export type ContentFilterResults = {
  readonly [category in FilterVerdict["category"]]?: {
    readonly filtered: boolean;
    readonly severity?: Severity;
    readonly detected?: boolean;
    readonly redacted?: boolean;
  };
};

/** One of Azure's `prompt_filter_results`. */
export type PromptFilterResult = {
  readonly prompt_index: number;
  readonly content_filter_results: ContentFilterResults;
};

/** Whether the text has to be refused under the policy. Azure's default: from medium on, and every detected attack. */
export function isBlocked(verdict: FilterVerdict, policy: FilterPolicy): boolean {
  if (policy !== "block") return false;
  if ("severity" in verdict) return verdict.severity === "medium" || verdict.severity === "high";
  return verdict.detected && verdict.category !== "personally_identifiable_information";
}

/** Verdicts in Azure's shape, for any provider. Categories of harm that nobody judged are absent. */
export function contentFilterResults(
  verdicts: readonly FilterVerdict[],
  policy: FilterPolicy,
): ContentFilterResults {
  const entries = verdicts.map((verdict) => {
    const { category, ...said } = verdict;
    return [category, { filtered: isBlocked(verdict, policy), ...said }] as const;
  });
  return Object.fromEntries(entries);
}

/** Azure's list about the prompts of a request. */
export function promptFilterResults(
  prompts: readonly (readonly FilterVerdict[])[],
  policy: FilterPolicy,
): readonly PromptFilterResult[] {
  return prompts.map((verdicts, index) => ({
    prompt_index: index,
    content_filter_results: contentFilterResults(verdicts, policy),
  }));
}

/** Azure's error for a refused prompt. */
export type ContentFilterError = {
  readonly message: string;
  readonly type: "invalid_request_error";
  readonly param: "prompt";
  readonly code: "content_filter";
  readonly status: 400;
  readonly innererror: object;
  readonly inner_error: object;
};

/** Azure's error for a refused prompt. The live service and its description spell the inner part differently: both are there. */
export function contentFilterError(verdicts: readonly FilterVerdict[]): {
  readonly error: ContentFilterError;
} {
  const results = contentFilterResults(verdicts, "block");
  const inner = { code: "ResponsibleAIPolicyViolation", content_filter_results: results };
  return {
    error: {
      message:
        "The response was filtered due to the prompt triggering the content management policy of this deployment.",
      type: "invalid_request_error",
      param: "prompt",
      code: "content_filter",
      status: 400,
      innererror: { ...inner, content_filter_result: results },
      inner_error: inner,
    },
  };
}

/** The worst verdict of each category. */
export function worstVerdicts(verdicts: readonly FilterVerdict[]): readonly FilterVerdict[] {
  const order: readonly Severity[] = ["safe", "low", "medium", "high"];
  const worst = new Map<string, FilterVerdict>();
  for (const verdict of verdicts) {
    const known = worst.get(verdict.category);
    const rank = (of: FilterVerdict): number =>
      "severity" in of ? order.indexOf(of.severity) : Number(of.detected);
    if (known === undefined || rank(verdict) > rank(known)) worst.set(verdict.category, verdict);
  }
  return [...worst.values()];
}
