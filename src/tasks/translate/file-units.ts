import { FileUnsupportedError } from "../../errors.ts";
import {
  type ListUnitsOptions,
  listPresentationUnits,
  listTextUnits,
  listWordUnits,
  listWorkbookUnits,
  type TextUnit,
  type UnitTarget,
  type WriteUnitsOptions,
  type WrittenUnits,
  writePresentationUnits,
  writeTextUnits,
  writeWordUnits,
  writeWorkbookUnits,
} from "../../files/index.ts";

/** A file that can be translated, by its format. */
export type TranslatableFormat = {
  readonly kind: "word" | "workbook" | "presentation" | "text";
  /** Ending of the files that come out, without a dot. */
  readonly ending: string;
  readonly list: (bytes: Uint8Array, options?: ListUnitsOptions) => readonly TextUnit[];
  readonly write: (
    bytes: Uint8Array,
    targets: readonly UnitTarget[],
    options: WriteUnitsOptions,
  ) => WrittenUnits;
};

const word = { kind: "word", list: listWordUnits, write: writeWordUnits } as const;
const workbook = { kind: "workbook", list: listWorkbookUnits, write: writeWorkbookUnits } as const;
const presentation = {
  kind: "presentation",
  list: listPresentationUnits,
  write: writePresentationUnits,
} as const;

const office: Readonly<Record<string, Omit<TranslatableFormat, "ending">>> = {
  docx: word,
  docm: word,
  dotx: word,
  dotm: word,
  xlsx: workbook,
  xlsm: workbook,
  xltx: workbook,
  pptx: presentation,
  pptm: presentation,
  potx: presentation,
  ppsx: presentation,
};

const textEndings = { md: "md", markdown: "md", txt: "txt", srt: "srt", vtt: "vtt" } as const;

/** Endings of the files that can be translated, without dots. */
export const translatableEndings: readonly string[] = [...Object.keys(office), ...Object.keys(textEndings)];

/** The format of a file by its name. Throws `FileUnsupportedError` for others. */
export function translatableFormat(name: string): TranslatableFormat {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  const known = Object.hasOwn(office, ending) ? office[ending] : undefined;
  if (known) return { ...known, ending };
  if (Object.hasOwn(textEndings, ending)) {
    const format = textEndings[ending as keyof typeof textEndings];
    return {
      kind: "text",
      ending,
      list: (bytes, options) => listTextUnits(bytes, { ...options, format }),
      write: (bytes, targets, options) => writeTextUnits(bytes, targets, { ...options, format }),
    };
  }
  throw new FileUnsupportedError(`${name} is no file that can be translated`, {
    hint: `These can be: ${translatableEndings.map((each) => `.${each}`).join(", ")}. Save it as one of them first.`,
  });
}
