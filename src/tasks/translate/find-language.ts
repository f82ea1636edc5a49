import { BadRequestError } from "../../errors.ts";
import type { TextUnit } from "../../files/units/types.ts";
import { identifyLanguage } from "../../models/translation/identify-language.ts";
import type { IdentifyText } from "./checks/check-types.ts";

export const identifyText: IdentifyText = (text, among) =>
  identifyLanguage(text, { of: "sentences", ...(among && { among }) });

const enough = 8000;

/** The language that most of a file's text is in. Throws `BadRequestError` where it can't be told. */
export async function findLanguage(units: readonly TextUnit[], name: string): Promise<string> {
  let text = "";
  for (const unit of units) if (text.length < enough) text += `${unit.text}\n`;
  const { language, isReliable } = await identifyText(text);
  if (isReliable || text.length > 200) return language;
  throw new BadRequestError(`the language of ${name} can't be told from its text`, {
    hint: "Name it with --from, for example --from en.",
  });
}
