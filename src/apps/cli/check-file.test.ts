import fc from "fast-check";
import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { openFile } from "../../files/index.ts";
import { checkOfficeFile, checkWordFile } from "./check-file.ts";
import { comparePackages } from "./compare-packages.ts";
import { del, docxOf, h1, ins, p, r } from "./docx.fixture.ts";
import { drawWord } from "./draw-word.ts";

const BODY = [
  h1("Costs"),
  `<w:p>${r("The ")}${r("price", "<w:b/>")}${r(" is fixed.")}</w:p>`,
  `<w:p>${r("Paid ")}${ins(1, "Ann", "within thirty days")}${del(2, "Ann", "at once")}${r(" in full.")}</w:p>`,
].join("");
const FILE = docxOf(BODY);
const passed = {
  byteIdentical: true,
  otherPartsIdentical: true,
  rejectRestores: true,
  acceptGives: true,
  failures: [],
};

describe("checkWordFile", () => {
  it("passes a sound file, whichever word is drawn", () => {
    for (let seed = 0; seed < 40; seed++) {
      expect(checkWordFile(FILE, seed)).toMatchObject({
        kind: "word",
        opened: true,
        edit: { status: "made" },
        ...passed,
      });
    }
  });

  it("draws the same word for the same seed, and others for others", () => {
    const words = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => checkWordFile(FILE, seed).edit);
    expect(checkWordFile(FILE, 3).edit).toEqual(words[2]);
    expect(new Set(words.map((edit) => JSON.stringify(edit))).size).toBeGreaterThan(2);
  });

  it("has nothing to edit in a document without words", () => {
    expect(checkWordFile(docxOf("<w:p/>"), 1)).toMatchObject({
      opened: true,
      edit: { status: "no-text" },
      failures: [],
    });
  });

  it("gives the reason for a file that does not open", () => {
    const check = checkWordFile(FILE.subarray(0, FILE.length / 2), 1);
    expect(check).toMatchObject({ opened: false, refused: { code: "file-damaged" }, failures: [] });
    expect(check.refused?.reason).not.toBe("");
  });

  it("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.nat(FILE.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }), (at, noise) => {
        const damaged = FILE.slice();
        damaged.set(noise.subarray(0, FILE.length - at), at);
        const check = checkWordFile(damaged, 1);
        expect(check.failures.filter((failure) => failure.startsWith("opening fails"))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("checkOfficeFile", () => {
  it("saves a package without change", () => {
    expect(checkOfficeFile(FILE)).toEqual({
      kind: "other-office",
      opened: true,
      byteIdentical: true,
      failures: [],
    });
    expect(checkOfficeFile(strToU8("PK"))).toMatchObject({
      opened: false,
      refused: { code: "file-damaged" },
    });
  });
});

describe("comparePackages", () => {
  const change = (edit: (files: Record<string, Uint8Array>) => Record<string, Uint8Array>): Uint8Array =>
    zipSync(edit(unzipSync(FILE)), { mtime: "2025-01-02T03:04:06Z" });

  it("finds what changed, went, came and moved", () => {
    expect(comparePackages(FILE, FILE)).toEqual([]);
    const styles = (files: Record<string, Uint8Array>): Uint8Array =>
      strToU8(new TextDecoder().decode(files["word/styles.xml"]).replace("Normal", "Norm"));
    expect(
      comparePackages(
        FILE,
        change((files) => ({ ...files, "word/styles.xml": styles(files) })),
      ),
    ).toEqual([{ name: "/word/styles.xml", difference: "changed" }]);
    expect(
      comparePackages(
        FILE,
        change((files) => ({ ...files, "word/x.bin": strToU8("x") })),
      ),
    ).toEqual([{ name: "/word/x.bin", difference: "added" }]);
    const without = change(({ "word/styles.xml": _, ...rest }) => rest);
    expect(comparePackages(FILE, without)).toEqual([{ name: "/word/styles.xml", difference: "missing" }]);
    const moved = change((files) => Object.fromEntries(Object.entries(files).reverse()));
    expect(comparePackages(FILE, moved).some(({ difference }) => difference === "moved")).toBe(true);
  });

  it("sees a new date on an entry whose data is the same", () => {
    expect(comparePackages(FILE, zipSync(unzipSync(FILE), { mtime: "2025-05-05T00:00:00Z" }))).not.toEqual(
      [],
    );
  });
});

describe("drawWord", () => {
  it("draws only words that stand in the final text and are ours to change", () => {
    const document = openFile(
      docxOf(
        `<w:p>${del(1, "A", "gone")}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r("locked")}<w:r><w:fldChar w:fldCharType="end"/></w:r>${r(" free")}</w:p>${p("")}`,
      ),
    );
    for (let seed = 0; seed < 20; seed++) expect(drawWord(document, seed)?.anchor.quote).toBe("free");
  });
});
