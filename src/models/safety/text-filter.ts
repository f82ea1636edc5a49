import type { FilterVerdict } from "./filter-annotations.ts";

/** A judge of texts that came from people or documents, ours or hosted. */
export interface InjectionClassifier {
  /** Whether the prompt, and each of the documents, tries to give orders that are not the user's. */
  classify(request: InjectionRequest): Promise<InjectionVerdict>;
}

export type InjectionRequest = {
  readonly prompt: string;
  readonly documents: readonly string[];
  readonly signal?: AbortSignal;
};

export type InjectionVerdict = { readonly prompt: boolean; readonly documents: readonly boolean[] };

/** A judge of what a text says: hate, violence and so on. One list a text. */
export interface TextFilter {
  judge(texts: readonly string[], signal?: AbortSignal): Promise<readonly (readonly FilterVerdict[])[]>;
}

/** The classifier's verdict as annotations. */
export function injectionVerdicts(verdict: InjectionVerdict): readonly FilterVerdict[] {
  return [
    { category: "jailbreak", detected: verdict.prompt },
    { category: "indirect_attack", detected: verdict.documents.some((each) => each) },
  ];
}
