import type { Transcript } from "../../files/transcript/transcript.ts";
import type { People } from "./people.ts";

const NOT_PEOPLE =
  /^(?:The|This|That|These|Those|It|We|You|They|He|She|There|Here|What|Who|When|Where|Why|How|Which|And|But|So|Or|If|Then|Well|Yes|No|Not|Now|Just|Maybe|Okay|Please|Legal|Marketing|Sales|Finance|Engineering|Procurement|Security|Product|Support|Operations|Management|Everybody|Everyone|Someone|Somebody|Nobody|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|Java|Python|Azure|Google|Amazon|Microsoft|Teams|Word|Excel|Slack|Zoom|English|German|French|Spanish|Portuguese|Internet|Government|Committee|Board|Office|Department|Council|University|College|Group|Team|Party|Bank|Agency|Union|Parliament|House|Trust|Fund|Service|Act|Ministry|Court|Company|Institute|Monsieur|Madame|Herr|Frau)$/u;

const NAME = "(\\p{Lu}\\p{Ll}{2,}(?: \\p{Lu}\\p{Ll}{2,})?)";
/** What only people do or are asked: `Is Johan joining?`, `say hi to Johan`, `Priya Raman does the API work`. */
const SPOKEN_OF: readonly RegExp[] = [
  new RegExp(
    `(?<=^|[.!?,] )(?:[Ii]s|[Ww]as|[Ww]ill) ${NAME} (?:joining|coming|there|here|around|away|ill|sick|on leave|on holiday|join|come|attend)(?!\\p{L})`,
    "gmu",
  ),
  new RegExp(`(?:[Ss]ay hi to|[Gg]ive my regards to|[Tt]hanks to) ${NAME}(?!\\p{L})`, "gu"),
  /(?<!\p{L})(\p{Lu}\p{Ll}{2,} \p{Lu}\p{Ll}{2,}) (?:does|looks after|takes care of|handles|leads|is (?:our|my|responsible)|works (?:on|for|with))(?!\p{L})/gu,
  /(?<=[Ii]t(?:'s|’s| is) )(\p{Lu}\p{Ll}{2,} \p{Lu}\p{Ll}{2,})(?= (?:for|from|who)(?!\p{L}))/gu,
];

/** First or full names the speech uses as a person's, beside the participants: `ask Sofia`, `Sofia from our data team`. */
export function namedPeople(transcript: Transcript, people: People): Set<string> {
  const own = new Set(people.participants.flatMap((one) => one.name.split(/\s+/u)));
  const names = new Set<string>();
  const text = transcript.cues.map((cue) => cue.text).join("\n");
  const cues =
    /(?:\b(?:ask|asked|tell|told|colleague|boss|manager|lawyer|engineer|assistant|counsel|designer|architect|frag|frage|Kollegin|Kollege|demander à|collègue|pregunta a|colega)\s+|(?<=^|[.!?] |, )(?=\p{Lu}\p{Ll}+ (?:from (?:our|my|the|your)|aus (?:dem|unserem)|von unser\p{L}+|de notre|de nuestro|do nosso|da nossa)))(\p{Lu}\p{Ll}{2,}(?: \p{Lu}\p{Ll}{2,})?)(?!\p{L})/gmu;
  for (const match of text.matchAll(cues)) {
    const name = match[1];
    if (name !== undefined && !name.split(" ").some((part) => NOT_PEOPLE.test(part) || own.has(part)))
      names.add(name);
  }
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}])(\p{Lu}\p{Ll}{2,})(?='s (?:on|out|back|away|our|the|my)\b| (?:said|told|thinks|is (?:on holiday|on leave|back|out|away|our)) )/gu,
  )) {
    const name = match[1];
    if (name !== undefined && !NOT_PEOPLE.test(name) && !own.has(name) && people.properNames.has(name))
      names.add(name);
  }
  for (const pattern of SPOKEN_OF)
    for (const match of text.matchAll(pattern)) {
      const name = match[1];
      if (name !== undefined && !name.split(" ").some((part) => NOT_PEOPLE.test(part) || own.has(part)))
        names.add(name);
    }
  return names;
}
