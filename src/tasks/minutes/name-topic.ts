import { isStopWord, numberWord, stemOf, wordsOf } from "./words.ts";

/** Words that say when or how, or are verbs of talking, and make poor titles. */
const NO_TITLE =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|october|november|december|today|tomorrow|time|times|week|weeks|month|months|year|years|next|last|minute|minutes|hour|hours|perfect|sorry|later|again|already|always|almost|another|around|between|course|else|enough|everybody|everyone|hear|honestly|idea|instead|less|little|long|loud|matter|mention|moment|nice|number|only|other|part|perhaps|place|pretty|problem|quick|quickly|reason|same|send|show|side|simply|since|start|still|talk|tell|there|together|true|used|using|usually|work|works|working|yet|agreed|decided|whatever|somehow|especially|exactly|definitely|absolutely|obviously|either|rather|second|seconds|guess|sense|sounds|trying|happen|happened|happens|called|making|having|doing|being|looking|saying|talking|thinking|better|best|bigger|small|large|whether|without|within|while|disfmarker|vocalsound|gap|inaudible|laughter|pause|half|half past|first|third|lot|lots|big|new|old|high|low|good|bad|hard|easy|case|cases|kind|sort|type|types|way|ways|sure|example|fact|point|points|end|bottom|top|line|rest|area|areas|issue|issues|question|questions|answer|answers|discussion|day|days|morning|afternoon|evening|people|person|guys|chair|speaker|minister|member|members|mr|mrs|ms|page|pages|world|life|bit|everything|something|anything|nothing|run|ask|asks|asked|need|needs|want|wants|make|makes|give|gives|given|gave|find|found|keep|call|calls|look|looks|love|hope|say|says|use|uses|close|stuck|spend|drilling|clear|free|full|whole|different|important|possible|available|current|previous|main|real|able|ready|certain|several|various|such|per|via)$/u;
/** Words that end no noun phrase: adverbs and most verbs in their common forms. */
const NO_HEAD =
  /(?:ly|ized|ised)$|^(?:is|are|was|were|be|been|has|had|does|did|goes|went|gone|came|comes|gets|got|took|takes|knows|knew|thinks|means|meant|looks|looked|seems|seemed|became|becomes|turns|turned|changed|wants|wanted|needs|needed|sees|seen|says|said|tells|told|agreed|decided|known|shown|made|done|put|operate|shout|afterwards|upstairs|sideways)$/u;
const DETERMINER =
  /^(?:the|a|an|our|your|their|my|his|her|its|this|that|these|those|some|any|no|each|every|both|two|three|four|five|six|ten|of|for|in|on|with|from|about|and|or|as|to|at|into|per|by|than)$/u;

type Phrase = {
  readonly key: string;
  readonly surface: string;
  count: number;
  isNamed: boolean;
  isLed: boolean;
};
type Token = {
  readonly word: string;
  readonly lower: string;
  readonly breaksBefore: boolean;
  readonly isFirst: boolean;
};

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)) {
    const between = text.slice(end, match.index);
    end = match.index + match[0].length;
    tokens.push({
      word: match[0],
      lower: match[0].toLowerCase().replaceAll("’", "'"),
      breaksBefore: /[^\s]/u.test(between) || tokens.length === 0,
      isFirst: tokens.length === 0 || /[.!?:"“]/u.test(between),
    });
  }
  return tokens;
}

const isContent = (token: Token, names: ReadonlySet<string>): boolean =>
  token.lower.length > 2 &&
  !isStopWord(token.lower) &&
  !/^\d|'/u.test(token.lower) &&
  numberWord(token.lower) === undefined &&
  !NO_TITLE.test(token.lower) &&
  !names.has(stemOf(token.lower));

/** A proper name or an abbreviation: written with a capital where grammar asks for none. */
const isName = (token: Token): boolean =>
  /^\p{Lu}[\p{Lu}\d]+s?$/u.test(token.word) || (!token.isFirst && /^\p{Lu}\p{Ll}{2,}/u.test(token.word));

/**
 * Runs of meaningful words that read as noun phrases: led by an article, a preposition or the like (`the hold
 * reason`), or written as a name (`Events API`).
 */
function phrasesOf(
  texts: readonly string[],
  { names, verbs }: Pick<NameTopicOptions, "names" | "verbs">,
): Map<string, Phrase> {
  const found = new Map<string, Phrase>();
  for (const text of texts) {
    const tokens = tokensOf(text);
    for (let at = 0; at < tokens.length; at++) {
      const run: Token[] = [];
      for (let next = at; next < tokens.length && run.length < 4; next++) {
        const token = tokens[next];
        if (token === undefined || !isContent(token, names) || (run.length > 0 && token.breaksBefore)) break;
        run.push(token);
      }
      if (run.length === 0) continue;
      at += run.length - 1;
      const before = tokens[at - run.length];
      const isLed = before !== undefined && run[0]?.breaksBefore === false && DETERMINER.test(before.lower);
      addPhrase(found, run, isLed, verbs);
    }
  }
  return found;
}

