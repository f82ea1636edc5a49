import { describe, expect, it } from "vitest";
import { scanXml } from "../../../files/xml/scan-xml.ts";
import { attribute, childNamed, descendantsNamed, textOf } from "../../../files/xml/xml-tree.ts";
import { languageRules } from "./language-rules.ts";
import { srxOf } from "./srx-of.ts";

const srx = "{http://www.lisa.org/srx20}";

/** What a translation tool does with an SRX file: at each place the first rule that fits decides. */
function segmentBySrx(text: string, source: string): string[] {
  const tree = scanXml(source);
  const rules = descendantsNamed(tree, 0, `${srx}rule`).map((rule) => ({
    breaks: attribute(tree, rule, "break") === "yes",
    before: new RegExp(`(?:${textOf(tree, childNamed(tree, rule, `${srx}beforebreak`))})$`, "u"),
    after: new RegExp(`^(?:${textOf(tree, childNamed(tree, rule, `${srx}afterbreak`))})`, "u"),
  }));
  const out: string[] = [];
  let start = 0;
  for (let at = 1; at < text.length; at++) {
    const rule = rules.find(
      ({ before, after }) => after.test(text.slice(at)) && before.test(text.slice(start, at)),
    );
    if (!rule?.breaks) continue;
    out.push(text.slice(start, at).trim());
    start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
  }
  return [...out, text.slice(start).trim()];
}

describe("srxOf", () => {
  it("gives rules with which another program parts the same sentences", () => {
    const parted = (marked: string, language: string): void =>
      expect(segmentBySrx(marked.replaceAll("|", ""), srxOf(language))).toEqual(
        marked.split("|").map((part) => part.trim()),
      );
    parted("Mr. Smith met Dr. Jones in the U.S. |The end.", "en");
    parted("Am 3. Oktober war z. B. Dr. Müller da. |Danach nicht.", "de");
    parted("Er rief: „Halt!“ |Dann ging er.", "de");
  });

  it("is well-formed for every language that has rules", () => {
    for (const language of [...Object.keys(languageRules), "xx", 'a"<&'])
      expect(scanXml(srxOf(language)).count).toBeGreaterThan(20);
  });
});
