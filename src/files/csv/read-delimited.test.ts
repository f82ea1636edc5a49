import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileDamagedError, FileTooLargeError, FileUnsupportedError } from "../../errors.ts";
import { cellText, cellValue } from "../xlsx/read/cell-value.ts";
import type { SheetCells } from "../xlsx/types.ts";
import { type ReadDelimitedOptions, readDelimited } from "./read-delimited.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(file: string | Uint8Array, options?: ReadDelimitedOptions): Promise<SheetCells> {
  return readDelimited(typeof file === "string" ? utf8(file) : file, options);
}

/** What the cells hold, by row; dates as their text. */
function values(cells: SheetCells): unknown[][] {
  return Array.from(cells.rows, (row) =>
    cells.columns.map((_, column) => {
      const value = cellValue(cells, row, column);
      return typeof value === "object" && "text" in value ? value.text : value;
    }),
  );
}

describe("delimited text", () => {
  it.each([
    ["commas", "a,b\n1,2\n"],
    ["semicolons", "a;b\n1;2\n"],
    ["tabs", "a\tb\n1\t2\n"],
    ["bars", "a|b\n1|2\n"],
    ["CRLF and no last line end", "a,b\r\n1,2"],
    ["old Mac line ends", "a,b\r1,2\r"],
    ["quotation marks", '"a","b"\n"1","2"\n'],
    ["a line for Excel", "sep=;\na;b\n1;2\n"],
    ["a byte order mark", "\ufeffa,b\n1,2\n"],
  ])("is read with %s", async (_, text) => {
    expect(values(await read(text))).toEqual([
      ["a", "b"],
      [1, 2],
    ]);
  });

  it("keeps delimiters, line ends and quotation marks that are quoted", async () => {
    expect(values(await read('a,b\n"x, ""y""\nz",w\n'))).toEqual([
      ["a", "b"],
      ['x, "y"\nz', "w"],
    ]);
    expect(values(await read('"a","b"\n"x, \\"y\\" \\\\",w\n'))).toEqual([
      ["a", "b"],
      ['x, "y" \\', "w"],
    ]);
  });

  it("takes stray and unclosed quotation marks as characters", async () => {
    expect(values(await read('a,b\n5" pipe,"he said "no" twice"\n"open,2\n'))).toEqual([
      ["a", "b"],
      ['5" pipe', 'he said "no" twice'],
      ['"open', 2],
    ]);
  });

  it("keeps row numbers across blank lines and short and long rows", async () => {
    const cells = await read("title\n\na,b,c\n1\n1,2,3,4\n");
    expect([...cells.rows]).toEqual([1, 3, 4, 5]);
    expect(values(cells).at(-1)).toEqual([1, 2, 3, 4]);
    expect(values(cells)[2]).toEqual([1, undefined, undefined, undefined]);
  });

  it("finds the delimiter beneath title lines and beside decimal commas", async () => {
    expect(
      values(await read("Report, spring\n\nregion;amount;share\nN;1,5;2,5\nS;2,25;3,5\nW;1,75;4,5\n"))[1],
    ).toEqual(["region", "amount", "share"]);
    expect(values(await read("1,5;2,5;3,5\n4,5;5,5;6,5\n"))).toEqual([
      [1.5, 2.5, 3.5],
      [4.5, 5.5, 6.5],
    ]);
  });

  it.each([
    ["UTF-16 with a mark", [0xff, 0xfe, 0x5a, 0, 0xfc, 0, 0x2c, 0, 0x31, 0]],
    ["UTF-16 without one", [0x5a, 0, 0xfc, 0, 0x2c, 0, 0x31, 0]],
    ["UTF-16, big-endian", [0xfe, 0xff, 0, 0x5a, 0, 0xfc, 0, 0x2c, 0, 0x31]],
    ["windows-1252", [0x5a, 0xfc, 0x2c, 0x31]],
    ["UTF-8", [0x5a, 0xc3, 0xbc, 0x2c, 0x31]],
  ])("is read from %s", async (_, bytes) => {
    expect(values(await read(new Uint8Array(bytes)))).toEqual([["Zü", 1]]);
  });

  it("is empty for nothing", async () => {
    for (const text of ["", "\n", "\r\n\r\n", "\ufeff"]) expect((await read(text)).cellCount).toBe(0);
  });

  it("is not read from other files", async () => {
    await expect(read("PK\u0003\u0004 something")).rejects.toThrow(FileUnsupportedError);
    await expect(read("%PDF-1.7")).rejects.toThrow(FileUnsupportedError);
    await expect(read(new Uint8Array(4000))).rejects.toThrow(FileDamagedError);
  });

  it("stops when told and refuses rows without end", async () => {
    const text = "x,y\n".repeat(2_000_000);
    const controller = new AbortController();
    const stopped = read(text, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stopped).rejects.toThrow(/abort/i);
    await expect(read("x,y\n".repeat(1000), { maxCells: 500 })).rejects.toThrow(FileTooLargeError);
  });
});

