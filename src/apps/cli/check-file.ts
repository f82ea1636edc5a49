import { TandemError } from "../../errors.ts";
import {
  openFile,
  type Paragraph,
  paragraphText,
  planChanges,
  settleChanges,
  type WordDocument,
} from "../../files/index.ts";
import { openPackage } from "../../files/opc/opc-package.ts";
import { savePackage } from "../../files/opc/save-package.ts";
import { comparePackages, isSameBytes } from "./compare-packages.ts";
import { type DrawnWord, drawWord } from "./draw-word.ts";

/** Something that kept a check from being made, and why, in words for the person. */
export type CheckRefusal = { readonly code: string; readonly reason: string };

/** What happened to the one tracked replacement of a check. */
export type EditCheck =
  | {
      readonly status: "made";
      readonly paragraph: string;
      readonly word: string;
      readonly replacement: string;
    }
  /** A typed refusal: the edit could not be made safely. */
  | ({ readonly status: "refused"; readonly paragraph: string; readonly word: string } & CheckRefusal)
  /** The document has no word that is ours to change. */
  | { readonly status: "no-text" };

/** What was found out about one file. A field is absent when its check could not be made. */
export type FileCheck = {
  readonly kind: "word" | "other-office";
  readonly opened: boolean;
  readonly refused?: CheckRefusal;
  /** Saving without a change gives the same bytes. */
  readonly byteIdentical?: boolean;
  readonly edit?: EditCheck;
  /** Every zip entry but that of the changed part is the same, to the byte of its compressed data. */
  readonly otherPartsIdentical?: boolean;
  /** Rejecting the change gives the original: text by paragraph, and the XML but for where runs are cut. */
  readonly rejectRestores?: boolean;
  /** Accepting the change gives the text that was meant. */
  readonly acceptGives?: boolean;
  /** What failed, in words; empty when the file passes. */
  readonly failures: readonly string[];
};

/** Nobody else's changes carry this name, so that only ours are settled. */
const AUTHOR = "Tandem check 7f3d";
const DATE = new Date("2025-01-01T00:00:00Z");

/**
 * Opens a Word file, saves it unchanged, makes one tracked replacement in a paragraph drawn by `seed`, and rejects
 * and accepts it; all in memory. Never throws: a fault of ours is a failure in the result.
 */
export function checkWordFile(bytes: Uint8Array, seed: number): FileCheck {
  let document: WordDocument;
  try {
    document = openFile(bytes);
    document.paragraphs.length;
  } catch (error) {
    return notOpened("word", error);
  }
  const failures: string[] = [];
  const byteIdentical = guard("saving without a change", failures, () =>
    isSameBytes(savePackage(document.package, new Map()), bytes),
  );
  if (byteIdentical === false) failures.push("saving without a change gives other bytes");
  const word = guard("choosing a word", failures, () => drawWord(document, seed) ?? null);
  const start: FileCheck = { kind: "word", opened: true, ...known({ byteIdentical }), failures };
  if (word === undefined) return start;
  if (word === null) return { ...start, edit: { status: "no-text" } };
  return { ...start, ...checkEdit(document, bytes, word, failures) };
}

/** Opens a workbook or presentation as a package and saves it unchanged. Edits in them are not checked yet. */
export function checkOfficeFile(bytes: Uint8Array): FileCheck {
  try {
    const byteIdentical = isSameBytes(savePackage(openPackage(bytes), new Map()), bytes);
    const failures = byteIdentical ? [] : ["saving without a change gives other bytes"];
    return { kind: "other-office", opened: true, byteIdentical, failures };
  } catch (error) {
    return notOpened("other-office", error);
  }
}

type EditResult = Pick<FileCheck, "edit" | "otherPartsIdentical" | "rejectRestores" | "acceptGives">;

