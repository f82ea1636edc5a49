import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stopFilter } from "./stop-filter.ts";

/** What comes out of a text in pieces of these lengths. */
function filtered(text: string, stops: readonly string[], lengths: readonly number[]): string {
  const filter = stopFilter(stops);
  let out = "";
  let place = 0;
  for (const length of [...lengths, text.length]) {
    const { text: ready, isStopped } = filter.push(text.slice(place, place + length));
    out += ready;
    if (isStopped) return out;
    place += length;
  }
  return out + filter.end();
}

describe("a stop sequence", () => {
  it("cuts at its first place, however the text is cut into pieces", () => {
    const few = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 30 });
    const stop = fc.string({ unit: fc.constantFrom("a", "b", "\n"), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(few, fc.array(stop, { maxLength: 4 }), fc.array(fc.nat(4)), (text, stops, lengths) => {
        const places = stops.map((each) => text.indexOf(each)).filter((place) => place >= 0);
        const expected = places.length === 0 ? text : text.slice(0, Math.min(...places));
        expect(expected.startsWith(filtered(text, stops, lengths))).toBe(true);
        // Of two that overlap, the one that ends first is seen first, as in any stream.
        if (stops.length <= 1) expect(filtered(text, stops, lengths)).toBe(expected);
      }),
    );
  });

  it("that is empty never stops anything", () => {
    expect(filtered("abc", [""], [1])).toBe("abc");
  });
});
