import type { Language } from "../read/language.ts";
import { write } from "./sentences.fixture.ts";
import type { Fact, Shelf } from "./unseen-books.fixture.ts";
import type { Claim, Template } from "./unseen-wordings.fixture.ts";
import { drawing, products } from "./workbooks.fixture.ts";

/** A sentence of a template with one figure that is right or was made wrong. */
export type UnseenSentence = {
  readonly template: Template;
  readonly text: string;
  /** Where the figure begins. */
  readonly at: number;
  readonly figure: string;
  readonly wrong?: string;
};

const months: Readonly<Record<Language, string>> = {
  en: "January February March April May June July August September October November December",
  de: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
  pt: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
};
const quarterNames: Readonly<Record<Language, readonly string[]>> = {
  en: ["the first quarter of", "Q2", "the third quarter of", "Q4"],
  de: ["ersten Quartal", "2. Quartal", "dritten Quartal", "4. Quartal"],
  fr: ["premier trimestre", "deuxième trimestre", "3e trimestre", "quatrième trimestre"],
  es: ["primer trimestre de", "segundo trimestre de", "tercer trimestre de", "cuarto trimestre de"],
  pt: ["primeiro trimestre de", "segundo trimestre de", "terceiro trimestre de", "quarto trimestre de"],
};

type Time = { readonly year: number; readonly quarter?: number; readonly month?: number };
type Cube = (
  of: { readonly group?: string | undefined; readonly product?: string | undefined } & Time,
) => number;
type Draw = (most: number) => number;
type Slots = Readonly<Record<string, string>>;
type Truth = {
  readonly figure: string;
  readonly slots: Slots;
  readonly isUp?: boolean;
  readonly wrongs: readonly Wrong[];
};
type Wrong = readonly [how: string, figure: string, isTurned?: boolean];
type Place = {
  readonly template: Template;
  readonly shelf: Shelf;
  readonly cube: Cube;
  readonly group: string;
  readonly other: string;
  readonly product: string;
  readonly time: Time;
  readonly draw: Draw;
};

/** Right and wrong sentences of a template over the drawn numbers. */
export function sentencesOfTemplate(
  template: Template,
  shelf: Shelf,
  draws: number,
  seed: number,
): UnseenSentence[] {
  const draw = drawing(seed);
  return Array.from({ length: draws }, () => placeOf(template, shelf, draw)).flatMap((place) => {
    const truth = truthOf(place);
    if (truth === undefined) return [];
    const wrongs = truth.wrongs.filter(
      ([, figure, isTurned]) => isTurned === true || figure !== truth.figure,
    );
    return [
      build(place, truth, truth.figure),
      ...wrongs.map(([how, figure, isTurned]) => build(place, truth, figure, how, isTurned)),
    ];
  });
}

function placeOf(template: Template, shelf: Shelf, draw: Draw): Place {
  const { text, measure, book } = template;
  const isCompared =
    /\{X\}|\|/.test(text.replace(/\{[^}]*(est|ème)[^}]*\|[^}]*\}/g, "")) ||
    template.claim === "up-to" ||
    /before|earlier|prior year|vorjahr|anterior|sur un an|jahresvergleich|year.on.year/i.test(text);
  const years = [...new Set(shelf.facts.map(({ year }) => year))];
  const from = isCompared ? 1 : 0;
  const year = years[from + draw(years.length - from)]!;
  const group = shelf.groups[draw(shelf.groups.length)]!;
  const others = shelf.groups.filter((each) => each !== group);
  const time: Time = text.includes("{M}")
    ? { year, month: 1 + draw(12) }
    : text.includes("{Q}")
      ? { year, quarter: 1 + draw(4) }
      : { year };
  const cube: Cube = (of) =>
    rowsOf(shelf.facts, of).reduce((sum, { values }) => sum + (values[measure] ?? 0), 0);
  return {
    template,
    shelf,
    cube,
    group: book === "statement" ? shelf.groups[measure]! : group,
    other: others[draw(others.length)]!,
    product: products[draw(3)]!,
    time,
    draw,
  };
}

function rowsOf(facts: readonly Fact[], of: Parameters<Cube>[0]): Fact[] {
  return facts.filter((fact) =>
    (["group", "product", "year", "quarter", "month"] as const).every(
      (key) => of[key] === undefined || fact[key] === of[key],
    ),
  );
}

