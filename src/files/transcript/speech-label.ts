import { findDomain, nameKey, parseSpeaker } from "./speaker-label.ts";

/** A line cut at the colon after its label. */
export type LabelledLine = { readonly label: string; readonly text: string };

const MAX_LABEL = 120;
const PARTICLES = new Set(
  "de del della der den van von vom zu zur zum da das di do dos du la le las los bin ben al el y e of ten ter te af av and the".split(
    " ",
  ),
);

/** Words that head a sentence or a field (`Note: …`, `Deadline: …`) and are nobody's name. */
const HEADINGS = new Set(
  `abstract action actions address age agenda also and answer apologies attendees background because bcc briefly btw but
  call caution caveat cc conclusion context correction cost costs created date deadline decision decisions disclaimer
  duration edit email e-mail ended example file finally first firstly follow-up for from ftp fw fwd fyi goal goals hence
  hint however http https id idea important in introduction item items key keywords last link links list location
  mailto meaning meeting my name namely names nb next note notes on one option options or our outcome p.s. page
  participants phase phone plan point present price problem ps purpose question questions quote re reason recap recording
  ref references remember result results risk risks second secondly section see so solution source spoiler started status
  step subject summary table that then therefore there these third thirdly this three time tip title tldr tl;dr to today
  todo to-do tomorrow topic topics total transcript two type update url value version warning what when where which who
  why with yesterday`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

/**
 * Cuts `Label: text` at the first colon outside brackets that belongs to no time (`3:30`) and no address (`https://`).
 * Full-width colons count. Looks at the first 160 characters only, so a line of megabytes costs nothing.
 */
export function splitLabel(line: string): LabelledLine | undefined {
  const head = line.slice(0, 160);
  const at = colonAt(head, true) ?? colonAt(head, false);
  if (at === undefined) return undefined;
  const label = head.slice(0, at).trim();
  if (label.length === 0 || label.length > MAX_LABEL) return undefined;
  return { label, text: line.slice(at + 1).trim() };
}

/** Whether a label reads like a person's or a role's name even when it stands in the file only once. */
export function looksLikeName(label: string): boolean {
  if (parseSpeaker(label)?.domain !== undefined) return true;
  const words = nameWords(label);
  const first = words[0] ?? "";
  if (words.length < 1 || words.length > 6 || !isPossibleLabel(label)) return false;
  return !/^\p{Ll}/u.test(first) && words.every((word) => isNameWord(word));
}

/** `Lee`, `de`, `d'Artois`: what may stand in a name. */
function isNameWord(word: string): boolean {
  return !/^\p{Ll}/u.test(word) || /^\p{Ll}{1,2}['’]\p{Lu}/u.test(word) || PARTICLES.has(word);
}

/** Whether a label could be a speaker's at all: short, no sentence, no heading. */
export function isPossibleLabel(label: string): boolean {
  const first = nameWords(label)[0] ?? "";
  return isShortLabel(label) && !HEADINGS.has(first.toLowerCase().replace(/[.,]$/, ""));
}

/** Whether a label is short and no sentence. Enough behind a time, where a name is expected. */
export function isShortLabel(label: string): boolean {
  if (label.length > MAX_LABEL || /[?!;"“”…<>{}|\\=]/.test(label.replace(/<[^<>]*>/g, ""))) return false;
  const count = countNameWords(label);
  return count > 0 && count <= 8 && /\p{L}/u.test(label);
}

/** Words of a label outside its brackets. */
export function countNameWords(label: string): number {
  return nameWords(label).length;
}

/**
 * Which of the labels found at line starts are speakers: those that look like a name, and those that come again
 * (a lower-case one must be short and come three times). Returns their keys, see `nameKey`.
 */
export function chooseLabels(labels: readonly string[]): Set<string> {
  const spelled = new Map<string, number>();
  for (const label of labels) spelled.set(label, (spelled.get(label) ?? 0) + 1);
  const counts = new Map<string, { label: string; count: number }>();
  for (const [label, count] of spelled) {
    const key = nameKey(label);
    const before = counts.get(key);
    counts.set(key, { label: before?.label ?? label, count: count + (before?.count ?? 0) });
  }
  const chosen = new Set<string>();
  for (const [key, { label, count }] of counts) {
    const isLower = /^\p{Ll}/u.test(label);
    const comesAgain = isLower ? count >= 3 && nameWords(label).length <= 3 : count >= 2;
    if (looksLikeName(label) || (comesAgain && isPossibleLabel(label))) chosen.add(key);
  }
  return chosen;
}

/** Whether the label names an organisation's domain, which only speakers do. */
export function hasDomain(label: string): boolean {
  return parseSpeaker(label)?.domain !== undefined && findDomain(label) === undefined;
}

function nameWords(label: string): string[] {
  return label
    .replace(/\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\]|<[^>]*>/g, " ")
    .split(/\s+/)
    .filter((word) => word !== "");
}

function colonAt(head: string, respectBrackets: boolean): number | undefined {
  let depth = 0;
  for (let index = 0; index < head.length; index += 1) {
    const char = head.charAt(index);
    if (respectBrackets && "([（【".includes(char)) depth += 1;
    else if (respectBrackets && ")]）】".includes(char)) depth = Math.max(0, depth - 1);
    else if ((char === ":" || char === "：") && depth === 0) {
      if (head.startsWith("//", index + 1)) return undefined;
      const isTime = /\d/.test(head.charAt(index - 1)) && /\d/.test(head.charAt(index + 1));
      if (!isTime) return index;
    }
  }
  return undefined;
}
