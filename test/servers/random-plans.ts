import { checkPlan } from "../../src/tasks/ask/check-plan.ts";
import type { Calculation, Filter, GroupKey, Measure, Plan } from "../../src/tasks/ask/plan.ts";
import { keyLabel, measureLabel } from "../../src/tasks/ask/plan-columns.ts";
import {
  type Random,
  type StoredTable,
  someDays,
  someGroups,
  someTexts,
  someTimes,
} from "./random-tables.ts";

type View = {
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
  readonly dates: readonly string[];
  readonly base: Pick<Plan, "table" | "unpivot" | "elapsed">;
};

const grains = ["year", "quarter", "month", "month-of-year", "weekday", "day"] as const;

/** A calculation that fits the table: every node of the plan comes up, alone and together with others. */
export function randomCalculation(random: Random, stored: StoredTable): Calculation {
  for (;;) {
    const calculation = random.chance(0.15) ? randomPair(random, stored) : randomPlan(random, stored);
    if (checkPlan(calculation, [stored.table]).length === 0) return calculation;
  }
}

/** What a calculation is made of, to be counted. */
export function nodesOf(calculation: Calculation): string[] {
  if ("op" in calculation) {
    const { op, unit, left, right } = calculation;
    return [`op ${op}${unit === undefined ? "" : ` in ${unit}`}`, ...nodesOf(left), ...nodesOf(right)];
  }
  const {
    where = [],
    groupBy = [],
    measures = [],
    orderBy = [],
    unpivot,
    elapsed,
    over,
    ...rest
  } = calculation;
  return [
    ...where.map((filter) => `where ${filter.is}${"grain" in filter ? ` ${filter.grain}` : ""}`),
    ...groupBy.map(({ grain = "value" }) => `group by ${grain}`),
    ...measures.map(({ fn }) => `measure ${fn}`),
    ...orderBy.map(
      ({ by }) => `order by ${typeof by === "number" ? "measure" : by === "row" ? "row" : "column"}`,
    ),
    ...(unpivot === undefined ? [] : [`unpivot ${unpivot.type}`]),
    ...(elapsed === undefined ? [] : [`elapsed ${elapsed.unit}`]),
    ...(over === undefined ? [] : [`over ${over.as}`]),
    ...Object.keys(rest).filter((name) => name !== "table"),
  ];
}

function randomView(random: Random, { table }: StoredTable): View {
  const plain: View = {
    texts: ['na"me', "group by"],
    numbers: ["amount", "large", "price (€)", "rate \\ %", "sum of amount"],
    dates: ["on", "until", "at"],
    base: { table: table.name },
  };
  if (random.chance(0.2)) {
    const type = random.pick(["text", "integer", "date"] as const);
    const as = {
      text: ["Jan", "O'Feb", "März"],
      integer: [2022, 2023, 2024],
      date: ["2024-01-01", "2024-02-01", "2024-03-01"],
    }[type];
    const names = random.pick([
      ["Jan", "Feb", "Mar"],
      ["Jan", "Feb"],
      ["Mar", "Jan"],
      ["Jan", "amount"],
    ]);
    const unpivot = {
      columns: names.map((column, at) => ({ column, as: as[at]! })),
      name: "Month",
      type,
      value: "Value",
    };
    return {
      ...plain,
      texts: type === "text" ? [...plain.texts, "Month"] : plain.texts,
      numbers: ["Value", "Value", "price (€)", ...(type === "integer" ? ["Month"] : [])],
      dates: type === "date" ? ["Month", "on"] : plain.dates,
      base: { ...plain.base, unpivot },
    };
  }
  if (random.chance(0.2)) {
    const elapsed = {
      from: random.pick(plain.dates),
      to: random.pick(plain.dates),
      unit: random.pick(["days", "months", "years"] as const),
      name: "wait",
    };
    return {
      ...plain,
      numbers: [...plain.numbers, "wait", "wait", "wait"],
      base: { ...plain.base, elapsed },
    };
  }
  return plain;
}

function some<T>(random: Random, most: number, make: () => T): T[] {
  return Array.from({ length: random.below(most + 1) }, make);
}

