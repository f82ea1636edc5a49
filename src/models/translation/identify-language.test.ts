import { describe, expect, it } from "vitest";
import { identifyLanguage } from "./identify-language.ts";

const SENTENCES: Readonly<Record<string, string>> = {
  en: "The committee will meet again on Tuesday morning.",
  de: "Der Ausschuss trifft sich am Dienstagmorgen wieder.",
  fr: "Le comité se réunira de nouveau mardi matin.",
  es: "El comité se reunirá de nuevo el martes por la mañana.",
  pt: "A comissão vai reunir-se novamente na terça-feira de manhã.",
  fi: "Valiokunta kokoontuu uudelleen tiistaiaamuna.",
  nl: "De commissie komt dinsdagochtend weer bijeen.",
  ru: "Комитет снова соберётся во вторник утром.",
  ja: "委員会は火曜日の朝に再び開かれます。",
  zh: "委员会将于星期二上午再次开会。",
  ar: "ستجتمع اللجنة مرة أخرى صباح يوم الثلاثاء.",
  hi: "समिति मंगलवार सुबह फिर से बैठक करेगी।",
};

describe("identifying a language", () => {
  it.each(Object.entries(SENTENCES))("knows %s", async (language, text) => {
    expect((await identifyLanguage(text)).language).toBe(language);
    const among = Object.keys(SENTENCES);
    const { confidence, ...found } = await identifyLanguage(text, { among });
    expect(found).toEqual({ language, isReliable: true });
    expect(confidence).toBeGreaterThan(0.9);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  it("answers with a tag it was given", async () => {
    expect((await identifyLanguage(SENTENCES.pt!, { among: ["en-GB", "pt-BR"] })).language).toBe("pt-BR");
    expect((await identifyLanguage(SENTENCES.zh!, { among: ["zh-Hant", "ja"] })).language).toBe("zh-Hant");
    expect((await identifyLanguage("Jeg vet ikke hva det er", { among: ["nb", "de"] })).language).toBe("nb");
  });

  it("leans to what is likely, and only where the text leaves room", async () => {
    const [plain, leaning] = await Promise.all([
      identifyLanguage("no", { among: ["en", "es"] }),
      identifyLanguage("no", { among: ["en", "es"], prior: { es: 1_000 } }),
    ]);
    expect(leaning.language).toBe("es");
    expect(leaning.confidence).toBeGreaterThan(plain.language === "es" ? plain.confidence : 0.5);
    expect(plain.isReliable).toBe(false);
    const clear = await identifyLanguage(SENTENCES.en!, { among: ["en", "es"], prior: { es: 1_000 } });
    expect(clear.language).toBe("en");
  });

  it.each(["", "   ", "12.5 % 2024-11-03", "!!! ???", "http://example.com/a?b=c"])(
    "does not guess at %j",
    async (text) => {
      expect(await identifyLanguage(text)).toMatchObject({ isReliable: false });
      expect((await identifyLanguage(text)).confidence).toBeLessThan(0.9);
    },
  );

  it("gives no answer outside the languages asked for", async () => {
    expect(await identifyLanguage("任意", { among: [] })).toEqual({
      language: "und",
      confidence: 0,
      isReliable: false,
    });
    expect((await identifyLanguage(SENTENCES.ru!, { among: ["xx"] })).language).toBe("und");
  });
});
