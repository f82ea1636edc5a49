import { openWord } from "./docx/open-word.ts";
import type { WordDocument } from "./docx/types.ts";
import type { Limits } from "./opc/limits.ts";
import { openPackage } from "./opc/opc-package.ts";

export type OpenFileOptions = {
  /** How much the file may ask of this machine. Defaults to `defaultLimits`. */
  readonly limits?: Partial<Limits>;
};

/**
 * Opens an Office file from its bytes. Throws `FileDamagedError`, `FileUnsupportedError` or `FileTooLargeError`;
 * never anything else, whatever the bytes are.
 */
export function openFile(bytes: Uint8Array, options: OpenFileOptions = {}): WordDocument {
  return openWord(openPackage(bytes, options));
}
