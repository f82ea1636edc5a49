import { TandemError } from "../../src/errors.ts";
import { openFile, type WordDocument } from "../../src/files/index.ts";
import { corpusFiles } from "./corpus-files.ts";

export type OpenedDocument = { readonly name: string; readonly document: WordDocument };

export const compareOptions: { readonly author: string; readonly date: Date } = {
  author: "Tandem",
  date: new Date("2026-01-02T03:04:05Z"),
};

/** The Word files of the corpus that open. */
export function openedDocuments(): OpenedDocument[] {
  return corpusFiles(["docx"], /\.(docx|dotx|docm)$/).flatMap(({ name, bytes }) => {
    try {
      return [{ name, document: openFile(bytes) }];
    } catch (error) {
      if (error instanceof TandemError) return [];
      throw error;
    }
  });
}
