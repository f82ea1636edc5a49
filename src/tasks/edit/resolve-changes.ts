import { TargetAmbiguousError, TargetNotFoundError } from "../../errors.ts";
import { type Change, diffWords, findQuote, type Refusal, type WordDocument } from "../../files/index.ts";
import { decodeImage } from "./decode-image.ts";
import { nearMiss } from "./near-miss.ts";
import { changeId } from "./quoted-change.ts";
import type { QuotedChange } from "./quoted-change-schema.ts";

/** The changes whose place was found, and why the others' was not. */
export type ResolvedChanges = { readonly changes: readonly Change[]; readonly refused: readonly Refusal[] };

/** Finds the place of each quoted change. A quote that is nowhere or in several places becomes a refusal with a fix. */
export function resolveChanges(document: WordDocument, quoted: readonly QuotedChange[]): ResolvedChanges {
  const changes: Change[] = [];
  const refused: Refusal[] = [];
  for (const [index, change] of quoted.entries()) {
    const id = changeId(change, index);
    try {
      changes.push(placed(document, change, id));
    } catch (error) {
      refused.push(refusalOf(document, change, id, error));
    }
  }
  return { changes, refused };
}

function placed(document: WordDocument, change: QuotedChange, id: string): Change {
  const at = findQuote(
    document,
    change.quote,
    change.occurrence === undefined ? {} : { occurrence: change.occurrence },
  );
  const { quote, occurrence: _, ...rest } = change;
  switch (rest.kind) {
    case "replace":
      return { ...rest, id, at, text: inTheirSigns(quote, at.quote, rest.text) };
    case "insert-image":
      return { ...rest, id, at, image: decodeImage(rest.image) };
    default:
      return { ...rest, id, at };
  }
}

/**
 * A quote may be typed with straight quotation marks and plain spaces where the document has others, one for one. What
 * the new text takes over from the quote keeps the document's own signs.
 */
function inTheirSigns(quote: string, found: string, text: string): string {
  if (quote === found || quote.length !== found.length) return text;
  let out = "";
  let at = 0;
  for (const hunk of diffWords(quote, text)) {
    out += found.slice(at, hunk.start) + hunk.text;
    at = hunk.end;
  }
  return out + found.slice(at);
}

function refusalOf(document: WordDocument, change: QuotedChange, id: string, error: unknown): Refusal {
  if (error instanceof TargetAmbiguousError) {
    return {
      id,
      code: "ambiguous",
      reason: error.message,
      fix: error.hint ?? 'say which one by "occurrence"',
    };
  }
  if (!(error instanceof TargetNotFoundError)) throw error;
  // With an occurrence the quote may well be there, only less often; and a quote over several paragraphs is no near miss.
  const isElsewhere = change.occurrence !== undefined && isThere(document, change.quote);
  if (isElsewhere) {
    return {
      id,
      code: "not-found",
      reason: error.message,
      fix: error.hint ?? "count the occurrences from 1 in reading order",
    };
  }
  if (/ paragraphs$/u.test(error.message)) {
    return {
      id,
      code: "crosses-paragraphs",
      reason: error.message,
      fix: error.hint ?? "make one change for each paragraph",
    };
  }
  const near = nearMiss(document, change.quote);
  return {
    id,
    code: "not-found",
    reason: near === undefined ? error.message : `${error.message}: ${near.reason}`,
    fix: near?.fix ?? error.hint ?? "copy the words as they stand in the document",
  };
}

function isThere(document: WordDocument, quote: string): boolean {
  try {
    findQuote(document, quote, { occurrence: 1 });
    return true;
  } catch {
    return false;
  }
}
