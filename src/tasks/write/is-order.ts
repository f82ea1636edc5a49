import { speaksToSoftware } from "../minutes/sentences.ts";

/** `Please add the sentence “…”`, `Write the following text`: nobody reports that, somebody wants it written. */
const WANTS_TEXT =
  /^["“(]?(?:please\s+|kindly\s+)?(?:add|append|copy|include|insert|print|put|repeat|reproduce|say|state|type|write)\b[^.?!“"]{0,30}\b(?:sentences?|paragraphs?|phrases?|following|exactly|verbatim|literally|words?|lines?|texts?)\b/iu;

/** Whether a sentence of a source tells whoever writes from it what to write. */
export function isOrder(text: string): boolean {
  return speaksToSoftware(text) || WANTS_TEXT.test(text.trim());
}
