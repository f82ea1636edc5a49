import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CodedText } from "../../files/units/types.ts";
import { standInNumbers, withLongNumbers } from "./stand-in-numbers.ts";

const plain = (text: string): CodedText => ({ text, spans: [], atoms: [] });

describe("standInNumbers", () => {
  it("puts short numbers for long ones only, none of which the text has", () => {
    const { coded, numbers } = standInNumbers(
      plain("Sales of 5,973,700 in 2019, 47 stores, 12345.6 m², 24 h"),
      "en",
    )!;
    expect(numbers.map(({ long }) => long)).toEqual(["5,973,700", "12345.6"]);
    const [first, second] = numbers.map(({ short }) => short);
    expect(coded.text).toBe(`Sales of ${first} in 2019, 47 stores, ${second} m², 24 h`);
    expect(["47", "24"]).not.toContain(first);
    expect(standInNumbers(plain("In 2019 there were 350 of 3.5 kg"), "en")).toBeUndefined();
  });

  it("moves codes along and leaves a number alone that a code stands in", () => {
    const text = "a 1,234,567 b 7,654,321 c";
    const span = { id: "1", kind: "format", start: 2, end: 11, canCopy: true } as const;
    const atom = { id: "2", kind: "mark", offset: 16 } as const;
    const { coded, numbers } = standInNumbers({ text, spans: [span], atoms: [atom] }, "en")!;
    expect(numbers.map(({ long }) => long)).toEqual(["1,234,567"]);
    expect(coded.text.slice(coded.spans[0]!.start, coded.spans[0]!.end)).toBe(numbers[0]!.short);
    expect(coded.spans[0]!.canCopy).toBe(true);
    expect(coded.text.slice(coded.atoms[0]!.offset)).toBe("654,321 c");
  });

  it("writes them in the target language's form, wherever the engine put them", () => {
    const standIns = standInNumbers(plain("From 1,234,567.5 to 98765432."), "en")!;
    const [first, second] = standIns.numbers.map(({ short }) => short);
    const back = (text: string) => withLongNumbers(plain(text), standIns, "en", "pt")?.text;
    expect(back(`Até ${second}, de ${first}.`)).toBe("Até 98765432, de 1.234.567,5.");
    expect(back(`Até ${second}.`)).toBeUndefined();
    expect(back(`De ${first} e ${first} até ${second}.`)).toBeUndefined();
    expect(back(`De ${first},5 até ${second}.`)).toBeUndefined();
  });

  it("gives back the text of an engine that copies", () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 12n }).map((each) => each.toLocaleString("en-US"));
    fc.assert(
      fc.property(
        fc.array(fc.oneof(number, fc.constantFrom("the", "(", "%", "2019", "v1.2.3")), { maxLength: 90 }),
        (words) => {
          const text = words.join(" ");
          const standIns = standInNumbers(plain(text), "en");
          if (standIns) expect(withLongNumbers(standIns.coded, standIns, "en", "en")?.text).toBe(text);
        },
      ),
    );
  });
});
