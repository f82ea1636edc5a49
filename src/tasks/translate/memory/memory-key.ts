import type { CodedTarget, CodedText } from "../../../files/units/types.ts";
import { asciiDigits } from "../checks/number-forms.ts";

const number = /\d+(?:[.,'’\u00a0\u202f]\d+)*/g;

/** The text with one kind of white space and `#` for every number: what differs only in numbers has one key. */
export function memoryKey(text: string): string {
  return asciiDigits(text.normalize("NFC")).replace(number, "#").replace(/\s+/g, " ").trim();
}

/** The numbers of a text as written, in order. */
export function numbersOf(text: string): string[] {
  return asciiDigits(text).match(number) ?? [];
}

/** Kinds of the codes in order: two segments with the same one can share a coded target. */
export function codesSignature({ spans, atoms }: CodedText): string {
  return [
    ...spans.map(({ kind, canCopy }) => `${kind}${canCopy ? "" : "!"}`),
    ...atoms.map(({ kind }) => `<${kind}`),
  ].join(" ");
}

/** Ranks for the ids of a segment's codes, as the memory keeps them, and the way back. */
export function codeRanks({ spans, atoms }: CodedText): {
  readonly rankOf: ReadonlyMap<string, string>;
  readonly idOf: ReadonlyMap<string, string>;
} {
  const ids = [...spans.map(({ id }) => id), ...atoms.map(({ id }) => id)];
  return {
    rankOf: new Map(ids.map((id, index) => [id, String(index + 1)])),
    idOf: new Map(ids.map((id, index) => [String(index + 1), id])),
  };
}

/** The text with its codes' ids exchanged; codes without a new id are left out. */
export function renameCodes<Text extends CodedTarget>(text: Text, ids: ReadonlyMap<string, string>): Text {
  const renamed = <Code extends { readonly id: string }>(codes: readonly Code[]): Code[] =>
    codes.flatMap((code) => {
      const id = ids.get(code.id);
      return id === undefined ? [] : [{ ...code, id }];
    });
  return { ...text, spans: renamed(text.spans), atoms: renamed(text.atoms) };
}

/** A source segment as the memory keeps it. */
export function rankedSource(source: CodedText): CodedText {
  const { rankOf } = codeRanks(source);
  const rank = (id: string | undefined): string | undefined =>
    id === undefined ? undefined : rankOf.get(id);
  const { text, spans, atoms } = renameCodes(source, rankOf);
  return {
    text,
    spans,
    atoms: atoms.map(({ closedBy, within, ...atom }) => {
      const [closes, holds] = [rank(closedBy), rank(within)];
      return { ...atom, ...(closes && { closedBy: closes }), ...(holds && { within: holds }) };
    }),
  };
}
