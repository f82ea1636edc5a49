import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { openFile, paragraphText } from "../../files/index.ts";
import { parseHouseStyle } from "../../tasks/house-style/parse-house-style.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { docxOf, h1, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

const STYLE = '## Terms\n- T1: "utilise" -> "use" (plain words)\n- foo\n## Voice\n- V1: active voice\n';

const world = async (style = STYLE): Promise<TestWorld> => {
  const made = await testWorld();
  await made.put("a.docx", docxOf(h1("Work") + p("We utilise it.")));
  await made.put("house.md", style);
  return made;
};

describe("tandem edit --style", () => {
  it("writes tracked changes, says what each rule did, what could not be read and what was left", async () => {
    const { io, get, err } = await world();
    expect(await runCli(["edit", "a.docx", "--style", "house.md", "-o", "b.docx"], io)).toBe(0);
    const texts = openFile(await get("b.docx")).paragraphs.map((each) => paragraphText(each, "markup"));
    expect(texts).toContain("We {--utilise--}{++use++} it.");
    expect(err()).toContain("style, line 3: ");
    expect(err()).toContain("2 rules: 1 checked by code, 1 need a model\nT1: 1 changed\n");
    expect(err()).toContain("not checked, as they need a larger language model: V1");
    expect(err()).toContain("1 change made\nwrote b.docx\n");
  });

  it("shows the redline with --dry-run and writes nothing", async () => {
    const { io, out, names } = await world();
    expect(await runCli(["edit", "a.docx", "--style", "house.md", "--dry-run"], io)).toBe(0);
    expect(out()).toContain("We {--utilise--}{++use++} it.");
    expect(await names()).toEqual(["a.docx", "house.md"]);
  });

  it("reports the rules as JSON", async () => {
    const { io, out } = await world();
    expect(await runCli(["edit", "a.docx", "--style", "house.md", "--json", "-o", "b.docx"], io)).toBe(0);
    expect(JSON.parse(out())).toMatchObject({
      applied: 1,
      changes: [{ id: "T1.1", kind: "replace", before: "utilise", after: "use" }],
      style: {
        rules: { byCode: 1, byModel: 1 },
        broken: [{ rule: "T1", replaced: 1, commented: 0 }],
        left: ["V1"],
        problems: [{ line: 3, kind: "error" }],
      },
    });
  });

  it("ends with 3 when nothing breaks a rule, and with 2 when there is no rule or another thing to do", async () => {
    const none = await world('## Terms\n- "synergy" -> "team work"\n');
    expect(await runCli(["edit", "a.docx", "--style", "house.md"], none.io)).toBe(3);
    const empty = await world("# Nothing\n");
    expect(await runCli(["edit", "a.docx", "--style", "house.md"], empty.io)).toBe(2);
    expect(empty.err()).toContain("the house style has no rule");
    const both = await world();
    expect(await runCli(["edit", "a.docx", "shorten", "--style", "house.md"], both.io)).toBe(2);
    expect(await runCli(["edit", "a.docx", "--style", "house.md", "--section", "Work"], both.io)).toBe(2);
  });

  it("understands every rule of the example that is shipped", async () => {
    const text = await readFile(new URL("../../../templates/house-style.md", import.meta.url), "utf8");
    const { rules, problems } = parseHouseStyle(text);
    expect(problems.filter((problem) => problem.kind === "error")).toEqual([]);
    expect(rules.filter((rule) => rule.check.kind === "model").map((rule) => rule.id)).toEqual(["V1", "V3"]);
  });
});
