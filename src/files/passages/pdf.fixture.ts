import { deflateSync } from "node:zlib";

/** A line of text: points from the page's top left corner to its base line. */
export type TestLine = {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
};

export type TestPdfOptions = {
  readonly title?: string;
  /** Titles of bookmarks, all of the first level. */
  readonly bookmarks?: readonly string[];
  /** More entries of the trailer. */
  readonly trailer?: string;
};

const encoder = new TextEncoder();

/** A PDF of A4 pages in Helvetica, written by hand; each page is its lines, or its content stream. */
export function pdfFile(
  pages: readonly (readonly TestLine[] | string)[],
  options: TestPdfOptions = {},
): Uint8Array {
  const objects: string[] = [
    "",
    "",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  ];
  const add = (object: string): number => objects.push(object);
  const kids = pages.map((page) => {
    const content = add(streamObject(typeof page === "string" ? page : drawLines(page)));
    return add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    );
  });
  let outlines = "";
  if (options.bookmarks !== undefined) {
    const root = objects.length + 1 + options.bookmarks.length;
    const items = options.bookmarks.map((title, index) => {
      const number = objects.length + 1;
      const next = index + 1 < options.bookmarks!.length ? `/Next ${number + 1} 0 R` : "";
      return add(`<< /Title (${title}) /Parent ${root} 0 R ${next} >>`);
    });
    add(`<< /Type /Outlines /First ${items[0]} 0 R /Last ${items.at(-1)} 0 R /Count ${items.length} >>`);
    outlines = `/Outlines ${root} 0 R`;
  }
  objects[0] = `<< /Type /Catalog /Pages 2 0 R ${outlines} >>`;
  objects[1] = `<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] /Count ${kids.length} >>`;
  const info = options.title === undefined ? "" : `/Info ${add(`<< /Title (${options.title}) >>`)} 0 R`;
  return assemble(objects, `${info} ${options.trailer ?? ""}`);
}

/** The numbered objects of a PDF with the table that finds them. The first is the catalogue. */
export function assemble(objects: readonly string[], trailer = ""): Uint8Array {
  let text = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function streamObject(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
}

/** A stream that is compressed as many times as asked. */
export function deflatedObject(content: string, times = 1): string {
  let bytes: Uint8Array = encoder.encode(content);
  for (let time = 0; time < times; time++) bytes = deflateSync(bytes, { level: 9 });
  const filter = Array.from({ length: times }, () => "/FlateDecode").join(" ");
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return `<< /Length ${bytes.length} /Filter [${filter}] >>\nstream\n${text}\nendstream`;
}

function drawLines(lines: readonly TestLine[]): string {
  return lines
    .map(({ text, x, y, size = 10 }) => {
      // WinAnsi is Latin-1 for the letters that tests use.
      const escaped = text.replace(/[\\()]/g, (letter) => `\\${letter}`);
      return `BT /F1 ${size} Tf 1 0 0 1 ${x} ${842 - y} Tm (${escaped}) Tj ET`;
    })
    .join("\n");
}

/** Lines below each other from `y`, 12 points apart. */
export function column(texts: readonly string[], x: number, y: number, size = 10): TestLine[] {
  return texts.map((text, index) => ({ text, x, y: y + index * 12, size }));
}
