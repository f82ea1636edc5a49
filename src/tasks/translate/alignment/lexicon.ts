/**
 * The words of both languages by number, and a cell for each two that met in a pair of texts. Number 0 stands for "no
 * word".
 */
export type Lexicon = {
  readonly source: Vocabulary;
  readonly target: Vocabulary;
  /** For each source number the cells by target number. */
  readonly rows: Map<number, number>[];
  readonly cellSource: number[];
  readonly cellTarget: number[];
  /** What the spelling of the two words says before anything is counted. */
  readonly cellPrior: number[];
};

export type Vocabulary = { readonly words: string[]; readonly numbers: Map<string, number> };

const sameWord = 3;
const alikeWord = 1;

export function emptyLexicon(): Lexicon {
  const vocabulary = (): Vocabulary => ({ words: [""], numbers: new Map() });
  return {
    source: vocabulary(),
    target: vocabulary(),
    rows: [],
    cellSource: [],
    cellTarget: [],
    cellPrior: [],
  };
}

export function copyLexicon({ source, target, rows, ...cells }: Lexicon): Lexicon {
  const vocabulary = ({ words, numbers }: Vocabulary): Vocabulary => ({
    words: [...words],
    numbers: new Map(numbers),
  });
  return {
    source: vocabulary(source),
    target: vocabulary(target),
    rows: rows.map((row) => new Map(row)),
    cellSource: [...cells.cellSource],
    cellTarget: [...cells.cellTarget],
    cellPrior: [...cells.cellPrior],
  };
}

/** The number of a word, a new one where it has none. */
export function numberOf(vocabulary: Vocabulary, word: string): number {
  const known = vocabulary.numbers.get(word);
  if (known !== undefined) return known;
  vocabulary.numbers.set(word, vocabulary.words.length);
  return vocabulary.words.push(word) - 1;
}

/** The cell of two words, made where there is none. */
export function cellFor(lexicon: Lexicon, source: number, target: number): number {
  lexicon.rows[source] ??= new Map();
  const row = lexicon.rows[source];
  const known = row.get(target);
  if (known !== undefined) return known;
  const cell = lexicon.cellSource.length;
  row.set(target, cell);
  lexicon.cellSource.push(source);
  lexicon.cellTarget.push(target);
  lexicon.cellPrior.push(likeness(lexicon.source.words[source]!, lexicon.target.words[target]!));
  return cell;
}

/** The cell of two words, or -1. */
export function findCell(lexicon: Lexicon, source: number, target: number): number {
  return lexicon.rows[source]?.get(target) ?? -1;
}

/** How often two words should count as translations before they are seen: names, numbers and cognates look alike. */
export function likeness(a: string, b: string): number {
  if (a === "" || b === "") return 0;
  if (a === b) return sameWord;
  let common = 0;
  while (common < a.length && a[common] === b[common]) common++;
  return common >= 3 && common >= 0.6 * Math.max(a.length, b.length) ? alikeWord : 0;
}
