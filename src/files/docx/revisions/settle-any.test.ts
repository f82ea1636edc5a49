import fc from "fast-check";
import { expect, it } from "vitest";
import { assertWellFormed } from "../../xml/assert-well-formed.ts";
import { rootScope } from "../../xml/namespaces.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { ancestorNamed, nameOf, textOf } from "../../xml/xml-tree.ts";
import { lintTree } from "./lint-tracked-changes.ts";
import { settleTree } from "./settle-part.ts";
import { findRevisions } from "./settle-revisions.ts";

type State = "kept" | "inserted" | "deleted" | "inserted and deleted";
type Piece = { readonly text: string; readonly state: State };
type Block = "table" | { readonly pieces: readonly Piece[]; readonly mark: State };
type Action = "accept" | "reject";

const state = fc.constantFrom<State>("kept", "inserted", "deleted", "inserted and deleted");
const piece = fc.record({ text: fc.constantFrom("a", "b", "c", "d"), state });
const paragraph = fc.record({ pieces: fc.array(piece, { maxLength: 3 }), mark: state });
const blocks = fc.array(
  fc.oneof({ weight: 6, arbitrary: paragraph }, { weight: 1, arbitrary: fc.constant("table" as const) }),
  {
    maxLength: 8,
  },
);

function isGone(state: State, action: Action): boolean {
  if (state === "inserted and deleted") return true;
  return state === (action === "accept" ? "deleted" : "inserted");
}

/** What the standard says, worked out on lists: a gone mark runs its text into the next paragraph. */
function expected(story: readonly Block[], action: Action): string[] {
  const lines: string[] = [];
  let pending: string | undefined;
  for (const [place, block] of story.entries()) {
    if (block === "table") {
      if (pending) lines.push(pending);
      pending = undefined;
      lines.push("table");
      continue;
    }
    const shown = block.pieces.filter((each) => !isGone(each.state, action)).map(({ text }) => text);
    pending = (pending ?? "") + shown.join("");
    if (isGone(block.mark, action) && place < story.length - 1) continue;
    lines.push(pending);
    pending = undefined;
  }
  return lines;
}

function write(story: readonly Block[]): string {
  let id = 0;
  const tracked = (name: string, content: string): string =>
    `<w:${name} w:id="${id++}" w:author="A">${content}</w:${name}>`;
  const run = (name: string, text: string): string => `<w:r><w:${name}>${text}</w:${name}></w:r>`;
  const writePiece = ({ text, state }: Piece): string => {
    if (state === "kept") return run("t", text);
    if (state === "inserted") return tracked("ins", run("t", text));
    const gone = tracked("del", run("delText", text));
    return state === "deleted" ? gone : tracked("ins", gone);
  };
  const mark = (state: State): string => {
    const marks =
      (state.startsWith("inserted") ? tracked("ins", "") : "") +
      (state.endsWith("deleted") ? tracked("del", "") : "");
    return marks && `<w:pPr><w:rPr>${marks}</w:rPr></w:pPr>`;
  };
  const table = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
  const body = story.map((block) =>
    block === "table" ? table : `<w:p>${mark(block.mark)}${block.pieces.map(writePiece).join("")}</w:p>`,
  );
  return `<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${body.join("")}</w:body>`;
}

function read(source: string): string[] {
  const tree = scanXml(source);
  const lines: string[] = [];
  for (let index = 0; index < tree.count; index++) {
    if (nameOf(tree, index) === "w:tbl") lines.push("table");
    else if (nameOf(tree, index) === "w:p" && ancestorNamed(tree, index, "w:tc") < 0) lines.push("");
    else if (nameOf(tree, index) === "w:t") lines.push(lines.pop() + textOf(tree, index));
  }
  return lines;
}

const actions = ["accept", "reject"] as const;
/** A body ends with a paragraph. */
const story = blocks.filter((each) => each.length > 0 && each.at(-1) !== "table");

it("gives the paragraphs that the standard asks for, whatever is inserted and deleted", () => {
  fc.assert(
    fc.property(story, fc.constantFrom(...actions), (given, action) => {
      const source = write(given);
      expect(lintTree(scanXml(source))).toEqual([]);
      const settled = settleTree(scanXml(source), { action });
      assertWellFormed(settled, rootScope);
      expect(findRevisions(scanXml(settled))).toEqual([]);
      expect(read(settled)).toEqual(expected(given, action));
    }),
    { numRuns: 1000 },
  );
});

// Before a table a mark can't go while its paragraph still holds a pending change, so there the order does matter.
const storyOfParagraphs = story.filter((each) => !each.includes("table"));

it("comes to the same whichever changes are settled first", () => {
  fc.assert(
    fc.property(storyOfParagraphs, fc.constantFrom(...actions), fc.integer(), (given, action, seed) => {
      const tree = scanXml(write(given));
      const some = settleTree(tree, {
        action,
        which: ({ index }) => ((index * 2654435761) ^ seed) % 3 === 0,
      });
      assertWellFormed(some, rootScope);
      expect(read(settleTree(scanXml(some), { action }))).toEqual(expected(given, action));
    }),
    { numRuns: 1000 },
  );
});

const element = fc.constantFrom(
  ...[
    "p",
    "r",
    "t",
    "delText",
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "tbl",
    "tr",
    "tc",
    "sdt",
    "sdtContent",
    "hyperlink",
    "pPr",
    "rPr",
  ],
  ...[
    "trPr",
    "tcPr",
    "cellIns",
    "cellDel",
    "cellMerge",
    "rPrChange",
    "pPrChange",
    "txbxContent",
    "bookmarkStart",
    "bookmarkEnd",
  ],
  ...["customXmlInsRangeStart", "customXmlInsRangeEnd", "moveFromRangeStart", "numPr", "sectPr", "body"],
);
type Node = { readonly name: string; readonly declares: boolean; readonly children: readonly Node[] };
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.record({
    name: element,
    declares: fc.integer({ min: 0, max: 9 }).map((die) => die === 0),
    children: fc.oneof(
      { maxDepth: 6 },
      fc.constant<readonly Node[]>([]),
      fc.array(tie("node"), { maxLength: 4 }),
    ),
  }),
}));
const markup = ({ name, declares, children }: Node): string =>
  `<w:${name}${declares ? ' xmlns:x="urn:x" x:y="1"' : ""} w:id="1">${children.map(markup).join("")}</w:${name}>`;

it("stays well formed on any nesting of elements", () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 4 }), fc.constantFrom(...actions), (nodes, action) => {
      const source = `<w:body xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${nodes.map(markup).join("")}</w:body>`;
      const settled = settleTree(scanXml(source), { action });
      assertWellFormed(settled, rootScope);
      expect(findRevisions(scanXml(settled)).length).toBe(0);
    }),
    { numRuns: 2000 },
  );
});
