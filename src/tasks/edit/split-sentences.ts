/** One sentence and what stands around it; `before + text + after` of all sentences is the whole text. */
export type Sentence = { readonly before: string; readonly text: string; readonly after: string };

const END = /(?<=[.!?…]["”’')\]]{0,2}(?:\[\[\d+\]\])*)\s+(?=["“(]?(?:\[\[\d+\]\])*["“(]?[\p{Lu}\p{N}])/gu;
const ABBREVIATED =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|no|nr|e\.g|i\.e|approx|inc|ltd|co|corp|fig|art|sec|para|cf|z\.b|ca|\p{L})\.$/iu;
/** `U.S.`: ends a sentence only before a word that begins one, `U.S. Treasury` is one name. */
const INITIALS = /(?:^|[\s(])(?:\p{Lu}\.){2,}$/u;
const OPENS =
  /^["“(]?(?:A|An|The|This|That|These|Those|There|It|Its|He|She|They|Their|We|Our|You|Your|I|In|On|At|As|If|For|From|By|With|To|When|While|However|But|And|Also|All|Each|Such|No|Under|After|Before|During|Although|Because|Since|Der|Die|Das|Wir|Le|La|Les|Nous|El|Los)\b/u;

/** The sentences of a paragraph. Placeholders and spaces at a sentence's ends belong to `before` and `after`. */
export function splitSentences(paragraph: string): readonly Sentence[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of paragraph.matchAll(END)) {
    const end = match.index + match[0].length;
    const before = paragraph.slice(from, match.index);
    if (ABBREVIATED.test(before) || (INITIALS.test(before) && !OPENS.test(paragraph.slice(end)))) continue;
    pieces.push(paragraph.slice(from, end));
    from = end;
  }
  if (from < paragraph.length) pieces.push(paragraph.slice(from));
  return pieces.map((piece) => {
    const match = /^((?:\s|\[\[\d+\]\])*)([\s\S]*?)((?:\s|\[\[\d+\]\])*)$/u.exec(piece);
    return { before: match?.[1] ?? "", text: match?.[2] ?? piece, after: match?.[3] ?? "" };
  });
}
