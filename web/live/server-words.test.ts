import { describe, expect, it } from "vitest";
import { type InterfaceLanguage, sayIn } from "../texts/texts.ts";
import { doubtText, errorText, keptText, reasonText } from "./server-words.ts";

const page = (language: InterfaceLanguage) => ({ say: sayIn(language), language, locale: language });

describe("what the server says, on the page", () => {
  it("is in the page's language where its code is known", () => {
    const error = { code: "room-full", message: "this room is full", hint: "come back later" };
    expect(errorText(error, page("pt"))).toBe("Já não há lugar. Tente mais tarde.");
    expect(reasonText({ code: "no-model", text: "no en-xx" }, page("pt"))).toMatch(/não tem modelo/);
    expect(doubtText({ kind: "numbers", text: "12 is missing" }, page("ar"))).toMatch(/الأرقام/);
    expect(doubtText({ kind: "numbers", text: "4,850.00 is missing" }, page("pt"))).toBe(
      "Compare os números com o original (4,850.00).",
    );
  });

  it("is the server's own sentence in English, which says more, and for a code of a newer server", () => {
    expect(doubtText({ kind: "numbers", text: "12 is missing" }, page("en"))).toBe("12 is missing.");
    const error = { code: "constructor", message: "the moon is down", hint: "wait" };
    expect(errorText(error, page("pt"))).toBe("The moon is down. Wait.");
  });

  it("says how long the copy is kept, with the number of days", () => {
    const text = "The copy is deleted.";
    expect(keptText({ kind: "days", days: 7, text }, page("en"))).toContain("7 days after");
    expect(keptText({ kind: "days", days: 1, text }, page("pt"))).toContain("1 dia depois");
    expect(keptText({ kind: "until-closed", text }, page("pt"))).toMatch(/Descarregue a transcrição antes/);
    expect(keptText({ kind: "for a while" as "days", text }, page("pt"))).toBe(text);
  });
});