function checkEdit(
  document: WordDocument,
  bytes: Uint8Array,
  word: DrawnWord,
  failures: string[],
): EditResult {
  const { paragraph, anchor } = word;
  const replacement = anchor.quote === "replaced" ? "changed" : "replaced";
  const drawn = { paragraph: paragraph.id, word: anchor.quote };
  const outcome = guard("a tracked replacement", failures, () => {
    const plan = planChanges(document, [{ kind: "replace", at: anchor, text: replacement }], {
      author: AUTHOR,
      date: DATE,
    });
    const [refusal] = plan.refused;
    return refusal === undefined ? { bytes: plan.save().bytes } : { refusal };
  });
  if (outcome === undefined) return {};
  if (outcome.refusal !== undefined) {
    const { code, reason } = outcome.refusal;
    return { edit: { status: "refused", ...drawn, code, reason } };
  }
  const edited = outcome.bytes;
  const otherPartsIdentical = guard("comparing the parts", failures, () => {
    const found = comparePackages(bytes, edited).filter((each) => each.name !== paragraph.part.toLowerCase());
    for (const each of found)
      failures.push(`${each.name} is ${each.difference} after an edit of ${paragraph.part}`);
    return found.length === 0;
  });
  const rejectRestores = guard("rejecting the change", failures, () =>
    checkReject(document, bytes, edited, failures),
  );
  const acceptGives = guard("accepting the change", failures, () =>
    checkAccept(document, edited, word, replacement, failures),
  );
  return {
    edit: { status: "made", ...drawn, replacement },
    ...known({ otherPartsIdentical, rejectRestores, acceptGives }),
  };
}

function checkReject(
  document: WordDocument,
  bytes: Uint8Array,
  edited: Uint8Array,
  failures: string[],
): boolean {
  const rejected = settle(edited, "reject");
  const restored = openFile(rejected);
  const text = sameTexts(texts(document.paragraphs), texts(restored.paragraphs));
  if (text !== undefined) failures.push(`rejecting the change leaves other text: ${text}`);
  const parts = comparePackages(bytes, rejected, { canonical: true });
  for (const part of parts) failures.push(`rejecting the change leaves ${part.name} ${part.difference}`);
  return text === undefined && parts.length === 0;
}

function checkAccept(
  document: WordDocument,
  edited: Uint8Array,
  { paragraph, anchor }: DrawnWord,
  replacement: string,
  failures: string[],
): boolean {
  const wanted = document.paragraphs.map((each) => {
    const text = paragraphText(each);
    if (each.id !== paragraph.id) return text;
    return text.slice(0, anchor.start) + replacement + text.slice(anchor.end);
  });
  const accepted = openFile(settle(edited, "accept"));
  const difference = sameTexts(
    wanted,
    accepted.paragraphs.map((each) => paragraphText(each)),
  );
  if (difference !== undefined)
    failures.push(`accepting the change gives other text than meant: ${difference}`);
  return difference === undefined;
}

function settle(bytes: Uint8Array, action: "accept" | "reject"): Uint8Array {
  return settleChanges(openFile(bytes), { action, which: (change) => change.revision.author === AUTHOR });
}

/** Text with other people's changes shown, so that losing one of those is seen as well. */
function texts(paragraphs: readonly Paragraph[]): string[] {
  return paragraphs.map((each) => paragraphText(each, "markup"));
}

/** The first difference in words; undefined when there is none. */
function sameTexts(wanted: readonly string[], found: readonly string[]): string | undefined {
  if (wanted.length !== found.length) return `${found.length} paragraphs instead of ${wanted.length}`;
  const index = wanted.findIndex((text, at) => text !== found[at]);
  return index < 0 ? undefined : `paragraph ${index + 1} of ${wanted.length} differs`;
}

function notOpened(kind: FileCheck["kind"], error: unknown): FileCheck {
  if (error instanceof TandemError) {
    return { kind, opened: false, refused: { code: error.code, reason: error.message }, failures: [] };
  }
  return { kind, opened: false, failures: [`opening fails unexpectedly: ${messageOf(error)}`] };
}

/** The result of a step, or undefined when it threw: then the reason is among the failures. */
function guard<Result>(step: string, failures: string[], run: () => Result): Result | undefined {
  try {
    return run();
  } catch (error) {
    failures.push(`${step} fails: ${messageOf(error)}`);
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function known<Fields extends Record<string, boolean | undefined>>(
  fields: Fields,
): { [Key in keyof Fields]?: boolean } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: boolean;
  };
}
