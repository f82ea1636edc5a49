import { BadRequestError } from "../../errors.ts";
import { describeTemplate, type TemplateControl } from "../../files/docx/create/describe-template.ts";

const wordless = /^(picture|gallery|group|repeating-section|citation|bibliography|equation)$/;

/** True for a content control that a text can fill. */
export function takesText({ kind }: TemplateControl): boolean {
  return !wordless.test(kind);
}

/** Throws `BadRequestError`, with the names there are, for a slot that no content control of the template has. */
export function checkSlots(template: Uint8Array, slots: Readonly<Record<string, string>>): void {
  const controls = describeTemplate(template).controls.filter(takesText);
  const known = new Set(controls.flatMap(({ tag, title }) => [tag, title]).map(plain));
  const unknown = Object.keys(slots).find((name) => !known.has(plain(name)));
  if (unknown === undefined) return;
  const names = [...new Set(controls.flatMap(({ tag, title }) => title ?? tag ?? []))];
  throw new BadRequestError(`the template has no content control ${JSON.stringify(unknown)}`, {
    hint:
      names.length === 0
        ? "none of its controls has a tag or a title; give them one in Word (developer tools, properties)"
        : `it has: ${names.slice(0, 30).join(", ")}`,
  });
}

function plain(name: string | undefined): string {
  return (name ?? "").trim().toLowerCase();
}