describe("numbers in delimited text", () => {
  const numbers = async (lines: readonly string[], options?: ReadDelimitedOptions): Promise<unknown[]> =>
    values(await read(`h\tx\n${lines.map((line) => `${line}\tx`).join("\n")}\n`, options))
      .slice(1)
      .map(([value]) => value);

  it("are read with points or commas, whichever the column proves", async () => {
    expect(await numbers(["1,234.56", "1,234", "-0.5"])).toEqual([1234.56, 1234, -0.5]);
    expect(await numbers(["1.234,56", "1.234", "-0,5", "2.345.678"])).toEqual([1234.56, 1234, -0.5, 2345678]);
    expect(await numbers(["1 234,5", "1'000,25"])).toEqual([1234.5, 1000.25]);
    expect(await numbers(["1.234"], { decimalSign: "," })).toEqual([1234]);
  });

  it("are not read by a comma that merely ends a text", async () => {
    const cells = await read('Tax,"December 31,","31,"\nState,"$1,716",(13)\nForeign,"1,765",98\n');
    expect(values(cells)[1]?.[1]).toBe(1716);
    expect(values(cells)[2]?.[1]).toBe(1765);
  });

  it("keep percent signs and currencies as formats", async () => {
    const cells = await read("a\tb\n12.5%\t$1,234.50\n7%\t($99.00)\n-3%\t€ 5\n1%\t5 EUR\n");
    expect(values(cells).slice(1)).toEqual([
      [0.125, 1234.5],
      [0.07, -99],
      [-0.03, 5],
      [0.01, 5],
    ]);
    expect([cellText(cells, 2, 0), cellText(cells, 2, 1), cellText(cells, 5, 1)]).toEqual([
      "12.5%",
      "$1,234.50",
      "5 EUR",
    ]);
  });

  it("are no numbers where they are names", async () => {
    expect(await numbers(["007", "12", "1204"])).toEqual(["007", "12", "1204"]);
    expect(await numbers(["12345678901234567890"])).toEqual(["12345678901234567890"]);
    expect(await numbers(["+491701234567", "12E3", "1-2", "3/4", "1.2.3", "12,34,5"])).toEqual([
      "+491701234567",
      "12E3",
      "1-2",
      "3/4",
      "1.2.3",
      "12,34,5",
    ]);
  });

  it("stand beside N/A without becoming text", async () => {
    expect(await numbers(["1", "N/A", "-", "2"])).toEqual([1, "N/A", "-", 2]);
  });

  it("are said to be unclear where thousands and decimals look the same", async () => {
    expect((await read("a;b\n1.234;x\n2.345;y\n")).notes).toHaveLength(1);
    expect((await read("a;b\n1.234;x\n2.34;y\n")).notes).toEqual([]);
  });

  it("come back as written", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.integer({ min: -1e12, max: 1e12 }).map((whole) => whole / 100),
          { minLength: 1, maxLength: 20 },
        ),
        async (written) => {
          expect(await numbers(written.map(String), { decimalSign: "." })).toEqual(
            written.map((value) => (value === 0 ? 0 : value)),
          );
          const european = written.map((value) => String(value).replace(".", ","));
          expect(await numbers(european, { decimalSign: "," })).toEqual(written);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("dates in delimited text", () => {
  const column = async (lines: readonly string[]): Promise<SheetCells> =>
    read(`day\tx\n${lines.map((line) => `${line}\tx`).join("\n")}\n`);
  const first = async (lines: readonly string[]): Promise<unknown[]> =>
    values(await column(lines))
      .slice(1)
      .map(([value]) => value);

  it.each([
    [
      ["31.12.2024", "01.02.2024"],
      ["2024-12-31", "2024-02-01"],
    ],
    [
      ["2024-12-31", "2024-02-01"],
      ["2024-12-31", "2024-02-01"],
    ],
    [
      ["12/31/24", "1/2/24"],
      ["2024-12-31", "2024-01-02"],
    ],
    [
      ["31/12/2024", "N/A", "1/2/2024"],
      ["2024-12-31", "N/A", "2024-02-01"],
    ],
    [
      ["5-Mar-99", "17-Apr-01"],
      ["1999-03-05", "2001-04-17"],
    ],
    [
      ["2024-05-31T10:20:30", "2024-06-01 00:00:00"],
      ["2024-05-31T10:20:30", "2024-06-01T00:00:00"],
    ],
    [["5/31/2024 6:05 PM"], ["2024-05-31T18:05:00"]],
  ])("are read where the whole column agrees: %j", async (written, expected) => {
    expect(await first(written)).toEqual(expected);
  });

  it("show as they were written", async () => {
    for (const written of [
      ["31.12.2024"],
      ["2024-12-31"],
      ["12/31/24"],
      ["5-Mar-99"],
      ["2024-05-31 10:20:30"],
    ]) {
      expect(cellText(await column(written), 2, 0)).toBe(written[0]);
    }
  });

  it("stay text where day and month can't be told apart, and a note says so", async () => {
    const cells = await column(["03/04/2024", "05/06/2024"]);
    expect(values(cells)[1]![0]).toBe("03/04/2024");
    expect(cells.notes).toEqual([expect.stringContaining("Column A")]);
  });

  it("stay text where they contradict each other or are no dates", async () => {
    expect(await first(["13/01/2024", "01/13/2024"])).toEqual(["13/01/2024", "01/13/2024"]);
    expect(await first(["31.02.2024"])).toEqual(["31.02.2024"]);
    expect(await first(["2024-01-05", "soon"])).toEqual(["2024-01-05", "soon"]);
    expect(await first(["1.2.3", "4.5.6"])).toEqual(["1.2.3", "4.5.6"]);
  });

  it("leaves truth values beside other words as they are", async () => {
    expect(await first(["true", "FALSE", ""])).toEqual([true, false, undefined]);
    expect(await first(["true", "maybe", "no"])).toEqual(["true", "maybe", "no"]);
  });
});

describe("any table", () => {
  it("is read back as it was written", async () => {
    const anyCell = fc
      .string({ unit: "grapheme", maxLength: 8 })
      .map((text) => `t${text.replaceAll("\0", "")}x`);
    const anyTable = fc
      .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 8 }))
      .chain(([width, height]) =>
        fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), {
          minLength: height,
          maxLength: height,
        }),
      );
    await fc.assert(
      fc.asyncProperty(
        anyTable,
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom("\n", "\r\n"),
        async (table, delimiter, end) => {
          const text = table
            .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
            .join(end);
          expect(values(await read(text, { delimiter, escape: "doubled" }))).toEqual(table);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("ends in cells whatever the bytes are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const cells = await read(bytes).catch((error: unknown) => error);
        expect(cells instanceof FileDamagedError || Array.isArray((cells as SheetCells).strings)).toBe(true);
      }),
    );
    const noise = fc.array(fc.constantFrom('"', ",", "\n", "\r", " ", "a", "1", "\\", ";"), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(noise, async (pieces) => {
        expect((await read(pieces.join(""))).rows.length).toBeLessThanOrEqual(pieces.length + 1);
      }),
    );
  });
});
