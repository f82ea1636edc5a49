import type { CharacterFormat } from "../types.ts";
import { isOnValue, joinedFonts, type RunProperties, type StyleValues, themeFontFor } from "./run-styles.ts";

/** Word keeps bold, italic, size and font twice, and the font three times: which one shows depends on the character. */
export type Script = "latin" | "complex" | "east-asian";

export type FormatKey = keyof CharacterFormat;
export type FormatValue = boolean | string | number;

const complexScripts =
  /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Gurmukhi}\p{sc=Gujarati}\p{sc=Oriya}\p{sc=Tamil}\p{sc=Telugu}\p{sc=Kannada}\p{sc=Malayalam}\p{sc=Sinhala}\p{sc=Thai}\p{sc=Lao}\p{sc=Tibetan}\p{sc=Myanmar}\p{sc=Khmer}]/gu;
const eastAsianScripts =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\u3000-\u303f\uff00-\uffef]/gu;

/** The scripts that a text in a run is shown in (17.3.2.26); `w:cs` and `w:rtl` make all of it complex. */
export function scriptsOf(text: string, own: RunProperties): readonly Script[] {
  const isComplex = ["w:cs", "w:rtl"].some((name) => own.has(name) && isOnValue(own.get(name)?.["w:val"]));
  if (isComplex) return ["complex"];
  const found: Script[] = [];
  if (text.search(complexScripts) >= 0) found.push("complex");
  if (text.search(eastAsianScripts) >= 0) found.push("east-asian");
  const rest = text.replace(complexScripts, "").replace(eastAsianScripts, "");
  return rest === "" && found.length > 0 ? found : ["latin", ...found];
}

/** A run's own properties and what its styles add. */
export type Formatting = { readonly own: RunProperties; readonly styles: StyleValues };

/**
 * How text of that script in a run is shown: what the run says itself, else its styles. Undefined where only a part of
 * the table style decides. Sizes in points; a colour or font of the theme is `theme`.
 */
export function currentValue(
  key: FormatKey,
  script: Script,
  { own, styles }: Formatting,
): FormatValue | undefined {
  const toggle = (name: string): boolean | undefined => {
    const direct = own.get(name);
    if (direct !== undefined) return isOnValue(direct["w:val"]);
    return styles.isCertain(name) ? styles.isOn(name) : undefined;
  };
  const value = (name: string, otherwise: string): string | undefined => {
    const direct = own.get(name);
    if (direct === undefined && !styles.isCertain(name)) return undefined;
    return (direct ?? styles.attributes(name))?.["w:val"] ?? otherwise;
  };
  const isComplex = script === "complex";
  switch (key) {
    case "bold":
      return toggle(isComplex ? "w:bCs" : "w:b");
    case "italic":
      return toggle(isComplex ? "w:iCs" : "w:i");
    case "underline": {
      const kind = value("w:u", "none");
      return kind === undefined ? undefined : kind !== "none";
    }
    case "strike": {
      const [single, double] = [toggle("w:strike"), toggle("w:dstrike")];
      if (single === true || double === true) return true;
      return single === undefined || double === undefined ? undefined : false;
    }
    case "vertical":
      return value("w:vertAlign", "baseline");
    case "highlight":
      return value("w:highlight", "none");
    case "color":
      return colorOf({ own, styles });
    case "size": {
      const halves = value(isComplex ? "w:szCs" : "w:sz", "20");
      return halves === undefined ? undefined : Number(halves) / 2;
    }
    case "font":
      return fontOf(script, { own, styles });
    case "style":
      return own.get("w:rStyle")?.["w:val"] ?? "";
  }
}

function colorOf({ own, styles }: Formatting): string | undefined {
  const direct = own.get("w:color");
  if (direct === undefined && !styles.isCertain("w:color")) return undefined;
  const color = direct ?? styles.attributes("w:color");
  if (color?.["w:themeColor"] !== undefined && color["w:themeColor"] !== "none") return "theme";
  const value = color?.["w:val"] ?? "auto";
  return value === "auto" ? value : value.toUpperCase();
}

/** The attributes of `w:rFonts` that a script looks at. */
export const fontAttributes: Readonly<Record<Script, readonly string[]>> = {
  latin: ["w:ascii", "w:hAnsi"],
  complex: ["w:cs"],
  "east-asian": ["w:eastAsia"],
};

function fontOf(script: Script, { own, styles }: Formatting): string | undefined {
  if (!styles.isCertain("w:rFonts") && !own.has("w:rFonts")) return undefined;
  const inherited = styles.attributes("w:rFonts");
  const fonts = joinedFonts([...(inherited ? [new Map([["w:rFonts", inherited]])] : []), own]) ?? {};
  const names = fontAttributes[script].map((name) =>
    fonts[themeFontFor(name)] === undefined ? (fonts[name] ?? "") : "theme",
  );
  return names.every((name) => name === names[0]) ? names[0]! : names.join("/");
}
