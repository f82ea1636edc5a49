import { describe, expect, it } from "vitest";
import { scanXml } from "../../files/xml/scan-xml.ts";
import { decodeText } from "../../files/xml/xml-text.ts";
import { chartNumber, numberStyle } from "./chart-numbers.ts";
import type { ChartKind } from "./chart-spec.ts";
import { chooseChart } from "./choose-chart.ts";
import type { ResultTable } from "./compose-answer.ts";
import { drawChart } from "./draw-chart.ts";
import type { Plan } from "./plan.ts";
import { monthsFrom2024, resultTable } from "./result-table.fixture.ts";
import { textWidth } from "./text-width.ts";

const byRegion: Plan = {
  table: "Orders",
  groupBy: [{ column: "Region" }],
  measures: [{ fn: "sum", column: "Amount" }],
};

async function draw(
  result: ResultTable,
  kind?: ChartKind,
  plan: Plan | undefined = byRegion,
): Promise<string> {
  const { spec, reason } = chooseChart(plan, result, kind === undefined ? {} : { kind });
  if (spec === undefined) throw new Error(reason);
  expect(kind === undefined || spec.kind === kind).toBe(true);
  return drawChart(spec, result);
}

/** The texts that a picture shows. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map((match) => decodeText(match[1]!));
}

const harmless = /^(svg|title|defs|clipPath|rect|g|path|text|line|tspan)$/;

/** Well-formed, with no element or attribute that runs, loads or restyles anything. */
function expectHarmless(svg: string): void {
  scanXml(svg);
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const rest = svg.replace(
    /<\/?([\w:]+)((?:\s+[\w:-]+="[^"<>]*")*)\s*\/?>/g,
    (_, name: string, own: string) => {
      elements.add(name);
      for (const [, attribute] of own.matchAll(/\s([\w:-]+)="/g)) attributes.add(attribute!);
      return "";
    },
  );
  expect(rest).not.toMatch(/[<>]/);
  expect([...elements].filter((name) => !harmless.test(name))).toEqual([]);
  expect([...attributes].filter((name) => /^on|href|src|^style$/i.test(name))).toEqual([]);
  expect(rest).not.toMatch(/NaN|undefined|Infinity/);
}

const regions = resultTable(
  ["Region", "sum of Amount:DOUBLE:€"],
  [
    ["North", 1234.5],
    ["South", 99.25],
    [null, 700],
  ],
);

describe("a picture", () => {
  it("shows names, values and titles of every kind of chart", async () => {
    const months = monthsFrom2024(12).map((month, index) => [
      month,
      100 + index,
      index === 0 ? null : index - 5,
    ]);
    const timed = resultTable(["Day (month)", "sum of Amount:DOUBLE", "change in %:DOUBLE"], months);
    const byMonth: Plan = { ...byRegion, groupBy: [{ column: "Day", grain: "month" }] };
    const pairs = resultTable(
      ["Price:DOUBLE", "Sold:BIGINT"],
      [
        [1, 20],
        [2, 15],
        [3, 11],
      ],
    );
    const pictures = {
      column: await draw(regions, "column"),
      bar: await draw(regions, "bar"),
      pie: await draw(regions, "pie"),
      line: await draw(timed, "line", byMonth),
      combo: await draw(timed, "combo", { ...byMonth, over: { measure: 0, as: "percent-change" } }),
      scatter: await draw(pairs, "scatter", { table: "Orders", show: ["Price", "Sold"] }),
    };
    for (const svg of Object.values(pictures)) expectHarmless(svg);
    for (const kind of ["column", "bar"] as const) {
      expect(texts(pictures[kind])).toEqual(
        expect.arrayContaining(["North", "(empty)", "1,235", "Sum of Amount (€)", "Sum of Amount by Region"]),
      );
    }
    expect(texts(pictures.pie)).toEqual(expect.arrayContaining(["North: 1,235", "South: 99"]));
    expect(texts(pictures.line)).toEqual(expect.arrayContaining(["Jan 2024", "Day (month)"]));
    expect(texts(pictures.combo)).toEqual(expect.arrayContaining(["Change in %", "sum of Amount"]));
    expect(texts(pictures.scatter)).toEqual(expect.arrayContaining(["Sold against Price"]));
  });

  it("is told in words to people who don't see it", async () => {
    const svg = await draw(regions);
    expect(svg).toContain(
      'role="img" aria-label="Column chart: Sum of Amount by Region. 3 categories: largest 1,235 (North)',
    );
    expect(svg).toContain("<title>Column chart:");
  });

  it("has a mark for each value, and a gap where a month is missing", async () => {
    const months = monthsFrom2024(10)
      .filter((_, index) => index !== 4)
      .map((month) => [month, 5]);
    const result = resultTable(["Day (month)", "sum of Amount:DOUBLE"], months);
    const svg = await draw(result, "line", { ...byRegion, groupBy: [{ column: "Day", grain: "month" }] });
    const line = /class="mark-line[^>]*>(?:<g[^>]*>)?<path[^>]* d="([^"]*)"/.exec(svg)?.[1];
    expect(line?.match(/M/g)).toHaveLength(2);
    expect(texts(svg)).toContain("May 2024");
  });

  it("gives each bar room when there are many", async () => {
    const many = resultTable(
      ["Region", "n:BIGINT"],
      Array.from({ length: 60 }, (_, index) => [`Region ${index}`, index]),
    );
    const svg = await draw(many);
    expect(Number(/ height="(\d+)"/.exec(svg)?.[1])).toBeGreaterThan(1_400);
    expect(texts(svg).filter((text) => text.startsWith("Region "))).toHaveLength(60);
  });

  it("is the same every time", async () => {
    expect(await draw(regions)).toBe(await draw(regions));
  });
});

describe("texts of a workbook", () => {
  const hostile = [
    "</text><script>alert(1)</script>",
    '" onload="alert(1)',
    "{signal: 'width'}",
    '{"expr":"1+1"}',
    "datum['category'] = 1",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a template of Vega would look
    "${datum.value}",
    "<image href='http://example.org/x.png'/>",
    "<![CDATA[ ]]> &lt;b&gt; &amp;",
    "a\u0000\u001b[31m\ud800\nb",
    "__proto__",
  ];

  it("stay texts, wherever they stand and whatever they say", async () => {
    for (const kind of ["column", "bar", "pie"] as const) {
      for (const text of hostile) {
        const result = resultTable(
          ["x", "y:DOUBLE"],
          [
            [text, 1],
            ["other", 2],
          ],
        );
        const columns = [
          { name: text, type: "VARCHAR" },
          { name: `sum of ${text}`, type: "DOUBLE", unit: text },
        ];
        const svg = await draw({ ...result, columns }, kind);
        expectHarmless(svg);
        if (!/[\u0000\n]/.test(text)) expect(texts(svg).join("\n")).toContain(text.slice(0, 12));
      }
    }
  });

  it("stay texts as names of series, of lines and of points", async () => {
    const rows = monthsFrom2024(8).flatMap((month, index) =>
      hostile.slice(0, 8).map((text) => [month, text, index]),
    );
    const result = resultTable(["month", hostile[0]!, `${hostile[1]}:DOUBLE`], rows);
    const plan: Plan = { ...byRegion, groupBy: [{ column: "Day", grain: "month" }, { column: hostile[0]! }] };
    const svg = await draw(result, "line", plan);
    expectHarmless(svg);
    expect(texts(svg)).toContain("{signal: 'width'}");
    const pairs = resultTable(
      ["a:DOUBLE", "b:DOUBLE"],
      [
        [1, 2],
        [2, 3],
      ],
    );
    const columns = [
      { name: hostile[3]!, type: "DOUBLE" },
      { name: hostile[4]!, type: "DOUBLE" },
    ];
    expectHarmless(await draw({ ...pairs, columns }, "scatter", { table: "x", show: ["a", "b"] }));
  });
});

describe("several series", () => {
  it("stand on top of each other where they add up to something", async () => {
    const plan: Plan = { ...byRegion, groupBy: [{ column: "Region" }, { column: "Product" }] };
    const rows = ["N", "S", "E", "W", "O", "M", "P"].flatMap((region) =>
      ["A", "B", "C", "D", "F"].map((product) => [region, product, 10]),
    );
    const result = resultTable(["Region", "Product", "sum of Amount:DOUBLE"], rows);
    expect(texts(await draw(result, "column", plan))).toContain("50");
    const averages: Plan = { ...plan, measures: [{ fn: "average", column: "Amount" }] };
    expect(texts(await draw(result, "column", averages))).not.toContain("50");
  });

  it("are columns beside each other and lines with a scale of their own", async () => {
    const rows = monthsFrom2024(6).map((month, at) => [month, 900 + at, 700 + at, 3 + at]);
    const result = resultTable(
      ["Day (month)", "sum of Amount:DOUBLE:€", "sum of Cost:DOUBLE:€", "sum of Visitors:BIGINT"],
      rows,
    );
    const measures = ["Amount", "Cost", "Visitors"].map((column) => ({ fn: "sum", column }) as const);
    const plan: Plan = { ...byRegion, groupBy: [{ column: "Day", grain: "month" }], measures };
    const svg = await draw(result, "combo", plan);
    expect(texts(svg)).toEqual(
      expect.arrayContaining(["in €", "Sum of Visitors", "sum of Cost", "800", "8", "Jan 2024"]),
    );
    expectHarmless(svg);
  });
});

it("marks no halves between things that were counted", async () => {
  const result = resultTable(
    ["Region", "number of rows:BIGINT"],
    [
      ["A", 2],
      ["B", 1],
    ],
  );
  expect(texts(await draw(result))).not.toContain("0.5");
});

it("writes numbers as people do", () => {
  const write = (values: readonly number[], title = ""): string[] => {
    const style = numberStyle(values, title);
    return values.map(
      (value) => `${chartNumber(value, style)}${style.scaleWord === "" ? "" : ` ${style.scaleWord}`}`,
    );
  };
  expect(write([1234.56, 7])).toEqual(["1,235", "7"]);
  expect(write([0.125, -0.5])).toEqual(["0.125", "−0.500"]);
  expect(write([2_500_000, 1e5])).toEqual(["2.5 million", "0.1 million"]);
  expect(write([2_500_000], "Amount (€ thousand)")).toEqual(["2,500,000"]);
  expect(write([-0.0000001, 5])).toEqual(["0.00", "5.00"]);
});

it("knows how wide texts are, wide and joined characters too", () => {
  expect(textWidth("Hello", 10)).toBeCloseTo(22.78, 2);
  expect(textWidth("日本", 10)).toBe(20);
  expect(textWidth("e\u0301", 10)).toBe(textWidth("e", 10));
});
