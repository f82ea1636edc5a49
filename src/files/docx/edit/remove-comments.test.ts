import { describe, expect, it } from "vitest";
import { readPart } from "../../opc/opc-package.ts";
import { openFile } from "../../open-file.ts";
import { comments } from "../read/comments.ts";
import type { Change, WordDocument } from "../types.ts";
import { at, p, planQuoted, texts, wordDocument, xmlOf } from "../word.fixture.ts";
import { planChanges } from "./plan-changes.ts";
import { removeComments } from "./remove-comments.ts";

/** A document with two comments, the first of them answered. */
function commented(): WordDocument {
  const made = planQuoted(wordDocument(p("One sentence here.") + p("Another one.")), [
    { kind: "comment", quote: "sentence", text: "Which one?" },
    { kind: "comment", quote: "Another", text: "A third?" },
  ]).save();
  const document = openFile(made.bytes);
  const reply: Change = { kind: "reply", to: comments(document)[0]!.id, text: "This one." };
  return openFile(planChanges(document, [reply], at).save().bytes);
}

const partText = (document: WordDocument, name: string): string =>
  new TextDecoder().decode(readPart(document.package, name));

describe("removeComments", () => {
  it("takes out range, reference, text, thread and lasting id, and nothing else", () => {
    const document = commented();
    const [first, second, reply] = comments(document);
    const after = openFile(removeComments(document, new Set([second!.id])));
    expect(comments(after)).toEqual([first, reply]);
    expect(texts(after)).toEqual(texts(document));
    expect(xmlOf(after)).not.toContain(`w:id="${second!.id}"`);
    for (const [name, entry] of [
      ["/word/commentsExtended.xml", /commentEx /g],
      ["/word/commentsIds.xml", /commentId /g],
    ] as const)
      expect(partText(after, name).match(entry)).toHaveLength(2);
    for (const name of ["/word/people.xml", "/[Content_Types].xml"])
      expect(partText(after, name)).toBe(partText(document, name));
  });

  it("leaves an answer as a comment of its own", () => {
    const document = commented();
    const [first] = comments(document);
    const left = comments(openFile(removeComments(document, new Set([first!.id]))));
    expect(left.map(({ text, replyTo }) => [text, replyTo])).toEqual([
      ["A third?", undefined],
      ["This one.", undefined],
    ]);
  });

  it("leaves what else stands in the run with the reference, and parts in which nothing is found", () => {
    const comment = '<w:comment w:id="4" w:author="Ann"><w:p><w:r><w:t>Hm</w:t></w:r></w:p></w:comment>';
    const body =
      '<w:p><w:commentRangeStart w:id="4"/><w:r><w:t>Words</w:t><w:commentReference w:id="4"/></w:r></w:p>';
    const document = wordDocument(body, { comments: comment, header: p("Head") });
    const after = openFile(removeComments(document, new Set(["4"])));
    expect(xmlOf(after)).toContain("<w:p><w:r><w:t>Words</w:t></w:r></w:p>");
    expect(comments(after)).toEqual([]);
    expect(removeComments(document, new Set(["5"]))).toEqual(removeComments(document, new Set()));
  });
});
