import type { Filter, Plan } from "../plan.ts";
import { isKey } from "../profile.ts";
import type { ValueMention } from "./mentions.ts";
import { addOnce, any, find, openColumns, type Question, take, valueAt } from "./question.ts";
import {
  type Conditioned,
  filtersOf,
  isMeasure,
  type Shape,
  sumOf,
  takeAsked,
  takeKind,
  takeNumber,
} from "./shape.ts";
import { aboutOf, takeSuperlative } from "./superlatives.ts";
import { timeColumns } from "./time-columns.ts";

const { value: V } = any;

/** Two or more values of one column that are set against each other. */
export type ValuePair = {
  readonly kind: "difference" | "ratio" | "share" | "choice";
  readonly column: string;
  readonly values: readonly Filter[];
  readonly isLess: boolean;
};

const differences: readonly RegExp[] = [
  new RegExp(`\\b(?:the )?difference (?:.*)?between (?:the )?(?<v>${V}) and (?:the )?(?<w>${V})`),
  new RegExp(
    `\\bhow (?:many|much) (?<less>more|less|fewer|higher|lower|longer|shorter|greater|larger|smaller|older|younger|taller) .*?(?<v>${V}).*? than (?:(?:in|from|for|to|at|by|did|does|the) )*(?<w>${V})`,
  ),
];
const or = new RegExp(`(?<v>${V})(?: (?<u>${V}))? or (?:the |in )?(?<w>${V})`);

/** Takes two values out that the question compares, before they are read as conditions. */
export function takeValuePair(question: Question): ValuePair | undefined {
  const ratio = takeRatio(question);
  if (ratio !== undefined) return ratio;
  for (const form of differences) {
    const found = find(question, form);
    const pair =
      found &&
      pairOf(
        question,
        "difference",
        [found.groups.v!, found.groups.w!],
        /^(less|fewer|lower|shorter|smaller|younger)$/.test(found.groups.less ?? ""),
      );
    if (pair === undefined || found === undefined) continue;
    useAll(question, [found.groups.v!, found.groups.w!]);
    take(question, /\b(?:the )?difference(?: in)?\b/);
    take(
      question,
      /\bhow (?:many|much) (?:more|less|fewer|higher|lower|longer|shorter|greater|larger|smaller|older|younger|taller)\b/,
    );
    take(question, /\bbetween(?: the)?(?: and)?/);
    take(question, /\bthan\b/);
    return pair;
  }
  const found = find(question, or);
  if (found === undefined) return undefined;
  const tokens = [found.groups.v, found.groups.u, found.groups.w].filter((each) => each !== undefined);
  const isChoice =
    find(question, /\b(?:which|who|what|whose)\b/) !== undefined &&
    find(
      question,
      /\b(?:more|less|fewer|higher|lower|most|least|highest|lowest|first|last|earlier|later|larger|smaller|bigger|longer|shorter|better|greater|older|younger|taller|largest|longest|biggest|oldest)\b/,
    ) !== undefined;
  const pair = isChoice ? pairOf(question, "choice", tokens, false) : undefined;
  if (pair === undefined) return undefined;
  take(question, or);
  return pair;
}

const shares = new RegExp(
  `(?<v>${V}) (?:(?:as|in|is|what) )*(?:an? )?(?:percentage|percent|share|proportion|%) of (?:(?:the|its|total) )*(?<w>${V})`,
);
const ratios: readonly RegExp[] = [
  new RegExp(`\\b(?:the )?ratio of (?:the )?(?<v>${V}) to (?:the )?(?<w>${V})`),
  new RegExp(
    `\\b(?:the )?(?:ratio|proportion) of (?:the )?(?<v>${V}) (?:over|to|divided by|relative to) (?:the )?(?<w>${V})`,
  ),
  new RegExp(`(?<v>${V}) (?:divided by|per) (?:the )?(?<w>${V})`),
];

function takeRatio(question: Question): ValuePair | undefined {
  for (const form of [shares, ...ratios]) {
    const found = find(question, form);
    const kind = form === shares ? "share" : "ratio";
    const pair = found && pairOf(question, kind, [found.groups.v!, found.groups.w!], false);
    if (pair === undefined) continue;
    take(question, form);
    return pair;
  }
  return undefined;
}

function useAll({ tokens, used }: Question, texts: readonly string[]): void {
  tokens.forEach(({ text }, at) => {
    if (texts.includes(text)) used.add(at);
  });
}

