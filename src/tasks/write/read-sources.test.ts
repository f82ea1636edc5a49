import { expect, it } from "vitest";
import { FileDamagedError } from "../../errors.ts";
import { readSources } from "./read-sources.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it("reads texts as passages and delimited text as tables with their hash", async () => {
  const { sources } = await readSources([
    { name: "in/brief.md", bytes: bytes("# Brief\n\nThe pilot starts in May.\n") },
    { name: "orders.csv", bytes: bytes("Month,Amount\nMay,12\nJune,14\n") },
  ]);
  expect(sources.texts.map(({ name, passages }) => [name, passages.map(({ text }) => text)])).toEqual([
    ["brief.md", ["Brief", "The pilot starts in May."]],
  ]);
  const [orders] = sources.workbooks;
  expect(orders).toMatchObject({ name: "orders.csv", sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) });
  expect(orders!.tables.map(({ rowCount }) => rowCount)).toEqual([2]);
});

it("tells files of the same name apart", async () => {
  const { sources } = await readSources(
    ["a/brief.md", "b/Brief.md", "c/brief.md"].map((name) => ({
      name,
      bytes: bytes("One line of text here."),
    })),
  );
  expect(sources.texts.map(({ name }) => name)).toEqual(["brief.md", "Brief (2).md", "brief (3).md"]);
});

it("names the file that can't be read", async () => {
  const broken = { name: "broken.docx", bytes: new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]) };
  const error: unknown = await readSources([broken]).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(FileDamagedError);
  expect((error as Error).message).toContain("broken.docx");
});

it("stops when it is told to", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(readSources([{ name: "a.md", bytes: bytes("x") }], { signal })).rejects.toThrow("enough");
});
