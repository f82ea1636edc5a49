import { describe, expect, it } from "vitest";
import { FileDamagedError } from "../../../errors.ts";
import { assemble } from "../pdf.fixture.ts";
import { readDestinations } from "./read-destinations.ts";

const page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";

function withNames(names: string): Uint8Array {
  return assemble([
    `<< /Type /Catalog /Pages 2 0 R /Dests << ${names} >> >>`,
    "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
    page,
    page,
  ]);
}

describe("the named places of a PDF", () => {
  it("are given with their pages, without those that lead nowhere", async () => {
    const pdf = withNames(
      "/one [3 0 R /XYZ 0 700 0] /two [4 0 R /Fit] /gone [9 0 R /Fit] /odd [(x)] /none null",
    );
    expect([...(await readDestinations(pdf))]).toEqual([
      ["one", 1],
      ["two", 2],
    ]);
  });

  it("are none in a PDF without names, and a damaged file is an error", async () => {
    expect((await readDestinations(withNames(""))).size).toBe(0);
    await expect(readDestinations(new TextEncoder().encode("%PDF-1.7 cut"))).rejects.toThrow(
      FileDamagedError,
    );
  });
});
