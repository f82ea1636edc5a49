import type { Language } from "../read/language.ts";
import type { Kind, Wording } from "./wordings.fixture.ts";
import { drawing, type Order, products, rates, regions, statement } from "./workbooks.fixture.ts";

/** A sentence with one figure that is right or was made wrong. */
export type ProofSentence = {
  readonly text: string;
  /** Where the figure begins. */
  readonly at: number;
  readonly figure: string;
  readonly wrong?: string;
  readonly kind: Kind;
  readonly language: Language;
};

const months: Readonly<Record<Language, readonly string[]>> = {
  en: "January February March April May June July August September October November December".split(" "),
  de: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" "),
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" "),
  pt: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split(" "),
};
const quarters: Readonly<Record<Language, (quarter: number, year: number) => string>> = {
  en: (quarter, year) =>
    quarter % 2 === 0
      ? `Q${quarter} ${year}`
      : `the ${["first", "", "third"][quarter - 1]} quarter of ${year}`,
  de: (quarter, year) => `${quarter}. Quartal ${year}`,
  fr: (quarter, year) =>
    `${["premier", "deuxième", "troisième", "quatrième"][quarter - 1]} trimestre ${year}`,
  es: (quarter, year) => `${["primer", "segundo", "tercer", "cuarto"][quarter - 1]} trimestre de ${year}`,
  pt: (quarter, year) => `${["primeiro", "segundo", "terceiro", "quarto"][quarter - 1]} trimestre de ${year}`,
};
const ofYear: Readonly<Record<Language, string>> = { en: " ", de: " ", fr: " ", es: " de ", pt: " de " };
const ups: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  en: [
    ["rose", "fell"],
    ["increased", "decreased"],
    ["grew", "declined"],
  ],
  de: [["stieg", "sank"]],
  fr: [["augmenté", "diminué"]],
  es: [["aumentaron", "disminuyeron"]],
  pt: [["aumentou", "diminuiu"]],
};
const firsts: Readonly<Record<Language, readonly string[]>> = {
  en: ["highest", "second highest", "third highest", "lowest"],
  de: ["höchsten", "zweithöchsten", "dritthöchsten", "niedrigsten"],
  fr: ["les plus élevées", "", "", "les plus faibles"],
  es: [],
  pt: [],
};