function pairOf(
  question: Question,
  kind: ValuePair["kind"],
  tokens: readonly string[],
  isLess: boolean,
): ValuePair | undefined {
  const mentions = tokens.map((token) => valueAt(question, token));
  const columns = mentions[0]!.choices.map(({ column }) => column);
  const column = columns.find((each) =>
    mentions.every(({ choices }) => choices.some((choice) => choice.column === each)),
  );
  if (column === undefined) return undefined;
  const filterOf = ({ choices, said, isPart }: ValueMention): Filter => {
    const { texts } = choices.find((choice) => choice.column === column)!;
    if (isPart && texts.length > 1)
      addOnce(question.doubts, `“${said}” stands in several ${column.column.name}`);
    const name = column.column.name;
    return texts.length === 1
      ? { column: name, is: "=", value: texts[0]! }
      : { column: name, is: "in", values: texts };
  };
  return { kind, column: column.column.name, values: mentions.map(filterOf), isLess };
}

/** `the difference in sales between North and South`, `who has more points, Ann or Bob`. */
export function readPair(conditioned: Conditioned, pair: ValuePair): Shape | undefined {
  return pair.kind === "choice" ? readChoice(conditioned, pair) : readDifference(conditioned, pair);
}

function readDifference(
  conditioned: Conditioned,
  { kind, values, isLess, column }: ValuePair,
): Shape | undefined {
  const { question } = conditioned;
  const isOne = question.profile.columns.some((each) => each.column.name === column && isKey(each));
  const isCount =
    !openColumns(question).some(({ mention }) => mention.columns.some(isMeasure)) &&
    question.profile.unpivot === undefined;
  if (isCount && take(question, /\b(?:(?:in )?(?:the )?number of )?(?:noun|rows)\b/) === undefined)
    addOnce(question.doubts, "it is not clear what is compared");
  const number = isCount ? undefined : takeNumber(question);
  const where = filtersOf(conditioned, number);
  const measure =
    number === undefined
      ? ({ fn: "count" } as const)
      : isOne
        ? ({ fn: "sum", column: number.column.name } as const)
        : sumOf(question, number);
  const side = (filter: Filter): Plan => ({
    ...question.base,
    where: [...where, filter],
    measures: [measure],
  });
  const [left, right] = (isLess ? [...values].reverse() : values).map(side) as [Plan, Plan];
  return { calculation: { op: kind === "choice" ? "difference" : kind, left, right } };
}

const comparing =
  /\b(?:the )?(?<w>more|less|fewer|higher|lower|larger|smaller|bigger|longer|shorter|greater|older|younger|taller|heavier|better)\b/;

function readChoice(conditioned: Conditioned, { column, values }: ValuePair): Shape | undefined {
  const { question } = conditioned;
  const texts = values.flatMap((each) =>
    "values" in each ? each.values : "value" in each ? [each.value] : [],
  );
  takeAsked(question) ?? takeKind(question);
  const where: Filter[] = [...filtersOf(conditioned), { column, is: "in", values: texts }];
  const ordinal = take(question, /\b(?<w>first|last|earlier|later|earliest|latest)\b/);
  const [time] = timeColumns(question.profile);
  if (ordinal !== undefined) {
    const by = time?.column.column.name ?? "row";
    if (time === undefined) addOnce(question.assumptions, "“first” and “last” mean the order of the sheet");
    const direction = /first|earl/.test(ordinal.text) ? "ascending" : "descending";
    return {
      calculation: { ...question.base, where, show: [column], orderBy: [{ by, direction }], limit: 1 },
    };
  }
  const word = take(question, comparing);
  const superlative = word === undefined ? takeSuperlative(question) : undefined;
  if (superlative?.place !== undefined) addOnce(question.doubts, "a place among the named ones is asked for");
  const isAscending =
    superlative?.direction === "ascending" ||
    /less|fewer|lower|smaller|shorter|younger/.test(word?.text ?? "");
  const direction = isAscending ? "ascending" : "descending";
  const about = word === undefined ? undefined : aboutOf(question, word.groups.w!);
  const number = superlative?.column ?? about?.column ?? takeNumber(question);
  if (number === undefined && take(question, /\b(?:number of )?(?:noun|rows)\b/) === undefined)
    addOnce(question.doubts, "it is not clear what is compared");
  const fn =
    number === undefined
      ? ({ fn: "count" } as const)
      : ({ fn: number.isAdditive ? "sum" : "max", column: number.column.name } as const);
  return {
    calculation: {
      ...question.base,
      where,
      groupBy: [{ column }],
      measures: [fn],
      orderBy: [{ by: 0, direction }],
      limit: 1,
      ties: true,
    },
  };
}
