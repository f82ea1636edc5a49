import { describe, expect, it } from "vitest";
import { assertWellFormed } from "../../xml/assert-well-formed.ts";
import { rootScope } from "../../xml/namespaces.ts";
import { scanXml } from "../../xml/scan-xml.ts";
import { type SettleAction, settleTree } from "./settle-part.ts";
import { findRevisions } from "./settle-revisions.ts";

const open =
  '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' +
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ' +
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>';
const close = "</w:body></w:document>";
const who = 'w:id="1" w:author="A" w:date="2026-01-02T03:04:05Z"';

const run = (text: string, properties = ""): string => `<w:r>${properties}<w:t>${text}</w:t></w:r>`;
const struck = (text: string): string => `<w:r><w:delText xml:space="preserve">${text}</w:delText></w:r>`;
const tracked = (name: string, content = ""): string =>
  content === "" ? `<w:${name} ${who}/>` : `<w:${name} ${who}>${content}</w:${name}>`;
const ins = (content: string): string => tracked("ins", content);
const del = (content: string): string => tracked("del", content);
const marked = (name: string, more = ""): string => `<w:pPr>${more}<w:rPr>${tracked(name)}</w:rPr></w:pPr>`;
const paragraph = (content: string, properties = ""): string => `<w:p>${properties}${content}</w:p>`;
const cell = (content: string, properties = ""): string => `<w:tc>${properties}${content}</w:tc>`;
const row = (cells: string, properties = ""): string => `<w:tr>${properties}${cells}</w:tr>`;
const table = (rows: string): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows}</w:tbl>`;
const control = (content: string): string =>
  `<w:sdt><w:sdtPr/><w:sdtContent>${content}</w:sdtContent></w:sdt>`;

function settle(body: string, action: SettleAction, endsStory = true): string {
  const settled = settleTree(scanXml(open + body + close), { action, endsStory });
  assertWellFormed(settled, rootScope);
  const tree = scanXml(settled);
  expect(findRevisions(tree)).toEqual([]);
  expect(settleTree(tree, { action })).toBe(settled);
  return settled.slice(open.length, -close.length);
}

const accept = (body: string): string => settle(body, "accept");
const reject = (body: string): string => settle(body, "reject");
const last = paragraph(run("end"));

describe("runs", () => {
  const body = paragraph(run("Total ") + del(struck("80")) + ins(run("95")) + run(" items"));

  it("accepting keeps what was inserted and drops what was deleted", () => {
    expect(accept(body)).toBe(paragraph(run("Total ") + run("95") + run(" items")));
  });

  it("rejecting turns deleted text back into text", () => {
    const kept = '<w:r><w:t xml:space="preserve">80</w:t></w:r>';
    expect(reject(body)).toBe(paragraph(run("Total ") + kept + run(" items")));
  });

  it("gives a document without changes back as the very same string", () => {
    const source = open + last + close;
    expect(settleTree(scanXml(source), { action: "accept" })).toBe(source);
  });

  it("settles a deletion inside somebody's insertion", () => {
    const nested = paragraph(run("a") + ins(run("b") + del(struck("c"))));
    expect(accept(nested)).toBe(paragraph(run("a") + run("b")));
    expect(reject(nested)).toBe(paragraph(run("a")));
  });

  it("restores a deleted field code", () => {
    const field = del("<w:r><w:delInstrText> PAGE </w:delInstrText></w:r>");
    expect(reject(paragraph(field))).toBe(paragraph("<w:r><w:instrText> PAGE </w:instrText></w:r>"));
  });

  it("leaves deleted text alone that another pending deletion holds", () => {
    const source = open + paragraph(del(tracked("moveFrom", struck("x")))) + close;
    const settled = settleTree(scanXml(source), {
      action: "reject",
      which: ({ kind }) => kind === "moved-from",
    });
    expect(settled).toContain("<w:delText");
  });

  it("works inside hyperlinks, content controls, math and text boxes", () => {
    const link = (content: string): string => `<w:hyperlink>${content}</w:hyperlink>`;
    expect(accept(paragraph(link(del(struck("a")) + ins(run("b")))))).toBe(paragraph(link(run("b"))));
    expect(reject(paragraph(control(ins(run("b")))))).toBe(paragraph(control("")));
    const math = "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>";
    expect(accept(paragraph(ins(math)))).toBe(paragraph(math));
    expect(reject(paragraph(ins(math)))).toBe(paragraph(""));
    const box = (content: string): string =>
      `<w:r><w:pict><w:txbxContent>${content}</w:txbxContent></w:pict></w:r>`;
    expect(reject(paragraph(box(paragraph(ins(run("x"))))))).toBe(paragraph(box(paragraph(""))));
  });

  it("drops a hyperlink with its last inserted run", () => {
    expect(reject(paragraph(`<w:hyperlink>${ins(run("b"))}</w:hyperlink>`))).toBe(paragraph(""));
  });

  it("settles both branches of alternate content alike", () => {
    const both = (content: string): string =>
      `<w:r><mc:AlternateContent><mc:Choice Requires="w"><w:txbxContent>${content}</w:txbxContent></mc:Choice>` +
      `<mc:Fallback><w:txbxContent>${content}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>`;
    expect(accept(paragraph(both(paragraph(del(struck("a")) + ins(run("b"))))))).toBe(
      paragraph(both(paragraph(run("b")))),
    );
  });

  it("keeps a bookmark half that stands in deleted text", () => {
    const start = '<w:bookmarkStart w:id="7" w:name="b"/>';
    const end = '<w:bookmarkEnd w:id="7"/>';
    expect(accept(paragraph(del(start + struck("a")) + run("b") + end))).toBe(
      paragraph(start + run("b") + end),
    );
    expect(accept(paragraph(del(start + struck("a") + end) + run("b")))).toBe(paragraph(run("b")));
  });

  it("keeps namespaces that a removed tag declared", () => {
    const body = paragraph(`<w:ins ${who} xmlns:x="urn:x"><w:r x:a="1"><w:t>b</w:t></w:r></w:ins>`);
    expect(accept(body)).toBe(paragraph('<w:r xmlns:x="urn:x" x:a="1"><w:t>b</w:t></w:r>'));
  });

  it("follows the prefix of the file", () => {
    const source =
      '<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:del x:id="1" x:author="A">' +
      "<x:r><x:delText>a</x:delText></x:r></x:del></x:p></x:body></x:document>";
    expect(settleTree(scanXml(source), { action: "reject" })).toContain("<x:p><x:r><x:t>a</x:t></x:r></x:p>");
  });
});

describe("paragraph marks", () => {
  const first = '<w:jc w:val="left"/>';
  const second = '<w:pPr><w:jc w:val="right"/></w:pPr>';

  it("joins a paragraph whose mark is deleted with the next, whose properties win", () => {
    const body = paragraph(run("a"), marked("del", first)) + paragraph(run("b"), second);
    expect(accept(body)).toBe(paragraph(run("a") + run("b"), second));
    expect(reject(body)).toBe(paragraph(run("a"), `<w:pPr>${first}</w:pPr>`) + paragraph(run("b"), second));
  });

  it("joins a chain of them", () => {
    const gone = marked("ins");
    const body =
      paragraph(run("a"), gone) +
      paragraph(ins(run("x")), gone) +
      paragraph(run("b"), gone) +
      paragraph(run("c"), second);
    expect(reject(body)).toBe(paragraph(run("a") + run("b") + run("c"), second));
  });

  it("joins with a paragraph written as an empty tag", () => {
    expect(accept(`${paragraph(run("a"), marked("del"))}<w:p w:rsidR="1"/>`)).toBe(
      `<w:p w:rsidR="1">${run("a")}</w:p>`,
    );
  });

  it("settles the properties that move to the joined paragraph", () => {
    const changed = `<w:pPr><w:jc w:val="right"/><w:pPrChange ${who}><w:pPr/></w:pPrChange></w:pPr>`;
    expect(accept(paragraph(run("a"), marked("del")) + paragraph(run("b"), changed))).toBe(
      paragraph(run("a") + run("b"), second),
    );
  });

  it("drops a paragraph that was inserted or deleted with all its text", () => {
    expect(accept(paragraph(del(struck("a")), marked("del")) + last)).toBe(last);
    expect(reject(paragraph(ins(run("a")), marked("ins")) + last)).toBe(last);
    expect(reject(last + paragraph(ins(run("a")), marked("ins")) + last)).toBe(last + last);
  });

  it("drops it before a table, and keeps one that still has text", () => {
    const grid = table(row(cell(paragraph(run("c")))));
    expect(accept(paragraph(del(struck("a")), marked("del")) + grid + last)).toBe(grid + last);
    expect(accept(paragraph(run("a"), marked("del")) + grid + last)).toBe(paragraph(run("a")) + grid + last);
  });

  it("never takes the last paragraph of a body, cell or text box", () => {
    expect(accept(last + paragraph(del(struck("a")), marked("del")))).toBe(last + paragraph(""));
    expect(accept(table(row(cell(paragraph(del(struck("a")), marked("del"))))) + last)).toBe(
      table(row(cell(paragraph("")))) + last,
    );
    const section = "<w:sectPr/>";
    expect(reject(paragraph(ins(run("a")), marked("ins")) + section)).toBe(paragraph("") + section);
  });

  it("takes the last paragraph of a few blocks of a longer story", () => {
    expect(settle(last + paragraph(del(struck("a")), marked("del")), "accept", false)).toBe(
      last + paragraph(""),
    );
    const source = `${open.replace("<w:body>", "")}${last}${paragraph(del(struck("a")), marked("del"))}</w:document>`;
    const settled = settleTree(scanXml(source), { action: "accept", endsStory: false });
    expect(settled).toBe(`${open.replace("<w:body>", "")}${last}</w:document>`);
  });

  it("moves markers of a removed paragraph to the next one", () => {
    const start = '<w:bookmarkStart w:id="7" w:name="b"/>';
    const end = '<w:bookmarkEnd w:id="7"/>';
    const body = paragraph(start + del(struck("a")), marked("del")) + paragraph(run("b") + end);
    expect(accept(body)).toBe(paragraph(start + run("b") + end));
    const grid = table(row(cell(last)));
    expect(accept(paragraph(start + del(struck("a")) + end, marked("del")) + grid + last)).toBe(
      start + end + grid + last,
    );
  });

  it("keeps a section break whose mark is deleted, and drops one that was inserted", () => {
    const section = "<w:sectPr/>";
    const breaks = (name: string): string => `<w:pPr><w:rPr>${tracked(name)}</w:rPr>${section}</w:pPr>`;
    expect(accept(paragraph(del(struck("a")), breaks("del")) + last)).toBe(
      paragraph("", `<w:pPr>${section}</w:pPr>`) + last,
    );
    expect(reject(paragraph(ins(run("a")), breaks("ins")) + last)).toBe(last);
  });

  it("drops a content control with its last paragraph, except at the end of the story", () => {
    const gone = paragraph(del(struck("a")), marked("del"));
    expect(accept(control(gone) + last)).toBe(last);
    expect(accept(control(gone + last) + last)).toBe(control(last) + last);
    expect(accept(control(gone))).toBe(control(paragraph("")));
  });

  it("does not join across the edge of a content control", () => {
    expect(accept(paragraph(run("a"), marked("del")) + control(last))).toBe(
      paragraph(run("a")) + control(last),
    );
  });

  it("leaves a paragraph that declares namespaces of its own where it is", () => {
    const own = '<w:p xmlns:x="urn:x"><w:r x:a="1"/></w:p>';
    expect(accept(paragraph(run("a"), marked("del")) + own)).toBe(paragraph(run("a")) + own);
  });
});

describe("moves", () => {
  const range = (half: string, content: string): string =>
    `<w:${half}RangeStart ${who} w:name="move1"/>${tracked(half, content)}<w:${half}RangeEnd w:id="1"/>`;
  const body =
    paragraph(range("moveFrom", run("x")), marked("moveFrom")) +
    last +
    paragraph(range("moveTo", run("x")), marked("moveTo")) +
    last;

  it("accepting leaves the target, rejecting the source", () => {
    expect(accept(body)).toBe(last + paragraph(run("x")) + last);
    expect(reject(body)).toBe(paragraph(run("x")) + last + last);
  });

  it("keeps the range markers of a move that stays pending", () => {
    const source = open + paragraph(ins(run("y"))) + body + close;
    const settled = settleTree(scanXml(source), {
      action: "accept",
      which: ({ kind }) => kind === "insertion",
    });
    expect(settled).toBe(open + paragraph(run("y")) + body + close);
    const halves = settleTree(scanXml(source), {
      action: "accept",
      which: ({ kind }) => kind.startsWith("moved"),
    });
    expect(halves).not.toContain("move1");
  });

  it("removes a row that was moved away whole", () => {
    const moved = row(cell(paragraph(tracked("moveFrom", run("x")), marked("moveFrom"))));
    expect(accept(table(row(cell(last)) + moved) + last)).toBe(table(row(cell(last))) + last);
  });
});

describe("properties", () => {
  const change = (name: string, old: string): string => `<w:${name}Change ${who}>${old}</w:${name}Change>`;

  it("restores run formatting", () => {
    const body = paragraph(run("a", `<w:rPr><w:b/>${change("rPr", "<w:rPr><w:i/></w:rPr>")}</w:rPr>`));
    expect(accept(body)).toBe(paragraph(run("a", "<w:rPr><w:b/></w:rPr>")));
    expect(reject(body)).toBe(paragraph(run("a", "<w:rPr><w:i/></w:rPr>")));
    expect(reject(paragraph(run("a", `<w:rPr><w:b/>${change("rPr", "<w:rPr/>")}</w:rPr>`)))).toBe(
      paragraph(run("a")),
    );
  });

  it("keeps the paragraph mark's formatting and section when paragraph formatting is rejected", () => {
    const kept = "<w:rPr><w:b/></w:rPr><w:sectPr/>";
    const old = change("pPr", '<w:pPr><w:jc w:val="left"/></w:pPr>');
    const body = paragraph(run("a"), `<w:pPr><w:jc w:val="center"/>${kept}${old}</w:pPr>`);
    expect(reject(body)).toBe(paragraph(run("a"), `<w:pPr><w:jc w:val="left"/>${kept}</w:pPr>`));
  });

  it("ignores revisions inside old properties", () => {
    const body = paragraph(
      run("a"),
      `<w:pPr><w:rPr><w:b/>${change("rPr", `<w:rPr>${tracked("ins")}<w:i/></w:rPr>`)}</w:rPr></w:pPr>`,
    );
    expect(reject(body)).toBe(paragraph(run("a"), "<w:pPr><w:rPr><w:i/></w:rPr></w:pPr>"));
  });

  it("keeps headers when section formatting is rejected", () => {
    const header = '<w:headerReference w:type="default"/>';
    const body = `${last}<w:sectPr>${header}<w:pgSz w:w="1"/>${change("sectPr", '<w:sectPr><w:pgSz w:w="2"/></w:sectPr>')}</w:sectPr>`;
    expect(reject(body)).toBe(`${last}<w:sectPr>${header}<w:pgSz w:w="2"/></w:sectPr>`);
  });

  it("restores table, grid, row exception, row and cell properties", () => {
    const body =
      `<w:tbl><w:tblPr><w:new/>${change("tblPr", "<w:tblPr><w:old/></w:tblPr>")}</w:tblPr>` +
      `<w:tblGrid><w:new/><w:tblGridChange w:id="1"><w:tblGrid><w:old/></w:tblGrid></w:tblGridChange></w:tblGrid>` +
      `<w:tr><w:tblPrEx><w:new/>${change("tblPrEx", "<w:tblPrEx><w:old/></w:tblPrEx>")}</w:tblPrEx>` +
      `<w:trPr><w:new/>${change("trPr", "<w:trPr><w:old/></w:trPr>")}</w:trPr>` +
      `${cell(last, `<w:tcPr><w:new/>${change("tcPr", "<w:tcPr><w:old/></w:tcPr>")}</w:tcPr>`)}</w:tr></w:tbl>${last}`;
    const settled = (which: string): string =>
      `<w:tbl><w:tblPr><w:${which}/></w:tblPr><w:tblGrid><w:${which}/></w:tblGrid><w:tr><w:tblPrEx><w:${which}/></w:tblPrEx>` +
      `<w:trPr><w:${which}/></w:trPr>${cell(last, `<w:tcPr><w:${which}/></w:tcPr>`)}</w:tr></w:tbl>${last}`;
    expect(accept(body)).toBe(settled("new"));
    expect(reject(body)).toBe(settled("old"));
  });

  it("takes numbering away that was inserted", () => {
    const body = paragraph(
      run("a"),
      `<w:pPr><w:numPr><w:numId w:val="1"/>${tracked("ins")}</w:numPr></w:pPr>`,
    );
    expect(accept(body)).toBe(paragraph(run("a"), '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'));
    expect(reject(body)).toBe(paragraph(run("a")));
  });
});

describe("tables", () => {
  const plain = row(cell(paragraph(run("a"))));

  it("removes rows, and the table with its last row", () => {
    const extra = (name: string, content: string): string =>
      row(cell(paragraph(content)), `<w:trPr>${tracked(name)}</w:trPr>`);
    expect(reject(table(plain + extra("ins", ins(run("b")))) + last)).toBe(table(plain) + last);
    expect(accept(table(plain + extra("ins", ins(run("b")))) + last)).toBe(
      table(plain + row(cell(paragraph(run("b"))))) + last,
    );
    expect(accept(table(extra("del", del(struck("b")))) + last)).toBe(last);
    expect(accept(table(control(extra("del", del(struck("b"))))) + last)).toBe(last);
  });

  it("removes cells, and the row with its last cell", () => {
    const other = (name: string): string => cell(last, `<w:tcPr><w:tcW w:w="1"/>${tracked(name)}</w:tcPr>`);
    expect(reject(table(row(cell(last) + other("cellIns"))) + last)).toBe(table(row(cell(last))) + last);
    expect(accept(table(plain + row(other("cellDel"))) + last)).toBe(table(plain) + last);
    expect(reject(table(row(other("cellDel"))) + last)).toBe(
      table(row(cell(last, '<w:tcPr><w:tcW w:w="1"/></w:tcPr>'))) + last,
    );
  });

  it("turns a tracked merge of cells into a merge, or takes it back", () => {
    const merged = (value: string): string =>
      cell(last, `<w:tcPr><w:tcW w:w="1"/><w:shd/><w:cellMerge ${who} w:vMerge="${value}"/></w:tcPr>`);
    const result = (merge: string): string =>
      table(row(cell(last, `<w:tcPr><w:tcW w:w="1"/>${merge}<w:shd/></w:tcPr>`))) + last;
    expect(accept(table(row(merged("rest"))) + last)).toBe(result('<w:vMerge w:val="restart"/>'));
    expect(accept(table(row(merged("cont"))) + last)).toBe(result("<w:vMerge/>"));
    expect(reject(table(row(merged("cont"))) + last)).toBe(result(""));
  });

  it("gives a cell that lost all its blocks an empty paragraph", () => {
    expect(reject(table(row(cell(ins(last)))) + last)).toBe(table(row(cell("<w:p/>"))) + last);
  });
});

describe("content controls and math structures", () => {
  it("takes away the tags of a content control that was inserted, and keeps its text", () => {
    const range = (edge: string, id: number): string =>
      `<w:customXmlInsRange${edge} w:id="${id}" w:author="A"/>`;
    const body =
      range("Start", 1) +
      `<w:sdt><w:sdtPr/><w:sdtContent>${range("End", 1)}${last}${range("Start", 2)}</w:sdtContent></w:sdt>` +
      range("End", 2);
    expect(accept(body)).toBe(control(last));
    expect(reject(body)).toBe(last);
  });

  it("leaves the arguments of a math structure that was deleted", () => {
    const argument = (name: string): string => `<m:${name}><m:r><m:t>${name}</m:t></m:r></m:${name}>`;
    const body = paragraph(
      `<m:oMath><m:f><m:fPr><m:ctrlPr>${del("<w:rPr><w:b/></w:rPr>")}</m:ctrlPr></m:fPr>${argument("num")}${argument("den")}</m:f></m:oMath>`,
    );
    expect(accept(body)).toBe(
      paragraph("<m:oMath><m:r><m:t>num</m:t></m:r><m:r><m:t>den</m:t></m:r></m:oMath>"),
    );
    expect(reject(body)).toContain("<m:ctrlPr><w:rPr><w:b/></w:rPr></m:ctrlPr>");
  });
});

describe("odd input", () => {
  it("settles whole paragraphs wrapped in an insertion or deletion", () => {
    expect(accept(ins(paragraph(run("a"))) + last)).toBe(paragraph(run("a")) + last);
    expect(reject(ins(paragraph(run("a"))) + last)).toBe(last);
  });

  it("drops revision marks where none may stand", () => {
    expect(accept(paragraph(run("a", `<w:rPr>${tracked("ins")}<w:b/></w:rPr>`)))).toBe(
      paragraph(run("a", "<w:rPr><w:b/></w:rPr>")),
    );
  });

  it("stays well formed however revision elements are nested", () => {
    const names = ["ins", "del", "moveFrom", "moveTo"];
    for (const outer of names) {
      for (const inner of names) {
        const body =
          paragraph(tracked(outer, tracked(inner, run("a") + struck("b"))), marked(inner)) +
          paragraph(run("c"), marked(outer)) +
          last;
        accept(body);
        reject(body);
      }
    }
  });

  it("settles only what is asked for", () => {
    const source = open + paragraph(ins(run("a")) + del(struck("b"))) + close;
    const settled = settleTree(scanXml(source), {
      action: "reject",
      which: ({ kind }) => kind === "deletion",
    });
    expect(settled).toBe(
      open + paragraph(`${ins(run("a"))}<w:r><w:t xml:space="preserve">b</w:t></w:r>`) + close,
    );
  });
});