function randomFilter(random: Random, view: View): Filter {
  const number = (): number => random.pick([-40, -1, 0, 0.5, 1, 1.01, 2, 10, 20, 60, 0.29, -0.46]);
  const text = (): string =>
    random.pick([...someTexts, ...someGroups, "NORTH", "straße", "Month", "Jan", "o'feb", "MÄRZ"]);
  const order = ["<", "<=", ">", ">=", "=", "!="] as const;
  switch (random.below(9)) {
    case 0:
      return { column: random.pick(view.texts), is: random.pick(["=", "!="]), value: text() };
    case 1:
      return {
        column: random.pick([...view.texts, "amount", "price (€)", "on", "at", "yes?"]),
        is: random.pick(["contains", "not-contains"]),
        value: random.pick(["a", "'", "%", "_", "\\", "Ü", "2024", "0", "ÉC", "", ".5", "true", "語"]),
      };
    case 2:
      return {
        column: random.pick(view.texts),
        is: random.pick(["in", "not-in"]),
        values: [text(), text(), text()],
      };
    case 3:
      return {
        column: random.pick([...view.texts, ...view.numbers, ...view.dates, "yes?", "hour"]),
        is: random.pick(["empty", "not-empty"]),
      };
    case 4:
      return { column: random.pick(view.numbers), is: random.pick(order), value: number() };
    case 5: {
      const column = random.pick([...view.numbers, ...view.dates]);
      const isNumber = view.numbers.includes(column);
      const [from, to] = isNumber
        ? [number(), number()].sort((one, two) => one - two)
        : [random.pick(someDays), random.pick(someDays)].sort();
      return { column, is: "between", from: from!, to: to! };
    }
    case 6: {
      const column = random.pick([...view.dates, "hour", "yes?"]);
      if (column === "yes?") return { column, is: random.pick(["=", "!="]), value: random.chance(0.5) };
      return { column, is: random.pick(order), value: random.pick(column === "hour" ? someTimes : someDays) };
    }
    case 7: {
      const grain = random.pick(["year", "month-of-year", "weekday"] as const);
      const value = (): number => (grain === "year" ? random.pick([2023, 2024, 1969]) : 1 + random.below(7));
      const column = random.pick(view.dates);
      return random.chance(0.5)
        ? { column, grain, is: random.pick(order), value: value() }
        : { column, grain, is: random.pick(["in", "not-in"]), values: [value(), value()] };
    }
    default:
      return {
        column: random.pick([...view.numbers]),
        is: random.pick(["in", "not-in"]),
        values: [number(), number(), number()],
      };
  }
}

function randomKey(random: Random, view: View): GroupKey {
  if (random.chance(0.4)) return { column: random.pick(view.dates), grain: random.pick(grains) };
  return {
    column: random.pick([
      ...view.texts,
      ...view.dates,
      "yes?",
      "amount",
      "hour",
      ...(view.base.elapsed ? ["wait"] : []),
      ...(view.base.unpivot ? ["Month", "Month"] : []),
    ]),
  };
}

function randomMeasure(random: Random, view: View): Measure {
  const fn = random.pick([
    "count",
    "count-distinct",
    "sum",
    "sum",
    "average",
    "median",
    "min",
    "max",
    "range",
  ] as const);
  if (fn === "count" && random.chance(0.5)) return { fn };
  const any = [...view.texts, ...view.numbers, ...view.dates, "yes?", "hour"];
  if (fn === "count" || fn === "count-distinct") return { fn, column: random.pick(any) };
  if (fn === "min" || fn === "max")
    return { fn, column: random.pick([...view.numbers, ...view.dates, "hour"]) };
  return { fn, column: random.pick(view.numbers) };
}

function randomPlan(random: Random, stored: StoredTable): Plan {
  const view = randomView(random, stored);
  const where = some(random, 2, () => randomFilter(random, view));
  const base = { ...view.base, ...(where.length > 0 && { where }) };
  const kind = random.below(10);
  if (kind < 3) return randomRows(random, view, base);
  if (kind === 3)
    return {
      ...base,
      measures: [randomMeasure(random, view), ...some(random, 2, () => randomMeasure(random, view))],
    };
  return randomGroups(random, view, base);
}

const direction = ["ascending", "descending"] as const;

