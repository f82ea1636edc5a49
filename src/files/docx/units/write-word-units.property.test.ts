import fc from "fast-check";
import { expect, it } from "vitest";
import { openFile } from "../../open-file.ts";
import type { TextUnit, UnitTarget } from "../../units/types.ts";
import { r, revision } from "../word.fixture.ts";
import { listWordUnits } from "./list-word-units.ts";
import { echo, field, partText, unitFile } from "./units.fixture.ts";
import { writeWordUnits } from "./write-word-units.ts";

/** A piece of a paragraph's content; `#` stands for a number of its own. */
const leaf: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("one", "two words", " ", "Ünïcode", "a"),
      fc.constantFrom("", "<w:b/>", "<w:i/>", '<w:u w:val="single"/>', "<w:vanish/>"),
    )
    .map(([text, look]) => r(text, look)),
  fc.constantFrom(
    '<w:r><w:footnoteReference w:id="#"/></w:r>',
    "<w:r><w:t>x</w:t><w:tab/><w:t>y</w:t></w:r>",
    "<w:r><w:br/></w:r>",
    "<w:r><w:lastRenderedPageBreak/></w:r>",
    '<w:proofErr w:type="spellStart"/>',
    '<w:bookmarkStart w:id="#" w:name="n#"/>',
    field("PAGE", r("7")),
    `<w:del w:id="#" ${revision}><w:r><w:delText>gone</w:delText></w:r></w:del>`,
    `<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>${r("INNER")}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>`,
    "<m:oMath><m:r><m:t>7</m:t></m:r></m:oMath>",
  ),
);

const wrappers: readonly ((content: string) => string)[] = [
  (content) => `<w:hyperlink r:id="rId#" w:history="1">${content}</w:hyperlink>`,
  (content) => `<w:ins w:id="#" ${revision}>${content}</w:ins>`,
  (content) => `<w:sdt><w:sdtPr><w:id w:val="#"/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`,
  (content) => `<w:smartTag w:element="e#">${content}</w:smartTag>`,
  (content) => field('HYPERLINK "http://a.b/#"', content),
  (content) => `<w:fldSimple w:instr=" REF _# ">${content}</w:fldSimple>`,
  (content) => `<w:bookmarkStart w:id="@" w:name="m#"/>${content}<w:bookmarkEnd w:id="@"/>`,
];

const { content } = fc.letrec<{ content: string; item: string }>((tie) => ({
  content: fc.array(tie("item"), { minLength: 1, maxLength: 5 }).map((items) => items.join("")),
  item: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...wrappers), tie("content"))
        .map(([wrap, inner]: [(content: string) => string, string]) => wrap(inner)),
    },
  ),
}));

/** Begins in this paragraph and ends in the next, as a table of contents does. */
const begun =
  '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC </w:instrText><w:fldChar w:fldCharType="separate"/></w:r>';
const ended = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>';

/** Numbers for `#`; both halves of a pair get the same one for `@`. */
function numbered(xml: string): string {
  let last = 100;
  const open: number[] = [];
  return xml.replace(/bookmarkStart w:id="@"|bookmarkEnd w:id="@"|#/g, (mark) => {
    if (mark === "#") return String(++last);
    if (mark.startsWith("bookmarkStart")) open.push(++last);
    const id = mark.startsWith("bookmarkStart") ? last : open.pop();
    return mark.replace("@", String(id));
  });
}

/** Codes lost, doubled, moved anywhere and out of range; texts without the digit that fields show. */
function damaged(unit: TextUnit, dice: () => number): UnitTarget {
  const words = Array.from(
    { length: 1 + dice() * 6 },
    () => ["da", "não", "x & y", "文字"][Math.floor(dice() * 4)],
  );
  const text = words.join(" ");
  const kept = echo(unit, text);
  const place = (): number => Math.floor(dice() * (text.length + 3)) - 1;
  const spans = kept.spans.flatMap((span) => {
    const roll = dice();
    if (roll < 0.1) return [];
    if (roll < 0.4) return [span];
    const moved = { id: span.id, start: place(), end: place() };
    return roll < 0.9 ? [moved] : [moved, { id: span.id, start: place(), end: place() }];
  });
  const atoms = kept.atoms.flatMap((atom) => {
    const roll = dice();
    if (roll < 0.05) return [];
    return roll < 0.5 ? [atom] : [{ id: atom.id, offset: place() }];
  });
  return { unit: unit.id, text, spans, atoms: dice() < 0.5 ? atoms : atoms.toReversed() };
}

/** All tags but those of runs and their properties, sorted; elements that may be split are kept once. */
function kept(xml: string): string[] {
  const tags = [...xml.matchAll(/<(?!\/)[^>]+>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/^<w:(r|t|rPr|b|i|u|vanish|lang|p|proofErr|lastRenderedPageBreak)\b/.test(tag));
  const isSplit = (tag: string): boolean => /^<w:(hyperlink|ins|smartTag)\b/.test(tag);
  const split = new Set(tags.filter(isSplit).map((tag) => tag.replace(/ w:id="\d+"/, "")));
  return [...tags.filter((tag) => !isSplit(tag)), ...split].sort();
}

const written = (xml: string): string =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text]) => text!.replaceAll("&amp;", "&"))
    .join("")
    // White space alone in a field is kept beside the target.
    .replace(/7|INNER|\s/g, "");

/** Ids of bookmarks that end before they begin, and fields that are not closed in order. */
function disorder(xml: string): string[] {
  const begun = new Set<string>();
  const found: string[] = [];
  let depth = 0;
  for (const [, start, end, kind] of xml.matchAll(
    /bookmarkStart w:id="(\d+)"|bookmarkEnd w:id="(\d+)"|fldCharType="(\w+)"/g,
  )) {
    if (start !== undefined) begun.add(start);
    if (end !== undefined && !begun.has(end)) found.push(end);
    if (kind === "begin") depth++;
    if (kind === "end" && --depth < 0) found.push("field");
  }
  return found;
}

const dice = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));

it("loses no code and no text, whatever the target does to them", () => {
  fc.assert(
    fc.property(content, fc.boolean(), dice, (xml, isOpen, stream) => {
      const source = numbered(xml);
      const bytes = unitFile(isOpen ? `<w:p>${begun}${source}</w:p>${ended}` : `<w:p>${source}</w:p>`);
      const unit = listWordUnits(bytes).find(({ text }) => text !== "INNER");
      if (unit === undefined) return;
      const target = damaged(unit, () => stream.next().value!);
      const { bytes: out, refused } = writeWordUnits(bytes, [target], { language: "pt" });
      openFile(out);
      expect(refused).toEqual([]);
      const [before, after] = [partText(bytes), partText(out)];
      const hidden = (text: string): string =>
        text.replace(/<w:r><w:rPr><w:vanish\/><\/w:rPr>.*?<\/w:r>/g, "");
      expect(kept(after)).toEqual(kept(before));
      expect(written(hidden(after))).toBe(target.text.replace(/\s/g, ""));
      if (disorder(before).length === 0) expect(disorder(after)).toEqual([]);
    }),
    { numRuns: 250 },
  );
}, 60_000);
