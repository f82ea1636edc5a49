import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SAMPLERS, seededRandom } from "./id-samples.fixture.ts";
import { inJsonString, maskSession, maskText, unmaskStream, unmaskText } from "./mask-text.ts";

/** Texts full of what the masking looks at: data, tokens and near tokens, pieces of both. */
const piece = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "[EMAIL-1]",
    "[ email 1 ]",
    "⟦Phone-2⟧",
    "EMAIL-1",
    "CARD_12",
    "[EMAIL-",
    "EMAIL",
    "-1",
    "]",
    "[",
    "[[",
    "1]",
    "[TEXT-1]",
    "SECRET_",
    "[ID 3",
    " ",
    "A",
    "[Table 3]",
    "+34 612 34 56 78",
    "password: Tr0ub4dor&3x!",
  ),
  fc
    .record({ sampler: fc.constantFrom(...SAMPLERS), seed: fc.nat() })
    .map(({ sampler, seed }) => sampler.before + sampler.write(seededRandom(seed))),
);
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

describe("masking", () => {
  it("gives the same value the same token in the whole job, and tells no value", () => {
    const session = maskSession();
    const first = maskText(
      "Write to ann@example.org or bob@example.org; ann@example.org is faster.",
      session,
    );
    expect(first.text).toBe("Write to [EMAIL-1] or [EMAIL-2]; [EMAIL-1] is faster.");
    expect(first.tokens).toEqual(["[EMAIL-1]", "[EMAIL-2]"]);
    expect(maskText("bob@example.org", session).text).toBe("[EMAIL-2]");
    expect(maskText("See [Table 3] and [Annex 1] in [2].", session).text).toBe(
      "See [Table 3] and [Annex 1] in [2].",
    );
  });

  it.each([
    "[EMAIL-1]",
    "[email-1]",
    "[Email 1]",
    "[ EMAIL_1 ]",
    "⟦EMAIL-1⟧",
    "[EMAIL – 1]",
    "EMAIL-1",
    "EMAIL_1",
    "[EMAIL1]",
    "[EMAIL-01]",
  ])("puts the value back where a model wrote %s", (token) => {
    const session = maskSession();
    maskText("ann@example.org", session);
    expect(unmaskText(`Dear ${token}, hello`, session)).toBe("Dear ann@example.org, hello");
  });

  it("leaves tokens alone that nobody gave out", () => {
    expect(unmaskText("[EMAIL-7] and IBAN-2 and [Id 4]", maskSession())).toBe(
      "[EMAIL-7] and IBAN-2 and [Id 4]",
    );
  });

  it("gives back any text", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
        const session = maskSession({ ipAddresses: true });
        const masked = texts.map((each) => maskText(each, session).text);
        expect(masked.map((each) => unmaskText(each, session))).toEqual(texts);
      }),
      { numRuns: 400 },
    );
  });

  it("leaves nothing behind that could be found again", () => {
    fc.assert(
      fc.property(text, (each) => {
        const session = maskSession();
        const { text: masked } = maskText(each, session);
        for (const [value, token] of session.tokens) {
          if (token.startsWith("[EMAIL") || token.startsWith("[CARD")) expect(masked).not.toContain(value);
        }
      }),
    );
  });

  it("joins streams to the same text, however they are cut", () => {
    const spoken = fc.array(
      fc.oneof(
        piece,
        fc.constantFrom(
          "[EMAIL-1]",
          "[card 1]",
          "EMAIL-1",
          "[IBAN_1]",
          "xEMAIL-1",
          "EMAIL-1x",
          "EMAIL-1𐊀",
          "𐊀EMAIL-1",
        ),
      ),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(spoken, fc.array(fc.nat(6), { maxLength: 200 }), (pieces, cuts) => {
        const session = maskSession();
        maskText("ann@example.org 4111 1111 1111 1111 GB82 WEST 1234 5698 7654 32", session);
        const whole = pieces.join("");
        const stream = unmaskStream(session);
        let joined = "";
        let place = 0;
        for (const cut of cuts) {
          joined += stream.push(whole.slice(place, place + cut));
          place += cut;
        }
        joined += stream.push(whole.slice(place)) + stream.end();
        expect(joined).toBe(unmaskText(whole, session));
      }),
      { numRuns: 1_000 },
    );
  });

  it("writes values into JSON so that it stays JSON", () => {
    const session = maskSession();
    const key = `-----BEGIN PRIVATE KEY-----\n"quoted"\\${"k3Y".repeat(9)}\n-----END PRIVATE KEY-----`;
    const { text: masked } = maskText(`the key ${key}`, session);
    const answer = JSON.stringify({ said: masked });
    expect(JSON.parse(unmaskText(answer, session, { write: inJsonString }))).toEqual({
      said: `the key ${key}`,
    });
  });
});
