/**
 * The JSON value in a model's answer: the whole text, the inside of a code fence, or the outermost
 * braces or brackets, whichever parses first. `undefined` when none does.
 */
export function extractJson(text: string): unknown {
  for (const candidate of candidates(text)) {
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // The next candidate may parse; the caller reports when none does.
    }
  }
  return undefined;
}

function* candidates(text: string): Generator<string> {
  yield text;
  const fenced = /```(?:json)?\s*\n?([\s\S]*?)```/i.exec(text)?.[1];
  if (fenced !== undefined) yield fenced;
  for (const [open, close] of [
    ["{", "}"],
    ["[", "]"],
  ] as const) {
    const start = text.indexOf(open);
    const end = text.lastIndexOf(close);
    if (start >= 0 && end > start) yield text.slice(start, end + 1);
  }
}
