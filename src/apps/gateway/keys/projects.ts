import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import { BadRequestError, TargetNotFoundError } from "../../../errors.ts";
import type { Store } from "../../store/open-store.ts";
import type { Schema } from "../../store/schema.ts";
import { type LimitSettings, readLimits, setLimits } from "../limits/limit-settings.ts";

/** Keys and what they spend belong to a project. */
export type Project = {
  readonly id: string;
  readonly name: string;
  readonly limits: LimitSettings;
  readonly createdAt: Date;
};

/** Makes a project; its name must be free. */
export async function createProject(
  store: Store,
  { name, limits, now }: { readonly name: string; readonly limits?: LimitSettings; readonly now: Date },
): Promise<Project> {
  if (name.trim() === "" || name.length > 100)
    throw new BadRequestError("a project's name has between 1 and 100 characters");
  const id = `proj_${randomBytes(9).toString("base64url")}`;
  await store.db.transaction().execute(async (db) => {
    const added = await db
      .insertInto("project")
      .values({ id, name, created_at: now.toISOString() })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n)
      throw new BadRequestError(`there is a project "${name}" already`, {
        hint: "tandem projects set changes its limits",
      });
    if (limits !== undefined) await setLimits(db, { level: "project", owner: id }, limits);
  });
  return { id, name, limits: limits ?? {}, createdAt: now };
}

export async function listProjects(store: Store): Promise<readonly Project[]> {
  const limits = await readLimits(store.db);
  const rows = await store.db.selectFrom("project").selectAll().orderBy("name").execute();
  return rows.map(({ id, name, created_at }) => ({
    id,
    name,
    limits: limits.get(`project:${id}`) ?? {},
    createdAt: new Date(created_at),
  }));
}

/** The project of that id or name. Throws `TargetNotFoundError`, which lists those there are. */
export async function findProject(
  db: Kysely<Schema>,
  nameOrId: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const found = await db
    .selectFrom("project")
    .select(["id", "name"])
    .where((where) => where.or([where("id", "=", nameOrId), where("name", "=", nameOrId)]))
    .executeTakeFirst();
  if (found !== undefined) return found;
  const some = await db.selectFrom("project").select("name").orderBy("name").limit(10).execute();
  throw new TargetNotFoundError(`there is no project "${nameOrId}"`, {
    hint:
      some.length === 0
        ? `make it: tandem projects create ${nameOrId}`
        : `there are: ${some.map(({ name }) => name).join(", ")}`,
  });
}
