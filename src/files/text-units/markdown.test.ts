import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileDamagedError } from "../../errors.ts";
import type { TextUnit, UnitTarget } from "../units/types.ts";
import { echoOf } from "../xliff/coded-text.fixture.ts";
import { listTextUnits } from "./list-text-units.ts";
import { writeTextUnits } from "./write-text-units.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const list = (text: string): readonly TextUnit[] => listTextUnits(bytes(text), { format: "md" });
const options = { format: "md", language: "de" } as const;

function write(text: string, change: (unit: TextUnit) => Partial<UnitTarget> | undefined): string {
  const targets = list(text).flatMap((unit) => {
    const changed = change(unit);
    return changed === undefined ? [] : [{ ...echoOf(unit), ...changed, unit: unit.id }];
  });
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
    writeTextUnits(bytes(text), targets, options).bytes,
  );
}

/** Only the text changes; codes stay at the same offsets as far as the text goes. */
const shout = (unit: TextUnit): Partial<UnitTarget> => ({ text: unit.text.toUpperCase() });

const page = `---
title: "The page: one"
description: What it is
date: 2024-01-01
---

# A *first* heading #

Setext one
two
=======

A paragraph with **bold *and italic* words**, a [link](https://x.org/a_b "The title"),
\`some code\`, an ![old *photo*](p.png), <kbd>Ctrl</kbd> <b>tag</b> and a note[^1].  
Next line\\
and <https://auto.link> or www.auto.link &amp; \\* more.

> Quoted text that is
> wrapped, with a
lazy line.

- [ ] task one
- item two

  its second paragraph
1. first

| Name | Price |
|------|:-----:|
| Bread \\| butter | \`x\` 5 |

\`\`\`js
const untouched = "text";
\`\`\`

<div>html block</div>

    indented code

[^1]: The note itself.

[ref]: https://x.org "Ref title"

See [ref], [ref][] and [text][ref]. ![alt][ref] ![ref]
`;

