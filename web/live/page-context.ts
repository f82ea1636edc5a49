import { type Context, createContext, useContext } from "react";
import type { InterfaceLanguage, Say } from "../texts/texts.ts";
import type { Preferences } from "./preferences.ts";

export type Page = {
  readonly say: Say;
  readonly language: InterfaceLanguage;
  /** The same with the person's country, which decides how dates and times are written. */
  readonly locale: string;
  readonly preferences: Preferences;
  readonly prefer: (change: Partial<Preferences>) => void;
};

export const PageContext: Context<Page | undefined> = createContext<Page | undefined>(undefined);

/** The texts and preferences of the page around a component. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error("a component is outside of PageContext");
  return page;
}
