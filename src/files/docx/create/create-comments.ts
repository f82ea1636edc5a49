import { BadRequestError } from "../../../errors.ts";
import { writeComments } from "../edit/comment-parts.ts";
import type { Workbench } from "../edit/part-workbench.ts";
import { checkText } from "./create-runs.ts";

/** Gathers the comments of new text. */
export type CommentWriter = {
  /** Keeps the comment for `write` and gives its `w:id`. */
  readonly add: (text: string) => string;
  /** Writes what was gathered into the comment parts. */
  readonly write: () => void;
};

export type CommentOptions = {
  readonly author: string;
  readonly date: Date;
  readonly nextId: () => string;
};

/** Comments of one author for a document (17.13.4). */
export function createComments(bench: Workbench, { author, date, nextId }: CommentOptions): CommentWriter {
  const time = `${date.toISOString().slice(0, 19)}Z`;
  const gathered: { readonly id: string; readonly text: string }[] = [];
  return {
    add: (text) => {
      if (text.trim() === "") throw new BadRequestError("a comment has no text");
      const id = nextId();
      gathered.push({ id, text: checkText(text) });
      return id;
    },
    write: () => {
      const comments = gathered.map((each) => ({ ...each, author: checkText(author), date: time }));
      writeComments(bench, comments, new Map());
    },
  };
}
