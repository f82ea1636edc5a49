import type { Passage } from "../../../files/passages/passage.ts";
import type { LanguageModel } from "../../../models/index.ts";
import { splitSentences } from "../../edit/split-sentences.ts";
import type { SectionRequest, Sources } from "../types.ts";
import { sectionMessages } from "./prompt.ts";
import { longestRunningText } from "./running-text.ts";
import { answerTokens, type PromptStretch, promptPassage, sectionPrompt } from "./section-prompt.ts";
import type { CitedPassage } from "./settle-sentence.ts";

/** More at once makes models careless. */
const mostPassageTokens = 5_000;
const leastPassageTokens = 100;
/** Of a model's context: the sentences that go back to it. */
const repairShare = 0.1;
/** Of a passage's id and line ends. */
const tokensAround = 12;
/** Characters of a passage that go into a prompt in one piece. */
const longestPart = 1_200;

/** The section's passages in stretches that fit the model's context; one empty stretch where it names none. */
export async function passageGroups(
  request: SectionRequest,
  model: LanguageModel,
  options: Pick<PromptStretch, "styleNotes">,
): Promise<readonly (readonly CitedPassage[])[]> {
  const budget = await roomForPassages(request, model, options);
  const groups: CitedPassage[][] = [[]];
  let used = 0;
  for (const passage of citedPassages(request.section.uses, request.sources)) {
    const { place, text } = promptPassage(passage);
    const tokens = (await model.countTokens(`${place} ${text}`)) + tokensAround;
    if (used + tokens > budget && groups.at(-1)!.length > 0) {
      groups.push([]);
      used = 0;
    }
    groups.at(-1)!.push(passage);
    used += tokens;
  }
  return groups;
}

/** Tokens that rules, request, outline, text so far, refused sentences and the answer leave for passages. */
async function roomForPassages(
  request: SectionRequest,
  model: LanguageModel,
  options: Pick<PromptStretch, "styleNotes">,
): Promise<number> {
  const words = request.section.words;
  const empty = sectionPrompt(request, { ...options, words, group: [], blocks: [] });
  // A random marker has another number of tokens each time, and the same sections are to be cut alike.
  const prompt = { ...empty, before: longestRunningText, marker: "xxxxxxxx" };
  const fixed = await model.countTokens(
    sectionMessages(prompt)
      .map(({ content }) => content)
      .join("\n"),
  );
  const left = model.contextTokens - fixed - answerTokens(model, words) - model.contextTokens * repairShare;
  return Math.min(mostPassageTokens, Math.max(leastPassageTokens, left));
}

function citedPassages(uses: SectionRequest["section"]["uses"], { texts }: Sources): readonly CitedPassage[] {
  return uses.flatMap(({ source, passage: number }, index): readonly CitedPassage[] => {
    const text = texts.find(({ name }) => name === source);
    const passage = text?.passages.find((each: Passage) => each.number === number);
    if (text === undefined || passage === undefined) return [];
    return partsOf(passage.text).map((part) => ({ id: `p${index + 1}`, source: text, passage, text: part }));
  });
}

/** A passage too long for a small context in stretches of whole sentences. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (const { before, text: sentence, after } of splitSentences(text)) {
    const last = parts.at(-1);
    const whole = `${before}${sentence}${after}`;
    if (last === undefined || last.length + whole.length > longestPart) parts.push(whole);
    else parts[parts.length - 1] = last + whole;
  }
  return parts;
}
