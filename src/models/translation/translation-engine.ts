/**
 * How an engine carries inline codes. `html`: elements as in HTML, it may split or repeat them; `xml`: the tags
 * `<g1>…</g1>` and `<x2/>`, it may lose or move them; `none`: plain text, codes are placed afterwards.
 */
export type TagSupport = "none" | "html" | "xml";

export type EngineCapabilities = {
  readonly tags: TagSupport;
  /** True when `terms` of a request are followed. */
  readonly glossary: boolean;
  /** True when `before`, `after` and `summary` are read. */
  readonly context: boolean;
  /** Most UTF-16 units in one item; longer ones are refused. */
  readonly maxCharacters: number;
  /** Most items worth sending in one request. */
  readonly batchSize: number;
};

/** A pair of words or phrases that the target must use. */
export type EngineTerm = { readonly source: string; readonly target: string };

export type TranslateItem = {
  readonly id: string;
  /** In the encoding that `capabilities.tags` names: escaped markup for `html` and `xml`, plain text for `none`. */
  readonly text: string;
  /** The text before and after it in the file, plain. */
  readonly before?: string;
  readonly after?: string;
  /** What was wrong with the last answer for this item, for an engine that can be told. */
  readonly complaint?: string;
  /** Translations of similar texts, the best first, for an engine that reads context. */
  readonly similar?: readonly EngineTerm[];
};

export type TranslateRequest = {
  /** BCP 47 tags; region and script may matter (`pt-BR`, `zh-Hant`). */
  readonly source: string;
  readonly target: string;
  readonly items: readonly TranslateItem[];
  readonly terms?: readonly EngineTerm[];
  readonly formality?: "formal" | "informal";
  /** What the whole file is about, in a sentence or two. */
  readonly summary?: string;
  readonly signal?: AbortSignal;
};

export type TranslatedItem = {
  readonly id: string;
  readonly text: string;
  /** 0 to 1, higher is surer; absent where the engine says nothing. */
  readonly score?: number;
};

/** An item that got no translation, and why in one sentence; never counted as done. */
export type FailedItem = { readonly id: string; readonly reason: string };

export type TranslateResponse = {
  /** Ids that were asked for, each at most once, in any order. */
  readonly items: readonly TranslatedItem[];
  readonly failed: readonly FailedItem[];
};

/**
 * What turns text of one language into another, wherever it runs. Failures of a whole request are `ModelError`; an abort
 * rejects with the signal's reason.
 */
export interface TranslationEngine {
  /** For example `bergamot`, `apertium`, `deepl`. */
  readonly id: string;
  /** True when no text leaves this machine. */
  readonly isLocal: boolean;
  readonly capabilities: EngineCapabilities;
  /** Undefined when the pair can be translated, else a sentence that says why not and what to do. */
  missing(source: string, target: string): Promise<string | undefined>;
  translate(request: TranslateRequest): Promise<TranslateResponse>;
  [Symbol.asyncDispose](): Promise<void>;
}
