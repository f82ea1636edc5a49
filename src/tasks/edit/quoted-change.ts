import { z } from "zod";
import { BadRequestError } from "../../errors.ts";
import { changeSchemas, type QuotedChange } from "./quoted-change-schema.ts";

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
  const schema = typeof kind === "string" ? changeSchemas.get(kind) : undefined;
  if (schema === undefined) {
    const kinds = [...changeSchemas.keys()].map((each) => `"${each}"`).join(", ");
    const said = kind === undefined ? "has no kind" : `has the unknown kind ${JSON.stringify(kind)}`;
    return [`${at} ${said}: allowed are ${kinds}`];
  }
  const parsed = schema.safeParse(entry);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const field = [at, ...issue.path.map(String)].join(".");
    if (issue.code === "unrecognized_keys") {
      const keys = issue.keys.map((key) => `"${key}"`).join(", ");
      const allowed =
        issue.path.length === 0 ? `: a ${String(kind)} has ${Object.keys(schema.shape).join(", ")}` : "";
      return `${field} has the unknown key ${keys}${allowed}`;
    }
    if (issue.code === "invalid_format") return `${field} is empty`;
    if (!(String(issue.path[0]) in entry)) return `${field} is missing`;
    return `${field}: ${issue.message.replace(/^Invalid input: /, "")}`;
  });
}

function describeKinds(): string {
  const forms = [...changeSchemas].map(([kind, { shape }]) => {
    const keys = Object.entries(shape).map(([key, field]) =>
      (field as z.ZodType).safeParse(undefined).success || field instanceof z.ZodExactOptional
        ? `${key}?`
        : key,
    );
    return `${kind} {${keys.join(", ")}}`;
  });
  return `each entry is one of: ${forms.join(" · ")}`;
}
