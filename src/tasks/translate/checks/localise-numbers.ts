import { numberForm } from "./number-forms.ts";
import { numberWords } from "./number-words.ts";
import { readNumbers } from "./read-numbers.ts";

/** A number to be written in another form: offsets into the text it was found in. */
export type NumberRepair = { readonly start: number; readonly end: number; readonly text: string };

const unitAhead = /[$€£¥]\s?$|\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|BRL|JPY)\s?$/;
const unitBehind =
  /^[\s\u00a0\u202f]?(?:%|‰|[$€£¥]|°|(?:EUR|USD|GBP|CHF|km|kg|cm|mm|m|g|l|t|kW|MW|GB|MB|h|s)\b)/;

/**
 * Numbers that an engine left in the source language's form, in the target's: digits stay, only signs change. Touches a
 * number that stands in source and target alike and surely is one: with groups of thousands, or a decimal with a unit,
 * a currency or a scale word. A version, a section's number or a date is none of these.
 */
export function localiseNumbers(source: string, target: string, from: string, to: string): NumberRepair[] {
  const [fromForm, toForm] = [numberForm(from), numberForm(to)];
  if (fromForm.decimal === toForm.decimal && fromForm.groups[0] === toForm.groups[0]) return [];
  const known = new Map<string, number>();
  // Engines drop the signs between thousands now and then: 4850.00 for 4,850.00.
  const ungrouped = new Map<string, string>();
  for (const { text } of readNumbers(source, fromForm, numberWords(from))) {
    known.set(text, (known.get(text) ?? 0) + 1);
    if (text.includes(fromForm.decimal)) ungrouped.set(text.replaceAll(fromForm.groups[0] ?? "\0", ""), text);
  }
  const repairs: NumberRepair[] = [];
  for (const each of readNumbers(target, fromForm, numberWords(to))) {
    const written = known.has(each.text) ? each.text : (ungrouped.get(each.text) ?? "");
    const count = known.get(written) ?? 0;
    if (count === 0 || !/^\d[\d.,]*\d$/.test(each.text) || !/\D/.test(each.text)) continue;
    const grouped = written.includes(fromForm.groups[0] ?? "\0");
    const isMeasured =
      unitAhead.test(target.slice(0, each.start)) ||
      unitBehind.test(target.slice(each.end)) ||
      each.scaled !== Number(each.value);
    if (!grouped && !isMeasured) continue;
    known.set(written, count - 1);
    const text = rewrite(written, fromForm.decimal, toForm.decimal, toForm.groups[0] ?? "");
    if (text !== each.text) repairs.push({ start: each.start, end: each.end, text });
  }
  return repairs;
}

function rewrite(text: string, decimal: string, newDecimal: string, group: string): string {
  const [whole = "", fraction] = text.split(decimal);
  const grouped = whole.replace(/\D/g, group);
  return fraction === undefined ? grouped : `${grouped}${newDecimal}${fraction}`;
}
