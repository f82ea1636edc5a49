/** A form of a word to avoid, and what stands for it; without `use` code can't be sure of the right form. */
export type WordForm = { readonly avoid: string; readonly use?: string };

const VERBS: ReadonlySet<string> = new Set(
  (
    "use help start begin end stop make do get give take buy show try send tell ask need think change build keep find hold lead " +
    "meet pay say spend set put let bring leave lose go see write choose know speak come run work plan check improve increase " +
    "reduce support offer provide allow enable ensure include agree decide discuss explain describe describe finish complete " +
    "add remove move turn look call name list join link share follow cover deliver design create develop manage measure test " +
    "commence terminate endeavour endeavor purchase require assist obtain leverage ascertain acquire notify inform request " +
    "submit transmit implement execute conduct undertake accomplish attempt possess reside retain select forward furnish " +
    "disclose discontinue necessitate impact action task onboard sunset incentivize boost cut carry act apply await await " +
    "answer open close read review report return rely repair replace reply permit prevent prefer present produce protect"
  ).split(" "),
);
const SAME_PAST: Readonly<Record<string, string>> = {
  send: "sent",
  build: "built",
  make: "made",
  keep: "kept",
  tell: "told",
  buy: "bought",
  think: "thought",
  find: "found",
  hold: "held",
  lead: "led",
  meet: "met",
  pay: "paid",
  say: "said",
  spend: "spent",
  set: "set",
  put: "put",
  cut: "cut",
  let: "let",
  bring: "brought",
  leave: "left",
  lose: "lost",
  read: "read",
};
const DIFFERENT_PAST: ReadonlySet<string> = new Set(
  "begin do go give take show write see choose know speak come run get undertake".split(" "),
);
const DOUBLED: ReadonlySet<string> = new Set(
  "stop plan cut set put let get run begin submit transmit permit prefer".split(" "),
);
const PLURALS: Readonly<Record<string, string>> = {
  person: "people",
  child: "children",
  man: "men",
  woman: "women",
  foot: "feet",
};
const NO_PLURAL: ReadonlySet<string> = new Set(
  "staff information advice equipment software hardware feedback research data people work help money training police news evidence progress personnel".split(
    " ",
  ),
);

/** Inflected English forms of a single word to avoid, with the same form of what to use where that is sure. */
export function englishForms(avoid: string, use: string): readonly WordForm[] {
  if (!/^\p{Ll}{3,}$/u.test(avoid)) return [];
  const isAvoidVerb = isEnglishVerb(avoid);
  const [head = "", ...tail] = use.split(" ");
  const rest = tail.length === 0 ? "" : ` ${tail.join(" ")}`;
  const isUseVerb = isEnglishVerb(head) && (rest === "" || isAvoidVerb);
  const form = (from: string, to: string | undefined): WordForm =>
    to === undefined ? { avoid: from } : { avoid: from, use: to + rest };
  const forms = NO_PLURAL.has(avoid)
    ? []
    : [form(withS(avoid), isUseVerb || rest === "" ? usedWithS(head, isAvoidVerb) : undefined)];
  if (!isAvoidVerb) return forms;
  return [
    ...forms,
    ...pasts(avoid).map((past) => form(past, isUseVerb ? pastOf(head) : undefined)),
    ...gerunds(avoid).map((gerund) => form(gerund, isUseVerb ? gerunds(head)[0] : undefined)),
  ];
}

/** Regular forms of a word, for finding it; some of them may be no words at all. */
export function possibleForms(word: string): readonly string[] {
  if (!/^\p{Ll}{3,}$/u.test(word)) return [];
  return [...new Set([withS(word), ...pasts(word), ...gerunds(word)])];
}

/** Whether an English word is known as a verb, or ends like one. */
export function isEnglishVerb(word: string): boolean {
  return VERBS.has(word) || /^\p{L}{2,}(?:i[sz]e|[a-z]ate|ify)$/u.test(word);
}

function withS(word: string): string {
  if (/[^aeiou]y$/u.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/u.test(word) || word === "do" || word === "go" ? `${word}es` : `${word}s`;
}

function usedWithS(word: string, isThirdPerson: boolean): string | undefined {
  if (!/^[\p{Ll}-]+$/u.test(word) || /s$/u.test(word)) return undefined;
  if (isThirdPerson && isEnglishVerb(word)) return withS(word);
  return NO_PLURAL.has(word) ? undefined : (PLURALS[word] ?? withS(word));
}

function pasts(word: string): readonly string[] {
  const same = SAME_PAST[word];
  if (same !== undefined) return [same];
  if (DIFFERENT_PAST.has(word)) return [];
  if (/e$/u.test(word)) return [`${word}d`];
  if (/[^aeiou]y$/u.test(word)) return [`${word.slice(0, -1)}ied`];
  return [`${doubled(word)}ed`];
}

function pastOf(word: string): string | undefined {
  return pasts(word)[0];
}

function gerunds(word: string): readonly string[] {
  if (/[^aeiouy]e$/u.test(word) || /[iu]e$/u.test(word)) return [`${word.slice(0, -1)}ing`];
  return [`${doubled(word)}ing`];
}

function doubled(word: string): string {
  return DOUBLED.has(word) || /^[^aeiou]*[aeiou][bdgmnprt]$/u.test(word) ? word + word.slice(-1) : word;
}
