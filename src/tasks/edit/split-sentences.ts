/** One sentence and what stands around it; `before + text + after` of all sentences is the whole text. */
export type Sentence = { readonly before: string; readonly text: string; readonly after: string };

const END = /(?<=[.!?…]["”’')\]]{0,2}(?:\[\[\d+\]\])*)\s+(?=["“(]?(?:\[\[\d+\]\])*["“(]?[\p{Lu}\p{N}])/gu;
const ABBREVIATED =
  /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|no|nr|e\.g|i\.e|approx|inc|ltd|co|corp|fig|art|sec|para|cf|z\.b|ca|\p{L})\.$/iu;

/** The sentences of a paragraph. Placeholders and spaces at a sentence's ends belong to `before` and `after`. */
export function splitSentences(paragraph: string): readonly Sentence[] {
  const pieces: string[] = [];
  let from = 0;
  for (const match of paragraph.matchAll(END)) {
    const end = match.index + match[0].length;
    if (ABBREVIATED.test(paragraph.slice(from, match.index))) continue;
    pieces.push(paragraph.slice(from, end));
    from = end;
  }
  if (from < paragraph.length) pieces.push(paragraph.slice(from));
  return pieces.map((piece) => {
    const match = /^((?:\s|\[\[\d+\]\])*)([\s\S]*?)((?:\s|\[\[\d+\]\])*)$/u.exec(piece);
    return { before: match?.[1] ?? "", text: match?.[2] ?? piece, after: match?.[3] ?? "" };
  });
}