/** Digits as a language writes them. */
export function write(value: number, decimals: number, language: Language): string {
  const [decimal, group] = {
    en: [".", ","],
    de: [",", "."],
    fr: [",", "\u202f"],
    es: [",", "."],
    pt: [",", "\u00a0"],
  }[language] as [string, string];
  const [whole = "", places] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${value < 0 ? "-" : ""}${grouped}${places === undefined ? "" : decimal + places}`;
}

type Slots = Readonly<Record<string, string>>;
type Wrong = readonly [how: string, figure: string, slots?: Slots];
type Made = { readonly figure: string; readonly slots: Slots; readonly wrongs: readonly Wrong[] };

const sum = (orders: readonly Order[], of: "revenue" | "quantity" = "revenue"): number =>
  orders.reduce((all, each) => all + each[of], 0);

/** Sentences of every wording, right ones and for each some wrong ones. */
export function sentencesOf(
  wordings: readonly Wording[],
  orders: readonly Order[],
  draws: number,
  seed: number,
): ProofSentence[] {
  const draw = drawing(seed);
  return wordings.flatMap((wording) =>
    Array.from({ length: draws }, () => make(wording, orders, draw)).flatMap((made) =>
      made === undefined ? [] : variants(wording, made),
    ),
  );
}

function variants({ text, kind, language }: Wording, { figure, slots, wrongs }: Made): ProofSentence[] {
  const build = (said: string, others: Slots, wrong?: string): ProofSentence => {
    const all: Slots = { ...slots, ...others };
    const filled = text
      .replace(/\{([A-UW-Z]+)\}/g, (_, name: string) => all[name] ?? "?")
      .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
    const at = filled.indexOf("{V}");
    const capital = at === 0 ? said.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : said;
    return {
      text: filled.replace("{V}", capital),
      at,
      figure: capital,
      kind,
      language,
      ...(wrong !== undefined && { wrong }),
    };
  };
  const isOther = (wrong: Wrong): boolean => wrong[1] !== figure || JSON.stringify(wrong[2] ?? {}) !== "{}";
  return [
    build(figure, {}),
    ...wrongs.filter(isOther).map(([how, said, others = {}]) => build(said, others, how)),
  ];
}

/** Wrong ways to write a number that is written with these decimals. */
function slips(
  value: number,
  decimals: number,
  language: Language,
  others: readonly (readonly [string, number])[],
): Wrong[] {
  const right = write(value, decimals, language);
  const step = 10 ** -decimals;
  const found: Wrong[] = [
    ["digits swapped", swapped(right)],
    ["times ten", write(value * 10, decimals, language)],
    ["a tenth", write(value / 10, decimals, language)],
    ["rounded past the rule", write(value + 1.2 * step, decimals, language)],
    ...others.map(([how, other]): Wrong => [how, write(other, decimals, language)]),
  ];
  return found.filter(([, text]) => text !== right && !/^0*[.,]?0*$/.test(text));
}

function swapped(text: string): string {
  for (let index = 0; index + 1 < text.length; index++) {
    const [one, two] = [text[index]!, text[index + 1]!];
    if (/\d/.test(one) && /\d/.test(two) && one !== two && !(index === 0 && two === "0"))
      return text.slice(0, index) + two + one + text.slice(index + 2);
  }
  return text;
}

function make(
  { kind, language, text }: Wording,
  orders: readonly Order[],
  draw: (most: number) => number,
): Made | undefined {
  const year = 2024 + draw(2);
  const month = 1 + draw(12);
  const region = draw(4);
  const other = (region + 1 + draw(3)) % 4;
  const product = draw(3);
  const quarter = 1 + draw(4);
  const names = regions[language];
  const inYear = (of: number): Order[] => orders.filter((each) => each.year === of);
  const inMonth = (of: number, at: number): Order[] =>
    orders.filter((each) => each.year === of && each.month === at);
  const inRegion = (list: readonly Order[], of: number): Order[] => list.filter((each) => each.region === of);
  const slots = {
    R: names[region]!,
    S: names[other]!,
    P: products[product]!,
    Y: String(year),
    X: String(year - 1),
    M: `${months[language][month - 1]}${ofYear[language]}${year}`,
    Q: quarters[language](quarter, year),
  };
  const number = (
    value: number,
    decimals: number,
    others: readonly (readonly [string, number])[],
    more: Slots = {},
  ): Made => ({
    figure: write(value, decimals, language),
    slots: { ...slots, ...more },
    wrongs: slips(value, decimals, language, others),
  });
  const [up, down] = ups[language][draw(ups[language].length)]!;
  const change = (now: number, before: number, more: Slots): Made => {
    const value = ((now - before) / before) * 100;
    const [verb, wrongVerb] = value > 0 ? [up, down] : [down, up];
    const made = number(Math.abs(value), 1, [["doubled", Math.abs(value) * 2]], { ...more, UP: verb });
    return { ...made, wrongs: [...made.wrongs, ["sign", made.figure, { UP: wrongVerb }]] };
  };
  switch (kind) {
    case "region-month": {
      const value = sum(inRegion(inMonth(year, month), region));
      if (value < 100) return undefined;
      return number(value, 0, [
        ["other region", sum(inRegion(inMonth(year, month), other))],
        ["other month", sum(inRegion(inMonth(year, (month % 12) + 1), region))],
        ["halved", value / 2],
      ]);
    }
    case "year":
      return number(sum(inYear(year)), 0, [
        ["other year", sum(inYear(4049 - year))],
        ["one region", sum(inRegion(inYear(year), region))],
      ]);
    case "share": {
      const share = (of: number, at: number): number =>
        (sum(inRegion(inYear(at), of)) / sum(inYear(at))) * 100;
      return number(share(region, year), 1, [
        ["other region", share(other, year)],
        ["other year", share(region, 4049 - year)],
      ]);
    }
    case "change":
      return change(sum(inRegion(inYear(2025), region)), sum(inRegion(inYear(2024), region)), {
        Y: "2025",
        X: "2024",
      });
    case "count":
      return number(inMonth(year, month).length, 0, [
        ["other month", inMonth(year, (month % 12) + 1).length],
        ["doubled", inMonth(year, month).length * 2],
      ]);
    case "quantity": {
      const own = (at: number, of: number): Order[] =>
        orders.filter(
          (each) => each.year === year && Math.ceil(each.month / 3) === at && each.product === of,
        );
      return number(sum(own(quarter, product), "quantity"), 0, [
        ["other product", sum(own(quarter, (product + 1) % 3), "quantity")],
        ["other quarter", sum(own((quarter % 4) + 1, product), "quantity")],
      ]);
    }
    case "from-to": {
      const [before, now] = [sum(inRegion(inYear(2024), region)), sum(inRegion(inYear(2025), region))];
      return number(now, 0, [["other region", sum(inRegion(inYear(2025), other))]], {
        W: write(before, 0, language),
        Y: "2025",
        X: "2024",
        UP: now > before ? up : down,
      });
    }
    case "compare": {
      const [one, two] = [sum(inRegion(inYear(year), region)), sum(inRegion(inYear(year), other))];
      const value = ((one - two) / two) * 100;
      const words =
        language === "de"
          ? ["höher", "niedriger"]
          : text.includes("earned")
            ? ["more", "less"]
            : ["higher", "lower"];
      const [more, less] = words as [string, string];
      const made = number(Math.abs(value), 1, [["doubled", Math.abs(value) * 2]], {
        MORE: value > 0 ? more : less,
      });
      return { ...made, wrongs: [...made.wrongs, ["sign", made.figure, { MORE: value > 0 ? less : more }]] };
    }
    case "rank": {
      const order = [0, 1, 2, 3].sort(
        (a, b) => sum(inRegion(inYear(year), b)) - sum(inRegion(inYear(year), a)),
      );
      const place = order.indexOf(region);
      const words = firsts[language];
      if (words[place] === "" || words[place] === undefined) return undefined;
      const wrong = words.flatMap((word, index): Wrong[] =>
        index === place || word === "" ? [] : [["wrong rank", word]],
      );
      return { figure: words[place], slots, wrongs: wrong };
    }
    case "list": {
      const value = sum(inRegion(inYear(year), region));
      const second = sum(inRegion(inYear(year), other));
      return number(value, 0, [["other region", second]], { W: write(second, 0, language) });
    }
    case "average": {
      const mean = (at: number): number => sum(inYear(at)) / inYear(at).length;
      return number(mean(year), 2, [
        ["other year", mean(4049 - year)],
        ["the sum", sum(inYear(year))],
      ]);
    }
    case "scaled": {
      const value = sum(inYear(year)) / 1000;
      const made = number(value, 0, [["far off", value * 1.08]]);
      return { ...made, wrongs: made.wrongs.filter(([how]) => how === "far off" || how === "times ten") };
    }
    case "customers": {
      const value = new Set(inMonth(year, month).map((each) => each.customer)).size;
      const words =
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split(" ");
      return {
        figure: words[value]!,
        slots,
        wrongs: [
          ["two more", words[value + 2] ?? words[value - 2]!],
          ["number of orders", String(inMonth(year, month).length + 20)],
        ],
      };
    }
    case "year-over-month": {
      const at = 2 + draw(11);
      return change(sum(inMonth(year, at)), sum(inMonth(year, at - 1)), {
        M: `${months[language][at - 1]} ${year}`,
      });
    }
    case "direction": {
      const isUp = sum(inRegion(inYear(2025), region)) > sum(inRegion(inYear(2024), region));
      return {
        figure: isUp ? up : down,
        slots: { ...slots, Y: "2025", X: "2024" },
        wrongs: [["sign", isUp ? down : up]],
      };
    }
    default:
      return undefined;
  }
}

/** Sentences about the statement and the rates, whose wordings name a line of it. */
export function tableSentences(wordings: readonly Wording[], seed: number): ProofSentence[] {
  const draw = drawing(seed);
  return wordings.flatMap((wording) => {
    const all = Array.from({ length: 3 }, (_, index) => makeOfTable(wording, index, draw));
    return all.flatMap((made) => (made === undefined ? [] : variants(wording, made)));
  });
}

function makeOfTable(
  { kind, language, text }: Wording,
  index: number,
  draw: (most: number) => number,
): Made | undefined {
  const line = statement.lines.find(([name]) => text.toLowerCase().includes(name.toLowerCase()));
  const values = (line?.slice(1) ?? []) as number[];
  const number = (
    value: number,
    decimals: number,
    others: readonly (readonly [string, number])[],
    slots: Slots,
  ): Made => ({
    figure: write(value, decimals, language),
    slots,
    wrongs: slips(value, decimals, language, others),
  });
  if (kind === "statement" && line !== undefined)
    return number(values[index]!, 0, [["other year", values[(index + 1) % 3]!]], {
      Y: String(statement.years[index]),
    });
  if (kind === "statement-change" && line !== undefined && index > 0) {
    const value = ((values[index]! - values[index - 1]!) / values[index - 1]!) * 100;
    const [up, down] = ["rose", "fell"];
    const made = number(Math.abs(value), 1, [["doubled", Math.abs(value) * 2]], {
      Y: String(statement.years[index]),
      X: String(statement.years[index - 1]),
      UP: value > 0 ? up : down,
    });
    return { ...made, wrongs: [...made.wrongs, ["sign", made.figure, { UP: value > 0 ? down : up }]] };
  }
  if (kind === "doubled")
    return index > 0
      ? undefined
      : {
          figure: "doubled",
          slots: {},
          wrongs: [
            ["wrong word", "tripled"],
            ["wrong word", "halved"],
          ],
        };
  const region = ["North", "South", "East"][index]!;
  const own = rates.filter(([name]) => name === region);
  const at = draw(2);
  if (kind === "margin")
    return number(
      own[at]![2],
      1,
      [
        ["other year", own[1 - at]![2]],
        ["other region", rates[(index * 2 + 3) % 6]![2]],
      ],
      { R: region, Y: String(2024 + at) },
    );
  if (kind === "points") {
    const value = own[1]![2] - own[0]![2];
    const said = (number: number): string => `${write(Math.abs(number), 1, language)} percentage points`;
    const slots = { R: region, Y: "2025", X: "2024", UP: value > 0 ? "rose" : "fell" };
    return {
      figure: said(value),
      slots,
      wrongs: [
        ["per cent for points", `${write(Math.abs(value), 1, language)} %`],
        ["doubled", said(value * 2)],
        ["sign", said(value), { UP: value > 0 ? "fell" : "rose" }],
      ],
    };
  }
  return undefined;
}