describe("Markdown units", () => {
  it("are headings, paragraphs, cells, notes, alternative texts, titles and the front matter", () => {
    expect(list(page).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      "property: The page: one",
      "property: What it is",
      "heading: A first heading",
      "heading: Setext one two",
      "paragraph: A paragraph with bold and italic words, a link, , an ,  tag and a note.Next lineand  or  & * more.",
      "alternative-text: The title",
      "alternative-text: old photo",
      "paragraph: Quoted text that is wrapped, with a lazy line.",
      "paragraph: task one",
      "paragraph: item two",
      "paragraph: its second paragraph",
      "paragraph: first",
      "cell: Name",
      "cell: Price",
      "cell: Bread | butter",
      "note: The note itself.",
      "paragraph: See ref, ref and text.  ",
      "alternative-text: alt",
      "alternative-text: ref",
    ]);
  });

  it("change no byte when the targets say what the source says", () => {
    for (const text of [page, page.replaceAll("\n", "\r\n"), `\ufeff${page}`])
      expect(write(text, () => ({}))).toBe(text);
  });

  it("are written with their marks, and the rest stays", () => {
    expect(write(page, shout)).toBe(`---
title: "THE PAGE: ONE"
description: WHAT IT IS
date: 2024-01-01
---

# A *FIRST* HEADING #

SETEXT ONE TWO
=======

A PARAGRAPH WITH **BOLD *AND ITALIC* WORDS**, A [LINK](https://x.org/a_b "THE TITLE"),
\`some code\`, AN ![OLD PHOTO](p.png), <kbd>Ctrl</kbd> <b>TAG</b> AND A NOTE[^1].  
NEXT LINE\\
AND <https://auto.link> OR www.auto.link & \\* MORE.

> QUOTED TEXT THAT IS WRAPPED, WITH A
> LAZY LINE.

- [ ] TASK ONE
- ITEM TWO

  ITS SECOND PARAGRAPH
1. FIRST

| NAME | PRICE |
|------|:-----:|
| BREAD \\| BUTTER | \`x\` 5 |

\`\`\`js
const untouched = "text";
\`\`\`

<div>html block</div>

    indented code

[^1]: THE NOTE ITSELF.

[ref]: https://x.org "Ref title"

SEE [REF][ref], [REF][ref] AND [TEXT][ref]. ![ALT][ref] ![REF][ref]
`);
  });

  it("use elements where Markdown's marks don't work between letters", () => {
    const german = (unit: TextUnit): Partial<UnitTarget> => ({
      text: "Das „so“genannte",
      spans: [{ id: unit.spans[0]!.id, start: 4, end: 8 }],
    });
    expect(write("The **so** called\n", german)).toBe("Das <strong>„so“</strong>genannte\n");
    expect(
      write("The **so** called\n", () => ({ text: "Das so", spans: [{ id: "1", start: 3, end: 6 }] })),
    ).toBe("Das **so**\n");
  });

  it("leave alerts, boxes, placeholders and formulas alone", () => {
    const source = `> [!NOTE]
> Text with {{ name }} in
> it.

:::tip Title
Inside a box, $x_1 = 2$ for $5 and $6.
:::

{% include "a" %} after
`;
    expect(list(source).map(({ text }) => text)).toEqual([
      "Text with  in it.",
      "Inside a box,  for $5 and $6.",
      " after",
    ]);
    expect(write(source, shout)).toBe(`> [!NOTE]
> TEXT WITH {{ name }} IN IT.

:::tip Title
INSIDE A BOX, $x_1 = 2$ FOR $5 AND $6.
:::

{% include "a" %} AFTER
`);
    expect(write("One\n", () => ({ text: "{{a}} [!NOTE] $a_b$ ::: {% b %}" }))).not.toBe("One\n");
  });

  it("keep a link that holds only a picture", () => {
    const source =
      "Look [![a cat][p]][q] and <a href='x'> <img src='y'> </a> at it.\n\n[p]: cat.png\n[q]: x\n";
    expect(list(source)[0]!.atoms.map(({ kind }) => kind)).toEqual(["object", "object"]);
    expect(write(source, shout)).toBe(
      source
        .replace("Look", "LOOK")
        .replace(" and ", " AND ")
        .replace("at it", "AT IT")
        .replace("a cat", "A CAT"),
    );
  });

  it("keep their ids when the front matter is left out", () => {
    const without = listTextUnits(bytes(page), { format: "md", properties: false });
    expect(without).toEqual(list(page).filter(({ kind }) => kind !== "property"));
  });

  it("stay in the source language where they are nested deeper than any text", () => {
    const deep = `${"<b>".repeat(60)}deep **a** text${"</b>".repeat(60)} and more\n`;
    expect(list(deep).map(({ text }) => text)).toEqual([" and more"]);
    expect(() => list(`${">".repeat(40_000)} a\n`)).toThrow(FileDamagedError);
  });

  it("join lines of Chinese without a blank", () => {
    expect(list("这是一个\n句子。\n").map(({ text }) => text)).toEqual(["这是一个句子。"]);
  });

  const hostile = fc.stringMatching(/^[-#>*_`~[\]()|\\<&!:=+.1@w/"' ax\u4e2d«“é]{1,30}$/);
  const words = fc.constantFrom(
    "word",
    "http://a.b",
    "www.x.org",
    "a@b.co",
    "&amp;",
    "<b>",
    "1.",
    "-",
    "`",
    "中文",
    "**",
    "![",
    "](",
    "{{a}}",
    "$a_1$",
    ":::a",
    "#",
    "|",
    "---",
    "[^1]",
    "  ",
  );
  const target = fc.oneof(
    hostile,
    fc.array(words, { minLength: 1, maxLength: 8 }).map((all) => all.join(" ")),
    fc.array(words, { minLength: 1, maxLength: 8 }).map((all) => all.join("")),
  );
  const normal = (text: string): string => text.replace(/\s+/g, " ").trim();

  it("hold any target as text, and no other markup arises from it", () => {
    const source = page.replace("Next line\\\nand", "Next");
    const units = list(source);
    fc.assert(
      fc.property(fc.array(target, { minLength: units.length, maxLength: units.length }), (texts) => {
        const targets = units.map((unit, index): UnitTarget => {
          const text = texts[index]!;
          const end = Math.max(1, Math.floor(text.length / 2));
          return {
            unit: unit.id,
            text,
            spans: unit.spans.map(({ id }) => ({ id, start: 0, end })),
            atoms: unit.atoms.map(({ id }) => ({ id, offset: end })),
          };
        });
        const written = writeTextUnits(bytes(source), targets, options);
        const refused = new Set(written.refused.map(({ unit }) => unit));
        const again = new Map(
          listTextUnits(written.bytes, options).map((unit) => [unit.id, normal(unit.text)]),
        );
        units.forEach((unit, index) => {
          const wanted = refused.has(unit.id) ? unit.text : texts[index]!;
          if (/\p{L}/u.test(wanted)) expect(again.get(unit.id)).toBe(normal(wanted));
        });
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  it("are rarely refused: a paragraph with bold, a link and code holds nearly every target", () => {
    let refusals = 0;
    let count = 0;
    fc.assert(
      fc.property(target, fc.nat(30), fc.nat(30), (text, from, length) => {
        const source = "One **bold** word, [a link](u) and `code`.\n";
        const start = from % text.length;
        const end = Math.min(text.length, start + 1 + (length % text.length));
        const targets = list(source).map((unit) => ({
          unit: unit.id,
          text,
          spans: unit.spans.map(({ id }) => ({ id, start, end })),
          atoms: unit.atoms.map(({ id }) => ({ id, offset: end })),
        }));
        count++;
        refusals += writeTextUnits(bytes(source), targets, options).refused.length;
      }),
      { numRuns: 300 },
    );
    expect(refusals / count).toBeLessThan(0.05);
  });
});
