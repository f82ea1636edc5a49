type Rule = readonly [ending: RegExp, plural: string];

const rules: Readonly<Record<string, readonly Rule[]>> = {
  pt: [
    [/ão$/, "ões"],
    [/m$/, "ns"],
    [/([aou])l$/, "$1is"],
    [/el$/, "éis"],
    [/il$/, "is"],
    [/([rz])$/, "$1es"],
    [/([aeiouáéíóúâêô])$/, "$1s"],
  ],
  es: [
    [/ión$/, "iones"],
    [/z$/, "ces"],
    [/([aeiouáéó])$/, "$1s"],
    [/([dlnrj])$/, "$1es"],
  ],
  fr: [
    [/eau$/, "eaux"],
    [/al$/, "aux"],
    [/([^szx])$/, "$1s"],
  ],
};

/** Words behind which a phrase's plural doesn't go on: corredor de cosmética, corredores de cosmética. */
const links = /^(?:de|da|do|das|dos|del|des|du|d'.*|d’.*|para|por|pour|à|en|em|con|com|sin|sem|sans)$/i;

/** The usual plural of a term in Portuguese, Spanish or French; the term itself in other languages, or all in capitals. */
export function pluralOf(term: string, language: string): string {
  const known = rules[language.toLowerCase().split("-")[0]!];
  if (known === undefined || !/\p{Ll}/u.test(term)) return term;
  const words = term.split(" ");
  const end = words.findIndex((word) => links.test(word));
  return words
    .map((word, index) => {
      const rule = end < 0 || index < end ? known.find(([ending]) => ending.test(word)) : undefined;
      return rule ? word.replace(rule[0], rule[1]) : word;
    })
    .join(" ");
}
