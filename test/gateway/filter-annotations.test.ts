import { describe, expect, it } from "vitest";
import {
  contentFilterError,
  contentFilterResults,
  type FilterVerdict,
  promptFilterResults,
} from "../../src/models/safety/filter-annotations.ts";
import { openaiProblems } from "./openai-schemas.ts";

const verdicts: readonly FilterVerdict[] = [
  { category: "hate", severity: "safe" },
  { category: "sexual", severity: "low" },
  { category: "violence", severity: "medium" },
  { category: "self_harm", severity: "high" },
  { category: "profanity", detected: true },
  { category: "jailbreak", detected: true },
  { category: "protected_material_text", detected: false },
];

describe("filter annotations and Azure's description", () => {
  it.each(["annotate", "block"] as const)("agree where the policy is %s", (policy) => {
    const results = contentFilterResults(verdicts, policy);
    expect(openaiProblems("contentFilterPromptResults", results)).toEqual([]);
    expect(openaiProblems("contentFilterChoiceResults", results)).toEqual([]);
    expect(openaiProblems("promptFilterResults", promptFilterResults([verdicts, []], policy))).toEqual([]);
  });

  it("agree on the error of a blocked prompt", () => {
    expect(openaiProblems("errorResponse", contentFilterError(verdicts))).toEqual([]);
  });

  it("would not if a field were missing", () => {
    expect(openaiProblems("contentFilterPromptResults", { hate: { severity: "safe" } })).not.toEqual([]);
    expect(openaiProblems("contentFilterPromptResults", { jailbreak: { filtered: true } })).not.toEqual([]);
  });
});
