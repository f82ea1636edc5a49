import { describe, expect, it } from "vitest";
import { FileUnsupportedError } from "../../../errors.ts";
import { describeTemplate } from "./describe-template.ts";
import { templatePackage } from "./template-package.ts";
import { bodyOf, line, style, stylesOf, template } from "./templates.fixture.ts";

describe("a template's description", () => {
  it("of ours has a style for every role and nothing to warn of", () => {
    const found = describeTemplate(templatePackage());
    expect(found.roles.every(({ source }) => source === "style")).toBe(true);
    expect(found).toMatchObject({
      contentPlace: "placeholder",
      placeholders: ["{{content}}", "{{title}}", "{{date}}"],
      numberingDefinitions: 2,
      fonts: ["Calibri"],
      theme: "Tandem",
      warnings: [],
      pages: [{ width: 11_906, isLandscape: false, columns: 1 }],
    });
  });

  it("says what stands in for what is missing", () => {
    const { roles, warnings } = describeTemplate(
      template(stylesOf(style("h", "heading 1") + style("q", "Intense Quote") + style("N", "Normal"))),
    );
    const role = (name: string): unknown => roles.find((each) => each.role === name);
    expect(role("heading 1")).toEqual({ role: "heading 1", style: "heading 1", source: "style" });
    expect(role("heading 3")).toEqual({ role: "heading 3", style: "heading 1", source: "substitute" });
    expect(role("quote")).toEqual({ role: "quote", style: "Intense Quote", source: "substitute" });
    expect(role("bulleted list")).toEqual({ role: "bulleted list", source: "numbering" });
    expect(role("caption")).toEqual({ role: "caption", source: "direct" });
    expect(warnings.join()).toContain("caption");
  });

  it("lists controls and fields, with what becomes of them", () => {
    const control =
      '<w:sdt><w:sdtPr><w:alias w:val="State"/><w:tag w:val="s"/><w:lock w:val="contentLocked"/><w:showingPlcHdr/><w:dropDownList><w:listItem w:displayText="Open" w:value="o"/></w:dropDownList></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>';
    const found = describeTemplate(
      template(bodyOf(`${control}<w:p><w:fldSimple w:instr=" DATE "/></w:p>${line("text")}`)),
    );
    expect(found.controls).toEqual([
      {
        title: "State",
        tag: "s",
        kind: "dropdown",
        story: "body",
        isBound: false,
        isLocked: true,
        isEmpty: true,
        choices: ["Open"],
        isRemoved: true,
      },
    ]);
    expect(found.contentPlace).toBe("body");
    expect(found.fields[0]).toEqual({ code: "DATE", story: "body", treatment: "removed" });
    expect(found.warnings.join()).toContain("replaces the body");
  });

  it("is not given of what is no Word document", () => {
    expect(() => describeTemplate(new TextEncoder().encode("%PDF-1.7"))).toThrow(FileUnsupportedError);
  });
});
