import { describe, expect, it } from "vitest";
import type { CodedTarget } from "../../files/units/types.ts";
import { mendTarget } from "./mend-target.ts";
import { pluralOf } from "./plural-of.ts";

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
      ["booking portal", "portal de reservas"],
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
    const mended = (source: string, target: string): string =>
      mendTarget(source, plain(target), options).text;
    expect(mended("My car is here", "Meu carro e seu carro")).toBe("Meu carro e seu carro");
    expect(mended("My car and your car", "Meu carro e seu carro")).toBe("Meu viatura e seu viatura");
  });

  it("keeps number, hyphens and what a longer term covers", () => {
    const glossary = {
      terms: [
        { source: "minister", targets: ["governante"], kind: "approved" },
        { source: "prime minister", targets: ["chefe do governo"], kind: "approved" },
        { source: "building", targets: ["edificação"], kind: "approved" },
      ],
      skipped: [],
    } as const;
    const termTranslations = new Map([
      ["minister", "ministro"],
      ["prime minister", "primeiro-ministro"],
      ["building", "edifício"],
      ["buildings", "edifícios"],
    ]);
    const options = { from: "en", to: "pt", glossary, termTranslations };
    const mended = (source: string, target: string): string =>
      mendTarget(source, plain(target), options).text;
    expect(mended("The prime minister spoke", "O primeiro-ministro falou")).toBe("O chefe do governo falou");
    expect(mended("Two buildings", "Dois edifícios")).toBe("Dois edificações");
    expect(pluralOf("corredor de cosmética", "pt-PT")).toBe("corredores de cosmética");
    expect(pluralOf("Haus", "de")).toBe("Haus");
  });

  it("takes out a remark that the engine made up", () => {
    const mended = (source: string, target: string): string =>
      mendTarget(source, plain(target), { from: "en", to: "pt" }).text;
    expect(mended("The Theme Part is here", "A Theme Part (em inglês) está aqui")).toBe(
      "A Theme Part está aqui",
    );
    expect(mended("The manual (in English)", "O manual (em inglês)")).toBe("O manual (em inglês)");
  });
});
