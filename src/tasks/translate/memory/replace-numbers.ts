import type { CodedTarget } from "../../../files/units/types.ts";
import { numberForm } from "../checks/number-forms.ts";
import { numberWords } from "../checks/number-words.ts";
import { readNumbers, type WrittenNumber } from "../checks/read-numbers.ts";

type Exchange = { readonly start: number; readonly end: number; readonly text: string };

/**
 * A target with the numbers of `oldSource` exchanged for those of `newSource`, which has as many in the same places.
 * Undefined where it isn't sure which number of the target is which, or how the new one is written.
 */
export function replaceNumbers(
  target: CodedTarget,
  oldSource: string,
  newSource: string,
  from: string,
  to: string,
): CodedTarget | undefined {
  const [fromForm, toForm] = [numberForm(from), numberForm(to)];
  const before = readNumbers(oldSource, fromForm, numberWords(from));
  const after = readNumbers(newSource, fromForm, numberWords(from));
  const written = readNumbers(target.text, toForm, numberWords(to));
  if (before.length !== after.length || written.length !== before.length) return undefined;
  const exchanges: Exchange[] = [];
  for (const [index, old] of before.entries()) {
    const same = written.filter(({ value }) => value === old.value);
    if (same.length !== before.filter(({ value }) => value === old.value).length) return undefined;
    const nth = before.slice(0, index).filter(({ value }) => value === old.value).length;
    // Two equal numbers that become different ones: which is which can't be said.
    if (same.length > 1 && old.value !== after[index]!.value) return undefined;
    const text = writeLike(after[index]!, old, same[nth]!, to);
    if (text === undefined) return undefined;
    exchanges.push({ start: same[nth]!.start, end: same[nth]!.end, text });
  }
  return exchange(target, exchanges);
}

/** The new number in the way in which the target writes the old one. */
function writeLike(
  after: WrittenNumber,
  old: WrittenNumber,
  written: WrittenNumber,
  to: string,
): string | undefined {
  if (after.value === old.value) return written.text;
  if (written.text === old.text && /^\d+$/.test(after.text) && /^\d+$/.test(old.text)) return after.text;
  if (/^\d+$/.test(after.text))
    return /^\d+$/.test(written.text) || after.text.length < 4 ? after.text : undefined;
  if (!/\D/.test(written.text) || after.text.length > 15 || /^0\d/.test(after.text)) return undefined;
  const decimals = after.value.split(".")[1]?.length ?? 0;
  const kept = Math.max(decimals, /[.,](\d{1,2})$/.exec(after.text)?.[1]?.length ?? 0);
  const options = { minimumFractionDigits: kept, maximumFractionDigits: kept, numberingSystem: "latn" };
  const grouped = /\d\D\d{3}(?!\d)/.test(written.text);
  return new Intl.NumberFormat(to, { ...options, useGrouping: grouped ? "always" : false }).format(
    Number(after.value),
  );
}

/** Stretches of text exchanged, with the codes moved along. */
export function exchange(target: CodedTarget, exchanges: readonly Exchange[]): CodedTarget {
  const sorted = exchanges.toSorted((a, b) => a.start - b.start);
  let text = "";
  let at = 0;
  for (const each of sorted) {
    text += target.text.slice(at, each.start) + each.text;
    at = each.end;
  }
  text += target.text.slice(at);
  const moved = (offset: number, isEnd: boolean): number => {
    let shift = 0;
    for (const each of sorted) {
      if (each.end <= offset) shift += each.text.length - (each.end - each.start);
      else if (each.start < offset) return (isEnd ? each.start + each.text.length : each.start) + shift;
    }
    return offset + shift;
  };
  return {
    text,
    spans: target.spans.map(({ id, start, end }) => ({
      id,
      start: moved(start, false),
      end: moved(end, true),
    })),
    atoms: target.atoms.map(({ id, offset }) => ({ id, offset: moved(offset, true) })),
  };
}