/** What the sentence says of its group, product and time, and what slips would make of it. */
function truthOf(place: Place): Truth | undefined {
  const { template, cube, group, other, product, time, shelf, draw } = place;
  const { text, claim, language } = template;
  const own = { ...(text.includes("{E}") && { group }), ...(text.includes("{P}") && { product }) };
  const at = (change: Partial<Parameters<Cube>[0]>): number => cube({ ...own, ...time, ...change });
  const now = at({});
  const before = at({ year: time.year - 1 });
  const rival = at({ group: other });
  const past = /\{W\}.*first quarter/.test(text) ? at({ quarter: 1 }) : before;
  const number = (value: number, decimals = 0, others: readonly number[] = []): Truth => ({
    figure: write(value, decimals, language),
    slots: { N: write(now, 0, language) },
    wrongs: slips(value, decimals, language, others, draw),
  });
  const turned = (truth: Truth, value: number): Truth => ({
    ...truth,
    isUp: value > 0,
    wrongs: [...truth.wrongs, ["sign", truth.figure, true]],
  });
  if (now < 40 && claim !== "count") return undefined;
  switch (claim) {
    case "value":
      return number(now, 0, [before, rival]);
    case "best": {
      const ranked = shelf.groups
        .map((name) => ({ name, value: at({ group: name }) }))
        .sort((a, b) => b.value - a.value);
      const [first, second] = ranked;
      const made = number(first!.value, 0, [second!.value]);
      return { ...made, slots: { E: first!.name } };
    }
    case "millions":
      return number(now / 1e6, 1, [before / 1e6]);
    case "thousands":
      return number(now / 1e3, 0, [before / 1e3]);
    case "share": {
      const all = cube(time);
      return number((now / all) * 100, 1, [(rival / all) * 100]);
    }
    case "change": {
      const value = ((now - before) / before) * 100;
      return before > 0 && Math.abs(value) > 0.1 ? turned(number(Math.abs(value), 1), value) : undefined;
    }
    case "delta":
      if (now === before) return undefined;
      return turned(number(Math.abs(now - before), 0, [now]), now - before);
    case "from-to": {
      const last = /fourth quarter/.test(text) ? at({ quarter: 4 }) : now;
      const made = number(last, 0, [rival]);
      return { ...made, slots: { W: write(past, 0, language) } };
    }
    case "compare": {
      const value = ((now - rival) / rival) * 100;
      return Math.abs(value) > 0.1 ? turned(number(Math.abs(value), 1), value) : undefined;
    }
    case "gap":
      return now > rival ? number(now - rival, 0, [now]) : undefined;
    case "count": {
      const rows = rowsOf(shelf.facts, { ...own, ...time }).length;
      return number(rows, 0, [rows + 7]);
    }
    case "average": {
      const rows = rowsOf(shelf.facts, { ...own, ...time });
      return number(now / rows.length, 0, [now]);
    }
    case "largest": {
      const rows = rowsOf(shelf.facts, { ...own, ...time });
      return number(Math.max(...rows.map(({ values }) => values[template.measure]!)));
    }
    case "in-turn": {
      const made = number(now, 0, [rival]);
      return { ...made, slots: { W: write(rival, 0, language) } };
    }
    case "years-in-turn": {
      const made = number(now, 0, [before]);
      return { ...made, slots: { W: write(before, 0, language) } };
    }
    case "rank": {
      const place = shelf.groups.filter((name) => at({ group: name }) > now).length;
      const words = /\{([^{}|]*\|[^{}]*\|[^{}]*)\}/.exec(text)![1]!.split("|");
      return {
        figure: words[place]!,
        slots: {},
        wrongs: words.filter((_, index) => index !== place).map((word) => ["other place", word]),
      };
    }
    case "direction": {
      const words = /\{([^{}|]*)\|([^{}|]*)\}/.exec(text)!.slice(1) as [string, string];
      const [right, wrong] = now > before ? words : [words[1], words[0]];
      return now === before ? undefined : { figure: right, slots: {}, wrongs: [["sign", wrong]] };
    }
    case "times":
      return now > rival * 1.15 ? number(now / rival, 1) : undefined;
    default:
      return spanTruth(place, claim, number, turned);
  }
}

type SpanClaim = Extract<
  Claim,
  | "up-to"
  | "of-which"
  | "out-of"
  | "monthly"
  | "year-to-date"
  | "best-month"
  | "month-change"
  | "quarter-change"
  | "both"
>;
type Make = (value: number, decimals?: number, others?: readonly number[]) => Truth;
type Turn = (truth: Truth, value: number) => Truth;

