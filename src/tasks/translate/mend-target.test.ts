import { describe, expect, it } from "vitest";
import type { CodedTarget } from "../../files/units/types.ts";
import { mendTarget } from "./mend-target.ts";

const plain = (text: string): CodedTarget => ({ text, spans: [], atoms: [] });

describe("mendTarget", () => {
  it("writes addresses as the source has them", () => {
    const mended = mendTarget(
      "Write to ann.b@mail.example or see www.mail.example/help.",
      plain("Escreva para ann.b-mail.example ou veja www.mail.exemplo/help."),
      { from: "en", to: "pt" },
    );
    expect(mended.text).toBe("Escreva para ann.b@mail.example ou veja www.mail.exemplo/help.");
  });

  it("puts a term of the glossary where the engine has its own word for it, codes moved along", () => {
    const glossary = {
      terms: [
        { source: "carrier", targets: ["portador"], kind: "approved" },
        { source: "Booking Portal", targets: [], kind: "keep" },
      ],
      skipped: [],
    } as const;
    const termTranslations = new Map([
      ["carrier", "Transportadora."],
      ["Booking Portal", "portal de reservas"],
    ]);
    const target = {
      ...plain("Transportadora e portal de reservas aqui"),
      spans: [{ id: "1", start: 36, end: 40 }],
    };
    const options = { from: "en", to: "pt", glossary, termTranslations };
    const { text, spans } = mendTarget("Carrier and Booking Portal here", target, options);
    expect(text).toBe("Portador e Booking Portal aqui");
    expect(text.slice(spans[0]!.start, spans[0]!.end)).toBe("aqui");
  });

  it("leaves a term alone that it can't find surely", () => {
    const glossary = {
      terms: [{ source: "car", targets: ["viatura"], kind: "approved" }],
      skipped: [],
    } as const;
    const options = { from: "en", to: "pt", glossary, termTranslations: new Map([["car", "carro"]]) };
    expect(mendTarget("My car and your car", plain("Meu carro e seu carro"), options).text).toBe(
      "Meu carro e seu carro",
    );
  });
});