function addPhrase(
  found: Map<string, Phrase>,
  run: readonly Token[],
  isLed: boolean,
  verbs: ReadonlySet<string>,
): void {
  let words = [...run];
  const isVerb = ({ lower }: Token): boolean => NO_HEAD.test(lower) || verbs.has(stemOf(lower));
  while (words.length > 0 && words.slice(-1).some(isVerb)) words = words.slice(0, -1);
  const isNamed = words.some(isName);
  // A long run without a name is more often a clause than a phrase.
  if (words.length === 0 || (words.length === 4 && !isNamed) || (words.length > 1 && !isLed && !isNamed)) {
    words = words.slice(0, 1);
    if (words.length === 0) return;
  }
  const surface = words
    .map((token, at) =>
      isName(token) || words.slice(at + 1, at + 2).some(isName) ? token.word : token.lower,
    )
    .join(" ");
  const key = words.map((token) => stemOf(token.lower)).join(" ");
  const phrase = found.get(key) ?? { key, surface, count: 0, isNamed: false, isLed: false };
  phrase.count++;
  phrase.isNamed ||= isNamed;
  phrase.isLed ||= isLed;
  found.set(key, phrase);
}

export type NameTopicOptions = {
  /** Blocks of the whole call. */
  readonly blocks: number;
  /** In how many blocks each stem occurs. */
  readonly spread: ReadonlyMap<string, number>;
  /** Stems of the speakers' names, which say nothing about the topic. */
  readonly names: ReadonlySet<string>;
  /** Stems of the words that the call uses as verbs, which end no noun phrase. */
  readonly verbs: ReadonlySet<string>;
  /** Titles given before, so that no two stretches are called the same. */
  readonly taken: ReadonlySet<string>;
};

/** Stems of the words that follow `to`, `will`, `we` and the like somewhere in the call: its verbs. */
export function verbsOf(texts: readonly string[]): ReadonlySet<string> {
  const verbs = new Set<string>();
  const after =
    /(?<![\p{L}'’])(?:i|we|you|they|he|she|who|will|can|could|would|should|must|might|may|let['’]s|don['’]t|can['’]t|won['’]t|didn['’]t|\p{L}+['’](?:ll|d)|please)\s+(?:(?:also|just|really|then|still|only|not|never|always)\s+)?(\p{Ll}{3,})/giu;
  for (const text of texts)
    for (const match of text.matchAll(after))
      if (match[1] !== undefined) verbs.add(stemOf(match[1].toLowerCase()));
  return verbs;
}

/** How well a phrase stands for its stretch: often there, rare elsewhere, two words better than one. */
function scoreOf(phrase: Phrase, words: ReadonlyMap<string, number>, options: NameTopicOptions): number {
  const stems = phrase.key.split(" ");
  const mean = (value: (stem: string) => number): number =>
    stems.reduce((sum, stem) => sum + value(stem), 0) / stems.length;
  const frequency = mean((stem) => Math.log(1 + (words.get(stem) ?? 1)));
  const rarity = mean((stem) => Math.log(1 + options.blocks / (options.spread.get(stem) ?? 1)));
  const isOneName = phrase.isNamed && /^\p{Lu}\p{Ll}+$/u.test(phrase.surface);
  const length = isOneName ? 0.5 : stems.length === 1 ? 0.75 : stems.length === 2 ? 1.25 : 1.1;
  const again = phrase.count > 1 ? 1.3 : 1;
  return frequency * rarity * length * again * (options.taken.has(phrase.key) ? 0.4 : 1);
}

/** The noun phrases that set a stretch apart from the rest of the call, as they were spoken: `Sandbox keys, hold reason`. */
export function nameTopic(texts: readonly string[], options: NameTopicOptions): string {
  const phrases = phrasesOf(texts, options);
  const words = new Map<string, number>();
  for (const text of texts)
    for (const word of wordsOf(text)) words.set(stemOf(word), (words.get(stemOf(word)) ?? 0) + 1);
  const candidates = [...phrases.values()].filter((phrase) => phrase.isLed || phrase.isNamed);
  const repeated = candidates.filter((phrase) =>
    phrase.key.split(" ").some((stem) => (words.get(stem) ?? 0) > 1),
  );
  const scored = (repeated.length > 2 ? repeated : candidates)
    .map((phrase) => ({ phrase, score: scoreOf(phrase, words, options) }))
    .sort((a, b) => b.score - a.score);
  const chosen: Phrase[] = [];
  const used = new Set<string>();
  for (const { phrase } of scored) {
    const stems = phrase.key.split(" ");
    if (stems.some((stem) => used.has(stem))) continue;
    for (const stem of stems) used.add(stem);
    chosen.push(phrase);
    if (chosen.length >= (chosen.some((one) => one.key.includes(" ")) ? 2 : 3)) break;
  }
  const title = chosen.map((phrase) => phrase.surface).join(", ");
  return title === "" ? "Other" : title.charAt(0).toUpperCase() + title.slice(1);
}
