const IRREGULAR: ReadonlyMap<string, string> = new Map(
  (
    "take:took,taken give:gave,given make:made,making hold:held keep:kept run:ran,running send:sent pay:paid build:built buy:bought sell:sold " +
    "lead:led meet:met,meeting find:found begin:began,begun,beginning write:wrote,written,writing choose:chose,chosen,choice " +
    "show:shown know:known,knew see:saw,seen think:thought bring:brought lose:lost leave:left become:became say:said " +
    "speak:spoke,spoken seek:sought understand:understood arise:arose,arisen grow:grew,grown,growth rise:rose,risen fall:fell,fallen " +
    "decide:decision,decisions describe:description,descriptions receive:receipt extend:extension reduce:reduction produce:production " +
    "person:people,persons life:lives get:got,getting set:setting put:putting cut:cutting use:using,usage plan:planned,planning,plans " +
    "respond:response,responses delay:delays stop:stopped,stopping permit:permitted,permission compare:comparison analyse:analysis,analyze,analyses"
  )
    .split(" ")
    .flatMap((group) => {
      const [base = "", forms = ""] = group.split(":");
      return forms.split(",").map((form): [string, string] => [form, base]);
    }),
);

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/i[sz](?=(?:e|ed|es|ing|ation|ations|er|ers)$)/u, "is"],
  [/(?<=\p{L}{3})ifications?$/u, "ifi"],
  [/(?<=\p{L}{2})(?:ies|ied|ying)$/u, "y"],
  [/(?<=\p{L}{2}(?:s|x|ch|sh))es$/u, ""],
  [/(?<=[^su\s])s$/u, ""],
  [/(?<=\p{L}{3})abilit(?:y|i)$/u, "abl"],
  [/(?<=\p{L}{3})enc[ey]$/u, "ent"],
  [/(?<=\p{L}{3})anc[ey]$/u, "ant"],
  [/(?<=\p{L}{3})ly$/u, ""],
  [/(?<=\p{L}{4})ness$/u, ""],
  [/(?<=\p{L}{3})(?:ations?|ating|ated|ate|ator)$/u, ""],
  [/(?<=\p{L}{3})(?:ing|ed)$/u, ""],
  [/(?<=\p{L}{4})ment$/u, ""],
  [/(?<=\p{L}{3}[tsc])ions?$/u, ""],
  [/(?<=\p{L}{3}[vsw])al$/u, ""],
  [/(?<=\p{L}{2})e$/u, ""],
  [/y$/u, "i"],
  [/(?<=\p{L}{2})([bdfgmnprt])\1$/u, "$1"],
];

/** Words that say the same in plain prose. Only groups that hold in every context belong here. */
const SYNONYMS: ReadonlyMap<string, string> = new Map(
  [
    "carry conduct perform execute",
    "allow enable",
    "use utilise utilize",
    "start begin commence",
    "get obtain",
    "inform notify",
    "need require necessary",
    "create establish",
    "answer respond reply",
    "phone telephone",
    "email mail",
    "centre center",
    "employee staff personnel",
    "mistake error",
    "big large",
    "fast quick rapid",
    "current existing present",
    "try test",
    "modify alter",
    "check verify",
    "additional extra further",
    "annual year yearly",
    "way manner method",
    "buy purchase",
    "eur euro €",
    "gbp £",
    "usd $",
  ].flatMap((group) => {
    const [first = "", ...others] = group.split(" ");
    return others.map((other): [string, string] => [rawStem(other), rawStem(first)]);
  }),
);

const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    "a an the and or but so as than then that this these those there here it its itself they them their theirs themselves we us our " +
    "ours ourselves i me my mine you your yours he him his she her hers who whom whose which what how why where whereby " +
    "is are am be being been was were has have had having do does did doing of in on at by for with to from into onto upon over " +
    "under about above below between among through throughout during per via within without across along around toward towards " +
    "against because since while whereas although though if unless until before after when whenever once also too just even still " +
    "both each every either neither all any some most many much more less few several such own same other another not no nor none " +
    "never cannot can could may might must shall should will would ought only very quite rather really up down out off again together " +
    "therefore thus hence however moreover furthermore additionally meanwhile instead yet able regarding concerning according due etc " +
    "including thereafter thereby therein thereof hereby herein n't 'll 's 're 've 'd 'm let whether"
  ).split(" "),
);

/** Whether a lower-case word has the form of a past participle: `supported`, `written`, `held`. */
export function isParticiple(word: string): boolean {
  return /(?:ed|en)$/u.test(word) || (IRREGULAR.has(word) && !/(?:ing|s)$/u.test(word));
}

/** Whether a word only holds a sentence together. Words of modality and number are among them: they are checked apart. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word);
}

/**
 * A lower-case word without its English endings and with plain synonyms made one, so that `performed` meets
 * `carried`. For comparing only; words of other languages lose little but an ending.
 */
export function stemOf(word: string): string {
  const stem = rawStem(word);
  return SYNONYMS.get(stem) ?? stem;
}

function rawStem(word: string): string {
  const plain = word.replace(/'s?$/u, "");
  const known = IRREGULAR.get(plain) ?? plain;
  if (known.length <= 3) return known;
  let stem = known;
  for (const [ending, rest] of ENDINGS) stem = stem.replace(ending, rest);
  return stem;
}
