import { ar } from "./ar.ts";
import { en } from "./en.ts";
import { pt } from "./pt.ts";

export type TextKey = keyof typeof en;
export type Texts = Readonly<Record<TextKey, string>>;
export type InterfaceLanguage = "en" | "pt" | "ar";
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

const dictionaries: Readonly<Record<InterfaceLanguage, Texts>> = { en, pt, ar };

/** The first of the person's languages that the page is written in, else English. */
export function interfaceLanguage(wanted: readonly string[]): InterfaceLanguage {
  const known = wanted
    .map((tag) => tag.toLowerCase().split("-")[0])
    .find((tag) => Object.hasOwn(dictionaries, tag ?? ""));
  return (known ?? "en") as InterfaceLanguage;
}

/** The person's own form of that language, such as `en-GB`: it says how dates and times are written. */
export function localeFor(language: InterfaceLanguage, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;
}

/** Looks texts up in one language; `{name}` in a text stands for a value. */
export function sayIn(language: InterfaceLanguage): Say {
  const texts = dictionaries[language];
  return (key, values = {}) =>
    texts[key].replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}
