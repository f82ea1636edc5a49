import { ModelError } from "../../errors.ts";
import type { FilterVerdict, Severity } from "./filter-annotations.ts";
import type { InjectionClassifier, TextFilter } from "./text-filter.ts";

export type PromptShieldOptions = {
  /** The resource: `https://name.cognitiveservices.azure.com`. */
  readonly endpoint: string;
  readonly apiKey: string;
  /** Defaults to `2024-09-01`. */
  readonly apiVersion?: string;
  /** Defaults to the global one. */
  readonly fetch?: typeof fetch;
};

// The service takes 10,000 letters of prompt, and 5 documents of 10,000 letters together.
const MOST_LETTERS = 10_000;

/** Azure AI Content Safety's prompt shield. Long documents are judged in pieces that overlap. */
export function azurePromptShield(options: PromptShieldOptions): InjectionClassifier {
  const version = options.apiVersion ?? "2024-09-01";
  const root = options.endpoint.replace(/\/+$/, "");
  const url = `${root}/contentsafety/text:shieldPrompt?api-version=${version}`;
  const ask = async (
    userPrompt: string,
    documents: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<{ readonly prompt: boolean; readonly documents: readonly boolean[] }> => {
    const headers = { "Ocp-Apim-Subscription-Key": options.apiKey };
    const answer = (await post(options.fetch, url, headers, { userPrompt, documents }, signal)) as {
      userPromptAnalysis?: { attackDetected?: boolean };
      documentsAnalysis?: readonly { attackDetected?: boolean }[];
    };
    return {
      prompt: answer.userPromptAnalysis?.attackDetected === true,
      documents: documents.map((_, index) => answer.documentsAnalysis?.[index]?.attackDetected === true),
    };
  };
  return {
    classify: async ({ prompt, documents, signal }) => {
      const prompts = pieces(prompt);
      const found = await Promise.all(prompts.map((piece) => ask(piece, [], signal)));
      const judged: boolean[] = [];
      for (const document of documents) {
        const each = await Promise.all(pieces(document).map((piece) => ask("", [piece], signal)));
        judged.push(each.some((verdict) => verdict.documents[0] === true));
      }
      return { prompt: found.some((verdict) => verdict.prompt), documents: judged };
    },
  };
}

function pieces(text: string): readonly string[] {
  const found: string[] = [];
  // An attack that lies on a cut is whole in one of two pieces.
  for (let start = 0; start === 0 || start < text.length; start += MOST_LETTERS - 1_000) {
    found.push(text.slice(start, start + MOST_LETTERS));
    if (start + MOST_LETTERS >= text.length) break;
  }
  return found;
}

export type ModerationsOptions = {
  readonly apiKey: string;
  /** Of OpenAI or a compatible gateway, with its version: `https://host/v1`. */
  readonly baseUrl: string;
  /** Defaults to `omni-moderation-latest`. */
  readonly model?: string;
  readonly fetch?: typeof fetch;
};

type ModerationResult = {
  readonly categories?: Readonly<Record<string, boolean>>;
  readonly category_scores?: Readonly<Record<string, number>>;
};

/** OpenAI's moderations as verdicts of severity: by its score, and at least medium where it flags a category. */
export function openaiModerations(options: ModerationsOptions): TextFilter {
  const url = `${options.baseUrl.replace(/\/+$/, "")}/moderations`;
  return {
    judge: async (texts, signal) => {
      const body = { model: options.model ?? "omni-moderation-latest", input: texts };
      const headers = { authorization: `Bearer ${options.apiKey}` };
      const { results } = (await post(options.fetch, url, headers, body, signal)) as {
        results?: readonly ModerationResult[];
      };
      return texts.map((_, index) => {
        const result = results?.[index];
        if (result === undefined) throw unreadable(url);
        return verdictsOf(result);
      });
    },
  };
}

const HARMS = {
  hate: /^hate/,
  sexual: /^sexual/,
  violence: /^violence/,
  self_harm: /^self[-_]harm/,
} as const;

function verdictsOf({
  categories = {},
  category_scores: scores = {},
}: ModerationResult): readonly FilterVerdict[] {
  return (Object.keys(HARMS) as (keyof typeof HARMS)[]).map((category) => {
    const isOurs = ([name]: readonly [string, unknown]): boolean => HARMS[category].test(name);
    const isFlagged = Object.entries(categories).some((entry) => isOurs(entry) && entry[1]);
    const score = Math.max(
      0,
      ...Object.entries(scores)
        .filter(isOurs)
        .map(([, value]) => value),
    );
    return { category, severity: severityOf(score, isFlagged) };
  });
}

function severityOf(score: number, isFlagged: boolean): Severity {
  if (score >= 0.8) return "high";
  if (isFlagged || score >= 0.5) return "medium";
  return score >= 0.2 ? "low" : "safe";
}

async function post(
  fetchIt: typeof fetch = fetch,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: object,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const response = await fetchIt(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new ModelError("model-failed", `the filter at ${new URL(url).origin} could not be reached`, {
      cause,
    });
  });
  if (!response.ok) {
    throw new ModelError("model-failed", `the filter at ${new URL(url).origin} answered ${response.status}`, {
      hint: "check its address and key; texts are not sent on unfiltered",
    });
  }
  return response.json().catch((cause: unknown) => {
    throw new ModelError("model-failed", unreadable(url).message, { cause });
  });
}

function unreadable(url: string): ModelError {
  return new ModelError("model-failed", `the filter at ${new URL(url).origin} answered in another form`);
}
