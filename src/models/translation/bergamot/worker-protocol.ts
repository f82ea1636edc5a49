/** The files of one direction, absolute paths. Two vocabularies where source and target have their own. */
export type ModelFiles = {
  readonly model: string;
  /** Absent where a model has none: then every word of the vocabulary is weighed, which is slower. */
  readonly shortlist?: string;
  readonly vocabularies: readonly [string] | readonly [source: string, target: string];
};

/** A text for the worker; `html` when it holds markup. */
export type WorkerText = { readonly text: string; readonly html: boolean };

export type WorkerRequest =
  /** Loads a direction under `key`; nothing happens when it is there. */
  | { readonly id: number; readonly kind: "load"; readonly key: string; readonly files: ModelFiles }
  /** One key translates directly, two go through the language between. */
  | {
      readonly id: number;
      readonly kind: "translate";
      readonly keys: readonly string[];
      readonly texts: readonly WorkerText[];
    };

export type WorkerReply =
  | { readonly id: number; readonly texts: readonly string[] }
  /** `isFatal` when the engine's memory can't be trusted any more and the worker has to go. */
  | { readonly id: number; readonly error: string; readonly isFatal: boolean };
