import { describe, expect, it } from "vitest";
import { templatePackage, templateParts } from "../../files/docx/create/template-package.ts";
import { template } from "../../files/docx/create/templates.fixture.ts";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { docxOf, p } from "./docx.fixture.ts";
import { runCli } from "./main.ts";

async function checked(
  bytes: Uint8Array | string,
  ...argv: string[]
): Promise<TestWorld & { readonly code: number }> {
  const made = await testWorld();
  await made.put("house.dotx", bytes);
  const code = await runCli(["template", "check", "house.dotx", ...argv], made.io);
  return { ...made, code };
}

type ControlOptions = { readonly kind?: string; readonly inner?: string };

function control(name: string, { kind = "<w:text/>", inner = "" }: ControlOptions = {}): string {
  const title = name === "" ? "" : `<w:alias w:val="${name}"/>`;
  return `<w:p><w:sdt><w:sdtPr>${title}<w:showingPlcHdr/>${inner}${kind}</w:sdtPr><w:sdtContent><w:r><w:t>…</w:t></w:r></w:sdtContent></w:sdt></w:p>`;
}

const list =
  '<w:dropDownList><w:listItem w:displayText="Open" w:value="o"/><w:listItem w:displayText="Closed" w:value="c"/></w:dropDownList>';
const boundTitle =
  '<w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:title[1]" w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/>';

describe("tandem template check", () => {
  it("says what each kind of text gets and where the text goes, and writes nothing", async () => {
    const { code, out, err, names } = await checked(templatePackage());
    expect(code).toBe(0);
    expect(out()).toMatch(/^Text gets\n {2}title +Title\n {2}heading 1 +Heading 1\n/);
    expect(out()).toContain("in place of the paragraph {{content}}");
    expect(out()).toMatch(/\{\{title\}\} +the document's title\n/);
    expect(out()).toMatch(/NUMPAGES +footer, 2 times +kept, for Word to update/);
    expect(out()).toContain("A4 portrait");
    expect(out()).not.toContain("To mind");
    expect(err()).toBe("house.dotx can be used: a trial document was made from it in memory\n");
    expect(await names()).toEqual(["house.dotx"]);
  });

  it("says what fills each content control, those of the same kind on one line", async () => {
    const body =
      control("Client") +
      control("Client") +
      control("State of things", { kind: list }) +
      control("Doc", { inner: boundTitle }) +
      control("Signed", { kind: "<w:date/>" }) +
      control("", { kind: "<w:picture/>" }) +
      p("{{content}}") +
      p("{{client}}");
    const { out, code } = await checked(docxOf(body));
    expect(code).toBe(0);
    expect(out()).toMatch(/Client +text, 2 times +--set Client=…\n/);
    expect(out()).toMatch(/State of things +dropdown +--set "State of things"=Open\|Closed\n/);
    expect(out()).toMatch(/Doc +text +shows the document's title\n/);
    expect(out()).toMatch(/Signed +date +--set Signed=2026-11-23\n/);
    expect(out()).toMatch(/\(no name\) +picture +stays as it is\n/);
    expect(out()).toMatch(/\{\{client\}\} +nothing fills it: it stays as it stands\n/);
    expect(out()).toMatch(/To mind\n {2}It has no style for: title/);
  });

  it("says that controls go where nothing marks the place of the text", async () => {
    const { out } = await checked(docxOf(control("Client") + p("Sample text.")));
    expect(out()).toContain("in place of all that the body holds");
    expect(out()).toMatch(/Client +text +--set Client=…, or it goes with the body\n/);
  });

  it("gives programs one JSON object", async () => {
    const { out, code } = await checked(docxOf(control("Client") + p("{{content}}")), "--json");
    expect(code).toBe(0);
    const report = JSON.parse(out());
    expect(report).toMatchObject({
      schemaVersion: 1,
      command: "template check",
      input: "house.dotx",
      usable: true,
      contentPlace: "placeholder",
      controls: [{ title: "Client", kind: "text", story: "body", isEmpty: true }],
    });
    expect(report.roles).toContainEqual({ role: "heading 1", style: "heading 1", source: "style" });
    expect(report).not.toHaveProperty("refusal");
  });

  it("describes a template that no document can be made from, and says why (5)", async () => {
    const { code, out, err } = await checked(macroTemplate());
    expect(code).toBe(5);
    expect(out()).toContain("No document can be made from it: the template holds macros");
    expect(err()).toContain("hint: ");
    const json = await checked(macroTemplate(), "--json");
    expect([json.code, JSON.parse(json.out()).usable]).toEqual([5, false]);
  });

  it("is no help with what is no Word file (1) or is not there (2)", async () => {
    const damaged = await checked("not a zip");
    expect([damaged.code, damaged.out()]).toEqual([1, ""]);
    const { io, err } = await testWorld();
    expect(await runCli(["template", "check", "house.dotx"], io)).toBe(2);
    expect(err()).toContain("there is no file house.dotx");
  });
});

/** Our template with the content type of one that holds macros. */
function macroTemplate(): Uint8Array {
  const types = templateParts.get("[Content_Types].xml") ?? "";
  return template({
    "[Content_Types].xml": types.replace(
      /application\/[\w.-]*template\.main\+xml/,
      "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ),
  });
}