function randomRows(random: Random, view: View, base: Plan): Plan {
  const any = [...view.texts, ...view.numbers, ...view.dates, "yes?", "hour"];
  const show = distinct([random.pick(any), ...some(random, 3, () => random.pick(any))]);
  if (random.chance(0.12)) return { ...base, show, beside: random.pick([-1, 1]) };
  const isDistinct = random.chance(0.3);
  const orderBy = some(random, 2, () => ({
    by: random.pick([...any, "row"]),
    direction: random.pick(direction),
  }));
  return {
    ...base,
    show,
    ...(isDistinct && { distinct: true }),
    ...(orderBy.length > 0 && { orderBy }),
    ...randomLimit(random, orderBy.length > 0),
  };
}

function randomLimit(random: Random, isOrdered: boolean): Pick<Plan, "limit" | "offset" | "ties"> {
  if (random.chance(0.4)) return {};
  return {
    limit: 1 + random.below(6),
    ...(isOrdered && random.chance(0.4) && { offset: 1 + random.below(3) }),
    ...(random.chance(0.5) && { ties: true }),
  };
}

function randomGroups(random: Random, view: View, base: Plan): Plan {
  const keys = [randomKey(random, view), ...some(random, 1, () => randomKey(random, view))];
  const groupBy = keys.filter((key, at) => keys.findIndex((each) => keyLabel(each) === keyLabel(key)) === at);
  const made = [randomMeasure(random, view), ...some(random, 2, () => randomMeasure(random, view))];
  const taken = groupBy.map(keyLabel);
  // Two results of one name are no question anyone asks.
  const measures = made.filter(
    (measure, at) =>
      made.findIndex((each) => measureLabel(each) === measureLabel(measure)) === at &&
      !taken.includes(measureLabel(measure)),
  );
  const numeric = measures.findIndex(
    ({ fn, column = "" }) => !/^(min|max)$/.test(fn) || view.numbers.includes(column),
  );
  const having = numeric >= 0 &&
    random.chance(0.25) && {
      having: {
        measure: numeric,
        is: random.pick(["=", "!=", "<", "<=", ">", ">="] as const),
        value: random.pick([0, 1, 2, 10, -20, 0.5, 1.01]),
      },
    };
  const plan = { ...base, groupBy, measures, ...having };
  if (random.chance(0.1)) return { ...plan, count: "groups" };
  const by = (): string | number =>
    random.chance(0.7) ? random.below(measures.length) : random.pick(groupBy).column;
  const orderBy = some(random, 2, () => ({ by: by(), direction: random.pick(direction) }));
  const ordered = {
    ...plan,
    ...(orderBy.length > 0 && { orderBy }),
    ...randomLimit(random, orderBy.length > 0),
  };
  if (numeric < 0 || !random.chance(0.35)) return ordered;
  const { ties: _, ...rest } = ordered;
  return {
    ...rest,
    over: {
      measure: numeric,
      as: random.pick(["share", "change", "percent-change", "rank", "running-total"] as const),
    },
  };
}

function randomPair(random: Random, stored: StoredTable): Calculation {
  const view = randomView(random, stored);
  if (random.chance(0.3)) {
    const side = (fn: "min" | "max"): Plan => ({
      table: stored.table.name,
      where: some(random, 1, () => randomFilter(random, { ...view, base: { table: stored.table.name } })),
      measures: [{ fn, column: random.pick(["on", "until", "at"]) }],
    });
    return {
      op: "difference",
      left: side("max"),
      right: side("min"),
      unit: random.pick(["days", "months", "years"] as const),
    };
  }
  const side = (): Plan => {
    const where = some(random, 2, () => randomFilter(random, view));
    const fn = random.pick([
      "count",
      "sum",
      "average",
      "median",
      "min",
      "max",
      "count-distinct",
      "range",
    ] as const);
    return {
      ...view.base,
      ...(where.length > 0 && { where }),
      measures: [fn === "count" ? { fn } : { fn, column: random.pick(view.numbers) }],
    };
  };
  return {
    op: random.pick(["difference", "ratio", "percent-change", "share", "sum"] as const),
    left: side(),
    right: side(),
  };
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
