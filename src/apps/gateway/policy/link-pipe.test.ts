import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linkChecker } from "../../../models/safety/check-links.ts";
import { linkPipe } from "./link-pipe.ts";

const check = linkChecker({ inputs: ["see https://given.example/a?b=1"], allowedHosts: ["acme.example"] });

const piece = fc.oneof(
  fc.constantFrom(
    "https://evil.example/?q=secret",
    "h t t p s://evil.example",
    "ftp : //evil.example/",
    "www.evil.example",
    "https://given.example/a?b=1",
    "https://docs.acme.example/x",
    "![x](",
    "(  //evil.example",
    "]:   //evil.example",
    "javascript:alert(1)",
    "http",
    "h t",
    ":",
    "//",
    " ",
    "\n",
    ").",
    '="',
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);

describe("linkPipe", () => {
  it("gives the same text as the check of the whole, however it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.array(fc.nat(7), { maxLength: 80 }),
        (pieces, cuts) => {
          const whole = pieces.join("");
          const pipe = linkPipe(check);
          let joined = "";
          let at = 0;
          for (const cut of cuts) {
            joined += pipe.push(whole.slice(at, at + cut));
            at += cut;
          }
          joined += pipe.push(whole.slice(at));
          joined += pipe.end();
          expect(joined).toBe(check(whole).text);
          expect(pipe.held()).toBe(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("does not wait for ever for the end of a word", () => {
    const pipe = linkPipe(check);
    expect(String(pipe.push("x".repeat(5_000))).length).toBeGreaterThan(4_900);
    expect(String(pipe.push(`https://evil.example/${"y".repeat(5_000)}`)).length).toBeGreaterThan(4_900);
  });
});
