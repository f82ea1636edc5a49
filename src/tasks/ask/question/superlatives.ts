import type { Plan } from "../plan.ts";
import type { ColumnProfile } from "../profile.ts";
import { ordinalWords, placeOf } from "./ordinals.ts";
import { addOnce, columnAt, find, meantColumn, numberAt, type Question, take } from "./question.ts";
import { isMeasure } from "./shape.ts";
import { timeColumns } from "./time-columns.ts";

/** `the 5 largest`, `the oldest`, `most`: which way rows are put in order, how many are wanted, and by what. */
export type Superlative = {
  readonly direction: "ascending" | "descending";
  /** 1 unless a number is said. */
  readonly count: number;
  /** False for `the largest`, of which there may be several; true for `top 5`. */
  readonly isCounted: boolean;
  /** 2 for `the second largest`; absent where the first is meant. */
  readonly place?: number;
  /** The word. */
  readonly said: string;
  /** Its token. */
  readonly at: number;
  /** What the word itself says it is about: `oldest` the age. */
  readonly column?: ColumnProfile;
  /** `most often`, `busiest`: rows are counted. */
  readonly isCount: boolean;
};

const n = "(?:(?<n>n_\\d+) )?";
const plain =
  "most|highest|largest|greatest|biggest|maximum|maximal|max|top|best|least|lowest|smallest|fewest|minimum|minimal|min|worst|bottom";
const adjectives =
  "most expensive|least expensive|cheapest|priciest|oldest|youngest|newest|latest|earliest|most recent|longest|shortest|heaviest|lightest|tallest|fastest|slowest|best paid|highest paid|lowest paid|worst paid|best selling|top selling|most sold|worst selling|least sold|most often|most frequently|most frequent|most common|least often|least common|least frequent|busiest|quietest|best rated|highest rated|lowest rated|worst rated|top rated|most profitable|least profitable";
const form = new RegExp(
  `(?:the )?(?:(?<o>${ordinalWords}) (?:the )?)?${n}(?<w>${adjectives}|${plain})(?: (?<m>n_\\d+))?(?: (?:of|value of))?(?= |$)`,
);

/** `in which year were costs higher?`: of two. */
const comparative = /(?:the )?(?<w>higher|larger|greater|bigger|more|lower|smaller|less|fewer)$/;

const ascending =
  /^(least|lower|smaller|less|fewer|lowest|smallest|fewest|minimum|minimal|min|worst|bottom|cheapest|youngest|earliest|shortest|lightest|fastest|quietest|least .*|lowest .*|worst .*)$/;

/** Finds a superlative without using it. */
export function findSuperlative(question: Question): Superlative | undefined {
  const found = find(question, form) ?? findComparative(question);
  if (found === undefined) return undefined;
  const said = found.groups.w!;
  const number = found.groups.n ?? found.groups.m;
  const about = aboutOf(question, said);
  const isAscending = ascending.test(said);
  return {
    direction: isAscending !== (about?.isReversed === true) ? "ascending" : "descending",
    count: number === undefined ? 1 : numberAt(question, number).value,
    isCounted: number !== undefined,
    said,
    at: found.at,
    ...(found.groups.o !== undefined && { place: placeOf(found.groups.o) }),
    isCount: /often|frequent|common|busiest|quietest/.test(said),
    ...(about !== undefined && { column: about.column }),
  };
}

/** Finds a superlative and uses its words. */
export function takeSuperlative(question: Question): Superlative | undefined {
  const found = findSuperlative(question);
  if (found !== undefined && take(question, form) === undefined) take(question, comparative);
  return found;
}

/** How many of those in order are taken: the first, the second, or so many; all that share the last place. */
export function placesOf({ count, place }: Superlative): Pick<Plan, "limit" | "offset" | "ties"> {
  return { limit: count, ties: true, ...(place !== undefined && place > 1 && { offset: place - 1 }) };
}

/** Only of two columns of time: of more, nobody would ask so. */
function findComparative(question: Question) {
  const isPair = question.profile.unpivot?.columns.length === 2;
  return isPair && find(question, /\bthan\b/) === undefined ? find(question, comparative) : undefined;
}

const subjects: readonly (readonly [RegExp, RegExp])[] = [
  [/expensive|cheap|priciest/, /\b(price|cost|preis|prix|precio)\b|preis$/i],
  [/heav|light/, /\b(weight|gewicht|poids|peso)\b/i],
  [/tall/, /\b(height)\b/i],
  [/long|short/, /\b(duration|length|time|days|hours|minutes|years|tenure|term)\b/i],
  [/fast|slow/, /\b(time|duration|hours|minutes|days)\b/i],
  [/paid/, /\b(salary|wage|pay|earnings|gehalt|salaire|salario)\b/i],
  [/selling|sold/, /\b(quantity|units|qty|sold|menge|quantite|cantidad)\b/i],
  [/rated/, /\b(rating|score|stars|satisfaction)\b/i],
  [/profitable/, /\b(profit|margin)\b/i],
  [/old|young/, /\b(age|alter|edad)\b/i],
];

/** The column that an adjective is about; the oldest are those of the earliest dates, and so put in order the other way. */
export function aboutOf(
  question: Question,
  said: string,
): { column: ColumnProfile; isReversed?: boolean } | undefined {
  const { columns } = question.profile;
  const names = subjects.find(([words]) => words.test(said))?.[1];
  const numbers =
    names === undefined ? [] : columns.filter((each) => isMeasure(each) && names.test(each.column.name));
  if (numbers.length > 1)
    addOnce(question.doubts, `“${said}” may be by ${numbers.map(({ column }) => column.name).join(" or ")}`);
  if (numbers[0] !== undefined) return { column: numbers[0] };
  if (!/old|young|newest|latest|earliest|recent/.test(said)) return undefined;
  const dates = timeColumns(question.profile).map(({ column }) => column);
  const born = dates.find(({ column }) =>
    /\b(birth|born|founded|built|opened|established|created|geburt)/i.test(column.name),
  );
  const column = (/old|young/.test(said) ? born : undefined) ?? namedDate(question) ?? dates[0];
  if (column === undefined) return undefined;
  if (dates.length > 1) addOnce(question.assumptions, `“${said}” is by ${column.column.name}`);
  return { column, isReversed: /old|young/.test(said) };
}

function namedDate(question: Question): ColumnProfile | undefined {
  const found = find(question, /d_\d+/);
  return found && meantColumn(question, columnAt(question, found.text));
}
