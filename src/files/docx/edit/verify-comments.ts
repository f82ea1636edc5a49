import { RoundTripError } from "../../../errors.ts";
import { openPackage } from "../../opc/opc-package.ts";
import { openWord } from "../open-word.ts";
import { comments } from "../read/comments.ts";
import type { NewComment } from "./comment-parts.ts";

/**
 * Reads the written file's comments back: each new one is there with its author, text and thread, each state is the one
 * asked for. Throws `RoundTripError`.
 */
export function verifyComments(
  bytes: Uint8Array,
  added: readonly NewComment[],
  resolved: ReadonlyMap<string, boolean>,
): void {
  if (added.length === 0 && resolved.size === 0) return;
  const found = new Map(comments(openWord(openPackage(bytes))).map((comment) => [comment.id, comment]));
  for (const { id, author, text, replyTo } of added) {
    const comment = found.get(id);
    const isThere = comment?.author === author && comment.text === text.replace(/\r\n?/g, "\n");
    if (!isThere || comment.replyTo !== replyTo)
      throw failure(`the comment ${id} would not be in the file as meant`);
  }
  for (const [id, state] of resolved) {
    if (found.get(id)?.isResolved !== state)
      throw failure(`the comment ${id} would not be ${state ? "resolved" : "open"}`);
  }
}

function failure(what: string): RoundTripError {
  return new RoundTripError(`${what}; nothing was written`, {
    hint: "This is a fault of Tandem's. Please report it with the file if you can share it.",
  });
}
