import { monthOf } from "./month-names.ts";
import type { TextRange } from "./types.ts";

const LONG =
  "km²|km2|km|kg|cm²|cm³|cm|mm²|mm|nm|µm|μm|mg|µg|ml|kWh|MWh|GWh|kW|MW|GW|kB|MB|GB|TB|PB|kHz|MHz|GHz|Hz|ms|°C|°F|dB|m²|m³|m2|m3|kJ|MJ|kPa|hPa";
const SHORT = "m|g|l|h|min";
const CURRENCY = "[€$£¥]|EUR|USD|GBP|CHF|JPY|k€|M€|euros?|Euro|dollars?|dólares|pounds";
const MAGNITUDE =
  "million|billion|trillion|thousand|Mio\\.?|Mrd\\.?|Millionen|Milliarden|Tausend|millions|milliards?|millones|mil|milhões|bilhões|bn|m(?=[ \\u00a0]?[€$£])";

/** Units that are surely units even right after a digit. */
export const longUnits: string = LONG;
/** All units that a rule about their space is for. */
export const allUnits: string = `${LONG}|${SHORT}`;

const AFTER = new RegExp(
  `^[ \\u00a0\\u2009\\u202f]?(?:%|‰|(?:${CURRENCY}|${MAGNITUDE}|${LONG}|${SHORT})(?![\\p{L}\\p{N}]))`,
  "u",
);
const BEFORE = /(?:[€$£¥]|(?<!\p{L})(?:EUR|USD|GBP|CHF|JPY))[ \u00a0\u2009\u202f]?$/u;

/** Whether a unit, a currency, a percent sign or a magnitude stands at the number, so that it is an amount. */
export function hasUnit(text: string, { start, end }: TextRange): boolean {
  return AFTER.test(text.slice(end, end + 16)) || BEFORE.test(text.slice(Math.max(0, start - 5), start));
}

const NO_NOUN =
  /^(?:and|or|to|of|in|on|at|by|for|from|with|is|are|was|were|has|have|will|the|a|an|as|than|per|x|am|pm|und|oder|bis|von|im|am|in|ist|sind|war|wurde|et|ou|à|de|du|des|est|sont|y|o|u|a|e|em|en|del|do|da|es|son|é|são|que|which|that|when|where|if|but|so|not|also|was|may|can|must|shall|should|would)$/iu;

/** Whether the next word is something counted: a word in lower case (in German also a noun) that is no joint of the sentence. */
export function isCounted(text: string, { end }: TextRange, allowsCapital = false): boolean {
  const next = /^[ \u00a0](\p{L}[\p{L}’'-]*)/u.exec(text.slice(end, end + 40))?.[1];
  if (next === undefined || NO_NOUN.test(next) || monthOf(next) !== undefined) return false;
  return /^\p{Ll}/u.test(next) || (allowsCapital && /^\p{Lu}\p{Ll}/u.test(next));
}
