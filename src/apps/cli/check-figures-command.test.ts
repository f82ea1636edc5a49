import { describe, expect, it } from "vitest";
import { ordersCsv } from "./ask.fixture.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { docxOf, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

const world = async (): Promise<TestWorld> => {
  const made = await testWorld();
  await made.put("orders.csv", ordersCsv);
  await made.put("good.docx", docxOf(p("The North sold 6 pieces; the total amount was 4,247.60.")));
  await made.put("bad.docx", docxOf(p("The total amount was 4,274.60.")));
  return made;
};

describe("tandem check-figures", () => {
  it("exits with 0 where no figure is contradicted", async () => {
    const { io, out } = await world();
    expect(await runCli(["check-figures", "good.docx", "--with", "orders.csv"], io)).toBe(0);
    expect(out()).toContain("0 contradicted");
  });

  it("counts figures that nothing speaks of in one line, and lists them with --verbose", async () => {
    const { io, out, put } = await world();
    await put("rent.docx", docxOf(p("It cost 812 buckets. We painted 17 walls.")));
    await runCli(["check-figures", "rent.docx", "--with", "orders.csv"], io);
    expect(out()).toContain("? 2 figures that nothing in the workbooks speaks of");
    expect(out()).not.toContain("17 walls");
    await runCli(["check-figures", "rent.docx", "--with", "orders.csv", "--verbose"], io);
    expect(out()).toContain("17: We painted 17 walls.");
  });

  it("names the right value and its cells, exit code 1, and writes nothing unless asked", async () => {
    const { io, out, names } = await world();
    expect(await runCli(["check-figures", "bad.docx", "--with", "orders.csv"], io)).toBe(1);
    expect(out()).toContain("✗ 4,274.60, but the workbook says 4,247.6");
    expect(out()).toContain("orders.csv!D4:D7");
    expect(await names()).toEqual(["bad.docx", "good.docx", "orders.csv"]);
  });

  it("writes corrections with --fix, and reports as JSON", async () => {
    const { io, out, names } = await world();
    expect(await runCli(["check-figures", "bad.docx", "--with", "orders.csv", "--fix", "--json"], io)).toBe(
      1,
    );
    expect(JSON.parse(out())).toMatchObject({
      command: "check-figures",
      contradicted: 1,
      findings: [
        {
          figure: "4,274.60",
          verdict: "contradicted",
          value: 4274.6,
          computed: 4247.6,
          shouldBe: "4,247.60",
        },
      ],
    });
    expect(await names()).toContain("bad.tandem.docx");
  });

  it("says that verify needs something to verify against", async () => {
    const { io, err } = await world();
    expect(await runCli(["verify", "good.docx"], io)).toBe(2);
    expect(err()).toContain("--with");
  });

  it("finds no figures of its own in a file that others wrote", async () => {
    const { io, out } = await world();
    expect(await runCli(["verify", "good.docx", "--with", "orders.csv"], io)).toBe(3);
    expect(out()).toContain("no figures that Tandem wrote");
  });
});
