import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TandemError } from "../src/errors.ts";
import { openWord } from "../src/files/docx/open-word.ts";
import { openPackage } from "../src/files/opc/opc-package.ts";
import { buildZip, utf8, type ZipFile } from "./build-zip.ts";

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const relationships = (content: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
const file = (name: string, text: string): ZipFile => ({ name, data: utf8(text) });
const body = (content: string): string => `<w:document ${w}><w:body>${content}</w:body></w:document>`;
const ordinary = body("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>");

/** A Word file whose parts can be replaced by worse ones. */
function word(
  document: string | Partial<ZipFile>,
  others: readonly ZipFile[] = [],
  types = main,
): Uint8Array {
  const part =
    typeof document === "string" ? { data: utf8(document) } : { data: utf8(ordinary), ...document };
  const base = [
    file(
      "[Content_Types].xml",
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>' +
        `<Override PartName="/word/document.xml" ContentType="${types}"/></Types>`,
    ),
    file(
      "_rels/.rels",
      relationships(`<Relationship Id="r" Type="${relation}/officeDocument" Target="word/document.xml"/>`),
    ),
    { name: "word/document.xml", ...part },
  ];
  const names = new Set(others.map(({ name }) => name));
  return buildZip([...base.filter(({ name }) => !names.has(name)), ...others]);
}

const zeros = new Uint8Array(150 * 1024 * 1024);
const squeezed = deflateRawSync(zeros, { level: 9 });
const tiny = `<a>${"<b/>".repeat(5_000_000)}</a>`;
const entities = Array.from(
  { length: 10 },
  (_, place) => `<!ENTITY a${place + 1} "${`&a${place};`.repeat(10)}">`,
).join("");
const headers = Array.from({ length: 2000 }, (_, place) => file(`word/h${place}.xml`, `<w:hdr ${w}/>`));
const distinct = (count: number, one: (place: number) => string): string =>
  Array.from({ length: count }, (_, place) => one(place)).join("");

const attacks: readonly (readonly [name: string, bytes: () => Uint8Array, outcome: RegExp])[] = [
  ["an ordinary file", () => word(ordinary), /^opened 1$/],
  ["a zip bomb that admits its size", () => word({ data: zeros, raw: squeezed }), /^file-too-large$/],
  [
    "a zip bomb that lies about its size",
    () => word({ data: zeros, raw: squeezed, size: 1000 }),
    /^file-damaged$/,
  ],
  [
    "a zip bomb of overlapping entries",
    () =>
      word(
        ordinary,
        Array.from({ length: 5000 }, (_, place) => ({
          name: `x${place}`,
          data: utf8("x"),
          raw: squeezed.subarray(0, 4000),
          size: 1e6,
          offset: 0,
        })),
      ),
    /^file-damaged$/,
  ],
  ["five million elements in 20 MB", () => word({ data: utf8(tiny), method: 0 }), /^file-too-large$/],
  ["elements nested 20,000 deep", () => word(body("<w:p>".repeat(20_000))), /^file-damaged$/],
  [
    "content controls nested 20,000 deep, closed",
    () => word(body("<w:sdt>".repeat(20_000) + "</w:sdt>".repeat(20_000))),
    /^file-damaged$/,
  ],
  [
    "an entity bomb",
    () => word(`<!DOCTYPE a [<!ENTITY a0 "x">${entities}]>${ordinary.replace("Hello", "&a10;")}`),
    /^file-damaged$/,
  ],
  [
    "an outside entity",
    () => word(`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${ordinary.replace("Hello", "&b;")}`),
    /^file-damaged$/,
  ],
  [
    "an entity without declaration",
    () => word(ordinary.replace("Hello", "&b;")),
    /^(file-damaged|opened 1)$/,
  ],
  ["a wrong content type", () => word(ordinary, [], "image/png"), /^file-unsupported$/],
  [
    "a workbook's content type",
    () => word(ordinary, [], main.replace("wordprocessingml.document", "spreadsheetml.sheet")),
    /^file-unsupported$/,
  ],
  ["an encrypted entry", () => word({ flags: 1 }), /^file-unsupported$/],
  [
    "a password-protected file",
    () => new Uint8Array(1e6).fill(0).map((_, place) => [0xd0, 0xcf, 0x11, 0xe0][place] ?? 0),
    /^file-unsupported$/,
  ],
  [
    "a main part that is missing",
    () => word(ordinary, [file("_rels/.rels", relationships(""))]),
    /^file-damaged$/,
  ],
  ["a million attributes", () => word(body(`<w:p${' a= "1"'.repeat(1_000_000)}/>`)), /^opened 1$/],
  [
    "100,000 namespaces in 100,000 places",
    () =>
      word(
        body(
          `<w:p ${distinct(5000, (place) => ` xmlns:a${place}="u"`)}>${distinct(100_000, (place) => `<b xmlns:c="${place}"/>`)}</w:p>`,
        ),
      ),
    /^file-damaged$/,
  ],
  [
    "a million bare ampersands",
    () => word(ordinary.replace("Hello", "&".repeat(1_000_000))),
    /^(file-damaged|opened 1)$/,
  ],
  ["a million openings", () => word("<".repeat(1_000_000)), /^file-damaged$/],
  ["a million comments that never end", () => word(`<a>${"<!-- ".repeat(1_000_000)}`), /^file-damaged$/],
  [
    "2,000 headers",
    () =>
      word(ordinary, [
        ...headers,
        file(
          "word/_rels/document.xml.rels",
          relationships(
            distinct(
              2000,
              (place) => `<Relationship Id="r${place}" Type="${relation}/header" Target="h${place}.xml"/>`,
            ),
          ),
        ),
      ]),
    /^(file-too-large|opened 1)$/,
  ],
  [
    "a style based on itself",
    () =>
      word(ordinary, [
        file(
          "word/styles.xml",
          `<w:styles ${w}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>`,
        ),
        file(
          "word/_rels/document.xml.rels",
          relationships(`<Relationship Id="r" Type="${relation}/styles" Target="styles.xml"/>`),
        ),
      ]),
    /^opened 1$/,
  ],
];

describe("hostile files", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "tandem-hostile-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(attacks)("%s: a typed answer in under 2 seconds and 300 MB", (_, bytes, outcome) => {
    const path = join(folder, "hostile.docx");
    writeFileSync(path, bytes());
    const output = execFileSync(process.execPath, [join(import.meta.dirname, "open-hostile.ts"), path], {
      encoding: "utf8",
      timeout: 20_000,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const result = JSON.parse(output) as { outcome: string; milliseconds: number; megabytes: number };
    expect(result.outcome).toMatch(outcome);
    expect(result.milliseconds).toBeLessThan(2000);
    expect(result.megabytes).toBeLessThan(300);
  });

  it("answers a file cut off at every 97th byte with a typed error", () => {
    const whole = word(
      body(distinct(300, (place) => `<w:p><w:r><w:t>Paragraph ${place * 7919}</w:t></w:r></w:p>`)),
    );
    expect(openWord(openPackage(whole)).paragraphs).toHaveLength(300);
    for (let length = 0; length < whole.length; length += 97) {
      expect(() => openWord(openPackage(whole.subarray(0, length)))).toThrow(TandemError);
    }
  });
});
