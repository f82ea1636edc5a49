import type { ContentRun } from "../../files/docx/create/content.ts";
import { plainOf } from "./sentences.ts";
import type { Action, Evidence, Item } from "./types.ts";

const run = (text: string): ContentRun => ({ text });
const bold = (text: string): ContentRun => ({ text, bold: true });
const italic = (text: string): ContentRun => ({ text, italic: true });

const LONGEST = 200;
/** Quotes beside an item on paper; the JSON has them all. */
const MOST_QUOTES = 2;

/** A transcriber's marks left out; a very long quote is cut at a word with an ellipsis. The JSON has the whole one. */
function onPaper(quote: string): string {
  const flat = quote
    .replace(/\{[^{}]{0,40}\}/gu, " ")
    .replace(/\s+([,.;:?!])/gu, "$1")
    .replace(/\s+/gu, " ")
    .trim();
  return flat.length <= LONGEST ? flat : `${flat.slice(0, LONGEST).replace(/\s\S*$/u, "")} …`;
}

/** Who and when, or the line when neither is known. */
function placeOf(evidence: Evidence): string {
  const place = [evidence.speaker, evidence.time].filter((part) => part !== undefined).join(", ");
  return place === "" ? `line ${evidence.cue + 1}` : place;
}

/** Who said it, when, and the words. */
export function sourceRuns(evidence: readonly Evidence[]): ContentRun[] {
  return evidence.flatMap((one, index) => [
    ...(index === 0 ? [] : [run(" · ")]),
    run(`${placeOf(one)}: `),
    italic(`“${onPaper(one.quote)}”`),
  ]);
}

/** The evidence whose words the text already is (but for fillers and a lead-in), so that printing both says it twice. */
function sourceOf(text: string, evidence: readonly Evidence[]): Evidence | undefined {
  const fold = (one: string): string =>
    plainOf(one)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const said = fold(text);
  return evidence.find((one) => {
    const quote = fold(one.quote);
    return quote.includes(said) && said.length > 0.5 * quote.length;
  });
}

/** `I` and `you` are somebody's words: they stand in quotation marks where they are verbatim. */
function inQuotes(text: string, quote: string): string {
  const isPersonal = /(?<![\p{L}])(?:i|we|you|my|our|your|me|us)(?![\p{L}])/iu.test(text);
  const isVerbatim = quote.replace(/\s+/gu, " ").includes(text.slice(1).trim());
  return isPersonal && isVerbatim ? `“${text}”` : text;
}

/** A decision, question or summary line: its words, who said them when, and what else it rests on. */
export function itemRuns(item: Item): ContentRun[] {
  const source = sourceOf(item.text, item.evidence);
  if (source === undefined)
    return [bold(item.text), run(" ("), ...sourceRuns(item.evidence.slice(0, MOST_QUOTES + 1)), run(")")];
  const rest = item.evidence.filter((one) => one !== source).slice(0, MOST_QUOTES);
  return [
    bold(inQuotes(item.text, source.quote)),
    run(` (${placeOf(source)}`),
    ...(rest.length === 0 ? [] : [run("; "), ...sourceRuns(rest)]),
    run(")"),
  ];
}

/** What is to be done, with the words behind it. */
export function actionRuns(action: Action): ContentRun[] {
  if (sourceOf(action.text, action.evidence) !== undefined) return itemRuns(action);
  const said = action.evidence.filter((one) => !action.text.includes(one.quote)).slice(0, MOST_QUOTES);
  const [first] = action.evidence;
  if (said.length === 0 && first !== undefined) return [bold(action.text), run(` (${placeOf(first)})`)];
  return [bold(action.text), run(" — "), ...sourceRuns(said)];
}
