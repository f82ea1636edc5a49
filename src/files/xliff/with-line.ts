import { FileDamagedError } from "../../errors.ts";

/** Runs a reader of XML; the error thrown for damaged text names the line where it can be told. */
export function withLine<T>(text: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FileDamagedError)) throw error;
    const offset = placeOf(text, error.message);
    if (offset === undefined) throw error;
    const line = text.slice(0, offset).split(/\r?\n|\r/).length;
    throw new FileDamagedError(`${error.message} (line ${line})`, {
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}

function placeOf(text: string, message: string): number | undefined {
  if (/\bline \d/.test(message)) return undefined;
  const found = /character (\d+)/.exec(message)?.[1];
  if (found !== undefined) return Number(found);
  if (message.includes("cut off")) return text.length;
  // A reference is read long after the tags around it were found.
  const reference = message.includes("&")
    ? text.search(/&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[\da-f]+);)/i)
    : -1;
  return reference < 0 ? undefined : reference;
}
