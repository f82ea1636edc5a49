import type { Language } from "./language.ts";

/** Forms of a regular verb that reports use, without accents, from its infinitive; irregular ones are listed with it. */
export function verbForms(infinitive: string, language: Language): string[] {
  return [infinitive, ...regular[language](infinitive)];
}

const put = (stem: string, ends: string): string[] => ends.split(" ").map((end) => stem + end);

const regular: Readonly<Record<Language, (verb: string) => string[]>> = {
  en: (verb) => {
    if (verb.endsWith("e")) return [`${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
    if (/[^aeiou]y$/.test(verb)) return [`${verb.slice(0, -1)}ies`, `${verb.slice(0, -1)}ied`, `${verb}ing`];
    const doubled = /^[^aeiou]*[aeiou][bdgmnprt]$/.test(verb) ? verb + verb.at(-1) : verb;
    return [/(?:s|sh|ch|x)$/.test(verb) ? `${verb}es` : `${verb}s`, `${doubled}ed`, `${doubled}ing`];
  },
  de: (verb) => {
    const stem = verb.replace(/e?n$/, "");
    const link = /[td]$/.test(stem) ? "e" : "";
    const participle = /^(?:be|er|ver|ent|zer|ge)|ier$/.test(stem) ? stem : `ge${stem}`;
    return [...put(stem + link, "t te ten"), ...put(participle + link, "t te ten ter tes")];
  },
  fr: (verb) => {
    if (verb.endsWith("er")) return put(verb.slice(0, -2), "e es ent ait aient a erent ee ees ant era");
    return put(verb.slice(0, -2), "i ie is ies it issent issait issaient irent issant");
  },
  es: (verb) => {
    const stem = verb.slice(0, -2);
    return verb.endsWith("ar")
      ? put(stem, "a an o aron aba aban ado ada ados adas ando")
      : put(stem, "e en io ieron ia ian ido ida idos idas iendo");
  },
  pt: (verb) => {
    const stem = verb.slice(0, -2);
    if (verb.endsWith("ar")) return put(stem, "a am ou aram ava avam ado ada ados adas ando amos");
    if (verb.endsWith("er")) return put(stem, "e em eu eram ia iam ido ida idos idas endo emos");
    return put(stem, "e em iu iram ia iam ido ida idos idas indo imos");
  },
};
