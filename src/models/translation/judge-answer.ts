import { extractJson } from "../extract-json.ts";
import { visibleText } from "./markup-text.ts";
import { textSimilarity } from "./text-similarity.ts";
import type { TranslateItem } from "./translation-engine.ts";

/** An item's answer, or why there is none that can be used. */
export type JudgedItem =
  | { readonly kind: "good"; readonly text: string }
  | { readonly kind: "bad"; readonly reason: string };

const LIKE_ENOUGH = 0.75;
const LONGEST = 4;
const SHORTEST = 0.1;
const REFUSAL =
  /^\W*(?:I(?:['’]m| am) sorry|I (?:can(?:no|['’])t|am (?:not able|unable))|As an AI|I apologi[sz]e|Sorry, (?:but )?I)\b/i;
const PROMPT = /<\/?(?:text|context)\b|"(?:source|target)"\s*:/i;

/**
 * Reads a model's answer to `translationMessages`. An entry counts only when it repeats its own text, so that shifted
 * numbers show, and when its target looks like a translation: not empty, not a refusal, not the prompt, no loop.
 */
export function judgeAnswer(
  answer: string,
  items: readonly TranslateItem[],
  marker: string,
): readonly JudgedItem[] {
  const value = extractJson(answer);
  const entries =
    typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  const sources = items.map(({ text }) => visibleText(text));
  return items.map((_, index) => {
    if (entries === undefined) return bad("the answer was not JSON");
    const entry = entries[String(index + 1)] as { source?: unknown; target?: unknown } | undefined | null;
    if (typeof entry?.target !== "string" || typeof entry.source !== "string") return bad("it was left out");
    const echo = visibleText(entry.source);
    const like = textSimilarity(echo, sources[index]!);
    const other = sources.findIndex((source, at) => at !== index && textSimilarity(echo, source) > like);
    if (like < LIKE_ENOUGH || other >= 0) return bad("the answer belongs to another text");
    return judgeTarget(entry.target, items[index]!.text, marker);
  });
}

function judgeTarget(target: string, source: string, marker: string): JudgedItem {
  const seen = visibleText(target).trim();
  const wanted = visibleText(source).trim();
  if (seen === "") return wanted === "" ? { kind: "good", text: target } : bad("the translation was empty");
  if (target.includes(marker) || (PROMPT.test(target) && !PROMPT.test(source))) {
    return bad("the translation repeats the instructions");
  }
  if (REFUSAL.test(seen) && !REFUSAL.test(wanted)) return bad("the model refused to translate it");
  if (seen.length > LONGEST * wanted.length + 60) return bad("the translation is far longer than the text");
  if (wanted.length > 60 && seen.length < SHORTEST * wanted.length) {
    return bad("the translation is far shorter than the text");
  }
  return { kind: "good", text: target };
}

function bad(reason: string): JudgedItem {
  return { kind: "bad", reason };
}
