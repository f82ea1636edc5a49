import { z } from "zod";
import { BadRequestError } from "../errors.ts";
import type { IssuedParagraph, IssuedText, Ledger, Suggestion } from "./ledger-types.ts";

const side = z.enum(["old", "new"]);

const suggestion = z.object({
  id: z.string(),
  kind: z.string(),
  part: z.string(),
  story: z.string(),
  ordinal: z.int().min(0),
  paraId: z.string().exactOptional(),
  before: z.string(),
  after: z.string(),
  paragraphBefore: z.string(),
  paragraphAfter: z.string(),
  leftContext: z.string(),
  rightContext: z.string(),
  previousHash: z.string(),
  nextHash: z.string(),
  author: z.string(),
  date: z.string(),
  revisionIds: z.array(z.string()),
  commentId: z.string().exactOptional(),
}) satisfies z.ZodType<Suggestion>;

const looks = z.array(
  z.object({
    of: z.int().min(0),
    before: z.record(z.string(), z.string()),
    after: z.record(z.string(), z.string()),
    isPlain: z.boolean().exactOptional(),
  }),
);

const paragraph = z.union([
  z.string(),
  z.object({
    hash: z.string(),
    segments: z.array(
      z.object({
        text: z.string(),
        side: side.exactOptional(),
        of: z.int().min(0).exactOptional(),
        isLoose: z.boolean().exactOptional(),
        looks: looks.exactOptional(),
        picture: z.object({ hash: z.string(), altText: z.string() }).exactOptional(),
      }),
    ),
    mark: z.object({ side, of: z.int().min(0) }).exactOptional(),
    row: z.string().exactOptional(),
    looks: looks.exactOptional(),
  }),
]) satisfies z.ZodType<IssuedParagraph>;

const schema = z.object({
  schemaVersion: z.literal(1),
  original: z.object({ sha256: z.string() }),
  issued: z.object({ sha256: z.string().exactOptional() }),
  author: z.string(),
  suggestions: z.array(suggestion),
  stories: z.array(z.object({ story: z.string(), paragraphs: z.array(paragraph) })),
}) satisfies z.ZodType<Ledger>;

function ownersIn({ segments, mark, looks = [] }: IssuedText): ({ readonly of?: number } | undefined)[] {
  return [...segments, mark, ...looks, ...segments.flatMap((each) => each.looks ?? [])];
}

/** A ledger from its JSON. Throws `BadRequestError` for what is none, or is of a later version than this one. */
export function readLedger(json: string): Ledger {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch (cause) {
    throw new BadRequestError("the ledger is not JSON", { cause });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BadRequestError(`this is no ledger: ${issue?.path.map(String).join(".")}: ${issue?.message}`, {
      cause: parsed.error,
      hint: "give the .ledger.json file that was written when the suggestions were made",
    });
  }
  const { suggestions, stories } = parsed.data;
  const owners = stories.flatMap(({ paragraphs }) =>
    paragraphs.flatMap((each) => (typeof each === "string" ? [] : ownersIn(each))),
  );
  if (owners.some((each) => each?.of !== undefined && each.of >= suggestions.length))
    throw new BadRequestError("this is no ledger: it refers to a suggestion that it does not have");
  return parsed.data;
}
