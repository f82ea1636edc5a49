import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formBoundary, formField, formFile, replaceFormField } from "./form-field.ts";

/** A form as the platform writes it. */
async function formOf(
  fields: Readonly<Record<string, string>>,
  file: Uint8Array,
  fileName: string,
): Promise<{ readonly body: Buffer; readonly boundary: string }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new File([new Uint8Array(file)], fileName));
  const response = new Response(form);
  const boundary = formBoundary(response.headers.get("content-type") ?? "");
  return { body: Buffer.from(await response.arrayBuffer()), boundary: boundary! };
}

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.constantFrom("\r\n\r\n", "\r\n--", 'name="model"', "").map((text) => new TextEncoder().encode(text)),
);

describe("a multipart form", () => {
  it("gives its fields and files, and takes another value in one field, whatever the file holds", async () => {
    const name = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.replaceAll(/[\\/\r\n]/g, "_"));
    const value = fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[\r\n]/g, " "));
    await fc.assert(
      fc.asyncProperty(bytes, name, value, value, async (content, fileName, model, other) => {
        const { body, boundary } = await formOf({ model, purpose: "batch" }, content, fileName);
        expect(formField(body, boundary, "model")).toBe(model);
        const file = formFile(body, boundary, "file");
        expect(file?.content).toEqual(Buffer.from(content));
        expect(file?.name).toBe(fileName);
        const changed = replaceFormField(body, boundary, "model", other);
        const read = await new Response(new Uint8Array(changed), {
          headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
        }).formData();
        expect(read.get("model")).toBe(other);
        expect(read.get("purpose")).toBe("batch");
        expect(new Uint8Array(await (read.get("file") as File).arrayBuffer())).toEqual(content);
      }),
      { numRuns: 200 },
    );
  });

  it("gets a field that it lacks", async () => {
    const { body, boundary } = await formOf({}, new Uint8Array([1]), "a.wav");
    const changed = replaceFormField(body, boundary, "model", "m");
    expect(formField(changed, boundary, "model")).toBe("m");
    expect(formFile(changed, boundary, "file")?.name).toBe("a.wav");
  });

  it("that is cut off or no form has no fields", () => {
    for (const text of [
      "",
      "--x",
      "--x\r\n\r\n",
      '--x\r\nContent-Disposition: form-data; name="model"\r\n\r\nabc',
    ])
      expect(formField(Buffer.from(text), "x", "model")).toBeUndefined();
  });
});