/** Claims about several months, groups or stretches at once. */
function spanTruth(
  { template, cube, group, other, time, shelf, draw }: Place,
  claim: SpanClaim,
  number: Make,
  turned: Turn,
): Truth | undefined {
  const { text, language } = template;
  const own = text.includes("{E}") ? { group } : {};
  const now = cube({ ...own, ...time });
  const rival = cube({ group: other, ...time });
  const nameOf = (month: number): string => months[language].split(" ")[month - 1]!;
  const against = (before: number): Truth | undefined => {
    const value = ((now - before) / before) * 100;
    return before > 0 && Math.abs(value) > 0.1 ? turned(number(Math.abs(value), 1), value) : undefined;
  };
  switch (claim) {
    case "up-to": {
      const before = cube({ ...own, year: time.year - 1 });
      const value = ((now - before) / before) * 100;
      if (Math.abs(value) < 0.1) return undefined;
      const made = number(now, 0, [before]);
      return { ...made, isUp: value > 0, slots: { P: write(Math.abs(value), 1, language) } };
    }
    case "of-which":
      return { ...number(now, 0, [rival]), slots: { W: write(cube(time), 0, language) } };
    case "out-of": {
      const all = rowsOf(shelf.facts, time).length;
      const made = number(rowsOf(shelf.facts, { ...own, ...time }).length);
      return { ...made, slots: { W: write(all, 0, language) } };
    }
    case "monthly":
      return number(now / 12, 0, [now]);
    case "year-to-date": {
      const last = 3 + draw(8);
      const upTo = (month: number): number =>
        Array.from({ length: month }, (_, index) => cube({ ...time, month: index + 1 })).reduce(
          (sum, value) => sum + value,
        );
      return { ...number(upTo(last), 0, [upTo(last - 1)]), slots: { B: nameOf(last) } };
    }
    case "best-month": {
      const values = Array.from({ length: 12 }, (_, index) => cube({ ...time, month: index + 1 }));
      const best = Math.max(...values);
      const made = number(best, 0, [Math.min(...values)]);
      return { ...made, slots: { B: nameOf(values.indexOf(best) + 1) } };
    }
    case "month-change":
      return time.month === 1 ? undefined : against(cube({ ...own, ...time, month: time.month! - 1 }));
    case "quarter-change":
      return time.quarter === 1 ? undefined : against(cube({ ...own, ...time, quarter: time.quarter! - 1 }));
    case "both":
      return number(now + rival, 0, [now]);
    default:
      return claim satisfies never;
  }
}

/** Wrong ways to write a number: swapped digits, a wrong digit, a slipped mark, another value of the table, a made-up one. */
function slips(
  value: number,
  decimals: number,
  language: Language,
  others: readonly number[],
  draw: Draw,
): Wrong[] {
  const right = write(value, decimals, language);
  const step = 10 ** -decimals;
  const made: Wrong[] = [
    ["digits swapped", swapped(right)],
    ["times ten", write(value * 10, decimals, language)],
    ["a little off", write(value + (2 + draw(7)) * step * (value > 500 ? 10 : 1), decimals, language)],
    ["far off", write(value * (1.2 + draw(60) / 100), decimals, language)],
    ["too low", write(value * (0.55 + draw(30) / 100), decimals, language)],
    ...others.map((other): Wrong => ["another value", write(other, decimals, language)]),
  ];
  return made.filter(([, text]) => text !== right && /[1-9]/.test(text));
}

function swapped(text: string): string {
  for (let index = 0; index + 1 < text.length; index++) {
    const [one, two] = [text[index]!, text[index + 1]!];
    if (/\d/.test(one) && /\d/.test(two) && one !== two && !(index === 0 && two === "0"))
      return text.slice(0, index) + two + one + text.slice(index + 2);
  }
  return text;
}

function build(
  { template, group, other, product, time }: Place,
  { slots, isUp }: Truth,
  figure: string,
  wrong?: string,
  isTurned = false,
): UnseenSentence {
  const { language, claim } = template;
  const month = time.month === undefined ? "" : months[language].split(" ")[time.month - 1]!;
  const between = /^(es|pt)$/.test(language) ? " de " : " ";
  const all: Slots = {
    E: group,
    F: other,
    P: product,
    Y: String(time.year),
    X: String(time.year - 1),
    M: `${month}${between}${time.year}`,
    Q: `${quarterNames[language][(time.quarter ?? 1) - 1]!} ${time.year}`,
    ...slots,
  };
  const isWord = claim === "rank" || claim === "direction";
  let isDone = false;
  const said = template.text
    .replace(/\{([^{}]*\|[^{}]*)\}/g, (_, list: string) => {
      if (isWord && !isDone) {
        isDone = true;
        return "{V}";
      }
      const words = list.split("|");
      return (isUp === true) !== isTurned ? words[0]! : words[1]!;
    })
    .replace(/\{([A-UW-Z])\}/g, (_, name: string) => all[name] ?? "?")
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
  const at = said.indexOf("{V}");
  const capital = at === 0 ? figure.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : figure;
  return {
    template,
    text: said.replace("{V}", capital),
    at,
    figure: capital,
    ...(wrong !== undefined && { wrong }),
  };
}
