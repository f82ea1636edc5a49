import { z } from "zod";
import { BadRequestError } from "../../errors.ts";
import type { JsonSchema } from "../../json.ts";

const quote = z
  .string()
  .regex(/\S/)
  .describe("Words of the document as they stand there, within one paragraph.");
const text = z.string();
const shared = {
  occurrence: z
    .int()
    .min(1)
    .optional()
    .describe("Which occurrence is meant, from 1. Without it the quote must occur exactly once."),
  id: z
    .string()
    .min(1)
    .optional()
    .describe("Names the change in the results. Defaults to change-1, change-2, …"),
};
const reason = z.string().regex(/\S/).optional().describe("A comment that is put beside the change.");

const replace = z.strictObject({
  kind: z.literal("replace"),
  quote,
  text: text.describe("What stands there instead; empty takes the words out."),
  ...shared,
  comment: reason,
});
const remove = z.strictObject({ kind: z.literal("delete"), quote, ...shared, comment: reason });
const insertAfter = z.strictObject({
  kind: z.literal("insert-after"),
  quote: quote.describe("Words of the paragraph after which the text goes."),
  text: text.regex(/\S/).describe("New paragraphs, one a line."),
  ...shared,
  comment: reason,
});
const comment = z.strictObject({
  kind: z.literal("comment"),
  quote,
  text: text.regex(/\S/).describe("What the comment says."),
  ...shared,
});

const OPTIONS = [replace, remove, insertAfter, comment] as const;

/** The array of `changes.json`: what to do, and the words of the document where it is to be done. */
export const quotedChangesSchema: z.ZodType<QuotedChange[]> = z.array(z.discriminatedUnion("kind", OPTIONS));

type Place = {
  readonly quote: string;
  readonly occurrence?: number | undefined;
  readonly id?: string | undefined;
};

/** One change that names its place by the words that stand there. */
export type QuotedChange = Place &
  (
    | { readonly kind: "replace"; readonly text: string; readonly comment?: string | undefined }
    | { readonly kind: "delete"; readonly comment?: string | undefined }
    | { readonly kind: "insert-after"; readonly text: string; readonly comment?: string | undefined }
    | { readonly kind: "comment"; readonly text: string }
  );

/** JSON Schema (draft 2020-12) of `changes.json`; published as `schemas/changes.schema.json`. */
export function quotedChangesJsonSchema(): JsonSchema {
  return {
    ...(z.toJSONSchema(quotedChangesSchema) as JsonSchema),
    title: "Tandem changes",
    description:
      "Changes to a Word document, each at a quoted place: tandem edit in.docx --changes changes.json",
  };
}

/**
 * Reads parsed JSON as quoted changes. Throws `BadRequestError` that names the entry, what is wrong with it and
 * what is allowed there.
 */
export function parseQuotedChanges(value: unknown): readonly QuotedChange[] {
  if (!Array.isArray(value)) {
    throw new BadRequestError("the changes are not an array", {
      hint: 'write [{"kind":"replace","quote":"old words","text":"new words"}]',
    });
  }
  const problems = value.flatMap((entry: unknown, index) => problemsOf(entry, index));
  if (problems.length > 0) {
    const more = problems.length > 5 ? `; and ${problems.length - 5} more` : "";
    throw new BadRequestError(`${problems.slice(0, 5).join("; ")}${more}`, { hint: describeKinds() });
  }
  const changes = value as QuotedChange[];
  assertUniqueIds(changes);
  return changes;
}

/** The name of a change in results and refusals. */
export function changeId(change: QuotedChange, index: number): string {
  return change.id ?? `change-${index + 1}`;
}

function assertUniqueIds(changes: readonly QuotedChange[]): void {
  const seen = new Map<string, number>();
  for (const [index, change] of changes.entries()) {
    const id = changeId(change, index);
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      throw new BadRequestError(`changes[${index}] has the same id as changes[${earlier}]: "${id}"`, {
        hint: "give each change its own id, or none",
      });
    }
    seen.set(id, index);
  }
}

function problemsOf(entry: unknown, index: number): string[] {
  const at = `changes[${index}]`;
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return [`${at} is not an object`];
  const kind: unknown = "kind" in entry ? entry.kind : undefined;
  const option = OPTIONS.find((each) => each.shape.kind.value === kind);
  if (option === undefined) {
    const kinds = OPTIONS.map((each) => `"${each.shape.kind.value}"`).join(", ");
    const said = kind === undefined ? "has no kind" : `has the unknown kind ${JSON.stringify(kind)}`;
    return [`${at} ${said}: allowed are ${kinds}`];
  }
  const parsed = option.safeParse(entry);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    if (issue.code === "unrecognized_keys") {
      const keys = issue.keys.map((key) => `"${key}"`).join(", ");
      return `${at} has the unknown key ${keys}: a ${option.shape.kind.value} has ${Object.keys(option.shape).join(", ")}`;
    }
    const field = [at, ...issue.path.map(String)].join(".");
    if (issue.code === "invalid_format") return `${field} is empty`;
    if (!(String(issue.path[0]) in entry)) return `${field} is missing`;
    return `${field}: ${issue.message.replace(/^Invalid input: /, "")}`;
  });
}

function describeKinds(): string {
  const forms = OPTIONS.map((option) => {
    const keys = Object.entries(option.shape).map(([key, field]) =>
      field.safeParse(undefined).success ? `${key}?` : key,
    );
    return `${option.shape.kind.value} {${keys.join(", ")}}`;
  });
  return `each entry is one of: ${forms.join(" · ")}`;
}
