import { TandemError } from "../../src/errors.ts";
import type { TextUnit, WrittenUnits } from "../../src/files/units/types.ts";
import type { TranslationEngine } from "../../src/models/translation/translation-engine.ts";
import { translatableFormat } from "../../src/tasks/translate/file-units.ts";
import type { TranslatedUnits } from "../../src/tasks/translate/result-types.ts";
import { translateUnits } from "../../src/tasks/translate/translate-units.ts";
import type { CorpusFile } from "./corpus-files.ts";

const everything = { comments: true, hidden: true } as const;

export type TranslateRun = {
  readonly units: readonly TextUnit[];
  readonly translated: TranslatedUnits;
  readonly written: WrittenUnits;
};

export type TranslateRunOptions = {
  readonly engine: TranslationEngine;
  readonly from?: string;
  readonly to: string;
  /** Most units that are translated; the others stay. Defaults to all. */
  readonly most?: number;
};

/** The units of a file; undefined when it does not open. */
export function unitsOf({ name, bytes }: CorpusFile): readonly TextUnit[] | undefined {
  try {
    return translatableFormat(name).list(bytes, everything);
  } catch (error) {
    if (error instanceof TandemError) return undefined;
    throw error;
  }
}

/** The whole path of a file: its units, their translation, the file written. Undefined when it does not open. */
export async function translateFile(
  file: CorpusFile,
  { engine, from = "en", to, most }: TranslateRunOptions,
): Promise<TranslateRun | undefined> {
  const all = unitsOf(file);
  if (all === undefined) return undefined;
  const units = most === undefined ? all : all.slice(0, most);
  const translated = await translateUnits(units, { from, to, engine, now: new Date(0), emit: () => {} });
  const options = { ...everything, language: to, mirror: true };
  return {
    units,
    translated,
    written: translatableFormat(file.name).write(file.bytes, translated.targets, options),
  };
}

/** A content control that was left with a bracket only is read as an object, and no part of the text. */
const lettersOf = (text: string | undefined): string => text?.replace(/[^\p{L}\p{N}]/gu, "") ?? "";

/** Texts that read otherwise from the written file than the targets say; ids may have moved, the order has not. */
export function rereadProblems(file: CorpusFile, { translated, written }: TranslateRun): string[] {
  const refused = new Set(written.refused.map(({ unit }) => unit));
  const targets = new Map(translated.targets.map(({ unit, text }) => [unit, text]));
  const expected = (unitsOf(file) ?? []).map(({ id, text, sameAs }) =>
    refused.has(id) ? text : (targets.get(sameAs ?? id) ?? targets.get(id) ?? text),
  );
  const found = (unitsOf({ name: file.name, bytes: written.bytes }) ?? []).map(({ text }) => text);
  // What a translation leaves without a letter is no unit any more.
  const [one, other] = [expected, found].map((texts) => texts.filter((text) => /\p{L}/u.test(text)));
  const at = one!.findIndex((text, index) => lettersOf(text) !== lettersOf(other![index]));
  const short = (text: string | undefined): string => JSON.stringify(text?.slice(0, 100));
  if (at >= 0) return [`text ${at} reads ${short(other![at])} instead of ${short(one![at])}`];
  return one!.length === other!.length ? [] : [`${other!.length} texts instead of ${one!.length}`];
}
