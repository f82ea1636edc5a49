/** A field of a multipart form (RFC 7578) that holds text: where its value stands in the body. */
type Field = { readonly value: string; readonly start: number; readonly end: number };

/** The boundary of a `multipart/form-data` content type. */
export function formBoundary(contentType: string): string | undefined {
  const found = /^multipart\/form-data;.*?boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  return found?.[1] ?? found?.[2];
}

/** The value of a text field, or undefined. */
export function formField(body: Buffer, boundary: string, name: string): string | undefined {
  return findField(body, boundary, name)?.value;
}

/** A part of a form that is a file. */
export type FormFile = { readonly name: string; readonly content: Buffer };

/** The file in a part of this name, or undefined. */
export function formFile(body: Buffer, boundary: string, name: string): FormFile | undefined {
  for (const { disposition, start, end } of partsOf(body, boundary)) {
    const fileName = /(?:^|;)\s*filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
    if (fileName === undefined || nameOf(disposition) !== name) continue;
    return { name: unescapeName(fileName), content: body.subarray(start, end) };
  }
  return undefined;
}

/** The same body with another value in one text field; every other byte stays. */
export function replaceFormField(body: Buffer, boundary: string, name: string, value: string): Buffer {
  const field = findField(body, boundary, name);
  if (field !== undefined) {
    return Buffer.concat([body.subarray(0, field.start), Buffer.from(value), body.subarray(field.end)]);
  }
  const part = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  return Buffer.concat([Buffer.from(part), body]);
}

function findField(body: Buffer, boundary: string, name: string): Field | undefined {
  for (const { disposition, start, end } of partsOf(body, boundary)) {
    if (/filename/i.test(disposition) || nameOf(disposition) !== name) continue;
    return { value: body.toString("utf8", start, end), start, end };
  }
  return undefined;
}

type Part = { readonly disposition: string; readonly start: number; readonly end: number };

function* partsOf(body: Buffer, boundary: string): Generator<Part> {
  const mark = Buffer.from(`--${boundary}`);
  const next = Buffer.from(`\r\n--${boundary}`);
  for (let at = body.indexOf(mark); at >= 0; ) {
    const end = body.indexOf(next, at + mark.length);
    const headEnd = body.indexOf("\r\n\r\n", at);
    if (end < 0 || headEnd < 0) return;
    const head = body.toString("utf8", at + mark.length, headEnd);
    const disposition = /^content-disposition:\s*form-data;(.*)$/im.exec(head)?.[1];
    // A part without content has its head end where the next boundary begins.
    if (disposition !== undefined && headEnd + 2 <= end) {
      yield { disposition, start: Math.min(headEnd + 4, end), end };
    }
    at = end + 2;
  }
}

function nameOf(disposition: string): string | undefined {
  return /(?:^|;)\s*name="?([^";]*)"?/i.exec(disposition)?.[1];
}

/** Browsers write `%22` for a quotation mark in a name, others a backslash before it. Only the last part of a path counts. */
function unescapeName(name: string): string {
  const plain = name.replaceAll("%22", '"').replace(/\\(.)/g, "$1");
  return plain.split(/[\\/]/).at(-1)!.slice(0, 255) || "file";
}
