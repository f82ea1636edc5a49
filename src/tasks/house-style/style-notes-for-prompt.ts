import type { HouseRule } from "./types.ts";

/** The rules as lines for a model's instructions, in the person's own words; "" when there is none. */
export function styleNotesForPrompt(rules: readonly HouseRule[]): string {
  if (rules.length === 0) return "";
  const lines = rules.map(
    ({ id, text, reason }) => `- ${id}: ${oneLine(text)}${reason === "" ? "" : ` (${oneLine(reason)})`}`,
  );
  return ["House style. Keep to every rule:", ...lines].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
