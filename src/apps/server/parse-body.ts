import type { z } from "zod";
import { BadRequestError } from "../../errors.ts";

/** A request's body as its schema has it. Throws `BadRequestError` that names the field and what it should be. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const { data, error } = schema.safeParse(body);
  if (error === undefined) return data as T;
  const [issue] = error.issues;
  const place = issue?.path.map(String).join(".") ?? "";
  throw new BadRequestError(
    place === "" ? "the body is not what is asked for" : `${place}: ${issue?.message ?? "is wrong"}`,
  );
}
