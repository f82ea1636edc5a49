import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { openFile, paragraphText, settleChanges, type WordDocument } from "../../src/files/index.ts";
import { type ValidationProblem, validateOffice } from "../validate-office.ts";
import { combineFixtures } from "./combined-fixtures.ts";
import { type Fixture, makeFixtures } from "./fixtures.ts";
import { disagreements, namesOf, refusals } from "./known.ts";
import { type OfficeSettled, officeVersion, settleInOffice } from "./settle-in-office.ts";

const { made, refused } = makeFixtures();
const isEachValidated = process.env.TANDEM_OFFICE_EACH !== undefined;
const actions = ["accept", "reject"] as const;
type Action = (typeof actions)[number];

/** Story, cell and final text of each paragraph but those of comments, which nobody accepts or rejects. */
function textsOf(bytes: Uint8Array): string[] {
  const document: WordDocument = openFile(bytes);
  return document.paragraphs
    .filter(({ story }) => story.kind !== "comment")
    .map((each) => {
      const { story, cell } = each;
      const address = cell === undefined ? "" : ` ${cell.table}/${cell.row}/${cell.column}`;
      return `${story.kind}${address}: ${paragraphText(each)}`;
    });
}

const settled = (bytes: Uint8Array, action: Action): Uint8Array => settleChanges(openFile(bytes), { action });

describe("every kind of edit in every kind of place", () => {
  it("is made, or refused as the table says", () => {
    const each = isEachValidated ? "each by itself" : "together (each by itself with TANDEM_OFFICE_EACH=1)";
    console.log(`${made.length} fixtures made and validated ${each}, ${refused.length} edits refused`);
    const found = refused.map(({ name, code }) => `${name}: ${code}`);
    const wanted = namesOf(refusals).map(([name, { code }]) => `${name}: ${code}`);
    expect(found.sort()).toEqual(wanted.sort());
  });

  it.each(made)("$name: rejecting gives the source's text", ({ source, edited }) => {
    expect(textsOf(settled(edited, "reject"))).toEqual(textsOf(settled(source, "reject")));
  });
});

describe("the schema validator", () => {
  const validated = new Map<string, Promise<ValidationProblem[]>>();
  /** Sources come again and again, and each call is a process. */
  async function problemsOf(bytes: Uint8Array): Promise<string[]> {
    const key = createHash("sha256").update(bytes).digest("hex");
    if (!validated.has(key)) validated.set(key, validateOffice(bytes));
    return (await validated.get(key)!).map(({ part, id, description }) => `${part} ${id} ${description}`);
  }

  async function expectNothingNew({ source, edited }: Pick<Fixture, "source" | "edited">): Promise<void> {
    const known = new Set(await problemsOf(source));
    for (const bytes of [edited, ...actions.map((action) => settled(edited, action))]) {
      expect((await problemsOf(bytes)).filter((problem) => !known.has(problem))).toEqual([]);
    }
  }

  it.concurrent.each(combineFixtures(made))("$name in all places: finds nothing new", expectNothingNew);

  // Two thousand processes: ten minutes of a machine with two processors, and so not for every day.
  describe.runIf(isEachValidated)("in each place by itself", () => {
    it.concurrent.each(made)("$name: finds nothing new", expectNothingNew);
  });
});

if (officeVersion === undefined) console.log("skipped: LibreOffice (soffice) is not on this machine");

describe.skipIf(officeVersion === undefined)("LibreOffice", () => {
  const known = new Map(namesOf(disagreements));
  const results = new Map<Fixture, OfficeSettled>();

  beforeAll(async () => {
    const all = await settleInOffice(made.map(({ edited }) => edited));
    made.forEach((fixture, index) => {
      results.set(fixture, all[index]!);
    });
    console.log(`settled ${all.length} fixtures, both ways, with ${officeVersion}`);
  });

  it("has a fixture for every known disagreement, and each is listed once", () => {
    const names = new Set(made.map(({ name }) => name));
    expect([...known.keys()].filter((name) => !names.has(name))).toEqual([]);
    expect(namesOf(disagreements)).toHaveLength(known.size);
  });

  it.each(made)("$name: accepting and rejecting all gives what it gives in Tandem", (fixture) => {
    const { accepted, rejected } = results.get(fixture)!;
    if (accepted === undefined || rejected === undefined) throw new Error("LibreOffice saved no file");
    for (const action of actions) {
      const theirs = textsOf(action === "accept" ? accepted : rejected);
      const ours = textsOf(settled(fixture.edited, action));
      const disagreement = known.get(fixture.name);
      if (disagreement?.actions.includes(action)) expect(theirs, disagreement.because).not.toEqual(ours);
      else expect(theirs, action).toEqual(ours);
    }
  });
});
