import type { DocumentProperties } from "./content.ts";
import { dateInWords } from "./create-properties.ts";
import { type Control, isBoundTo } from "./read-controls.ts";

/** What a document says of itself, and a content control may show without being told. */
export type StandardSlot = "title" | "author" | "subject" | "date";

const slots: readonly StandardSlot[] = ["title", "author", "subject", "date"];

/** Tags and titles that people give to such controls, in the languages that our documents speak. */
const names: Readonly<Record<StandardSlot, RegExp>> = {
  title:
    /^((document|report)[ _-]?)?title$|^(dokument(en)?)?titel$|^titre( du document)?$|^t[ií]tulo( do documento| del documento)?$|^titolo$/i,
  author: /^author(s|[ _-]?name)?$|^autor(in)?$|^verfasser(in)?$|^auteure?$|^autora?$|^autore$/i,
  subject: /^subject$|^betreff$|^objet$|^asunto$|^assunto$|^oggetto$/i,
  date: /^((document|report|publish|publication|issue)[ _-]?)?date$|^datum$|^fecha$|^data$/i,
};

/**
 * What a control shows by itself: what it is bound to, or what its tag or title says as long as nobody has filled it.
 */
export function standardSlot(control: Control): StandardSlot | undefined {
  const bound = slots.find((each) => isBoundTo(control, each));
  if (bound !== undefined) return bound;
  const isOpen = control.isPlaceholder && control.binding === undefined && !control.isBoundToDocument;
  if (!isOpen || control.isLocked || !/^(text|rich-text|date)$/.test(control.kind)) return undefined;
  const own = [control.tag, control.title].filter((name) => name !== undefined).map((name) => name.trim());
  const named = slots.find((each) => own.some((name) => names[each].test(name)));
  return control.kind === "date" && named !== "date" ? undefined : named;
}

/** The value for it; undefined where the document has none. */
export function standardValue(control: Control, properties: DocumentProperties): string | undefined {
  const slot = standardSlot(control);
  if (slot === undefined) return undefined;
  if (slot !== "date") return properties[slot];
  return control.kind === "date" ? properties.created.toISOString().slice(0, 10) : dateInWords(properties);
}
