import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import { BadRequestError, TargetNotFoundError } from "../../../errors.ts";
import type { Store } from "../../store/open-store.ts";
import type { Schema } from "../../store/schema.ts";
import { type LimitSettings, raiseRevision, readLimits, setLimits } from "../limits/limit-settings.ts";
import { findProject } from "./projects.ts";
import { checkScopes } from "./scopes.ts";
import { hashSecret, newSecret } from "./secret.ts";

/** A key as its owner may see it, without its secret. */
export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly scopes: readonly string[];
  readonly limits: LimitSettings;
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
};

export type CreateKeyOptions = {
  /** Id or name of its project. */
  readonly project: string;
  /** For people. */
  readonly name: string;
  /** Operations, `deployment:NAME`, `admin`. Defaults to every operation and deployment. */
  readonly scopes?: readonly string[];
  readonly limits?: LimitSettings;
  /** Defaults to never. */
  readonly expiresAt?: Date;
  readonly now: Date;
};

/** Makes a key. The secret is given back here and can't be had again; only its hash is stored. */
export async function createKey(
  store: Store,
  { project, name, scopes = [], limits, expiresAt, now }: CreateKeyOptions,
): Promise<{ readonly secret: string; readonly key: ApiKey }> {
  checkScopes(scopes);
  if (name.trim() === "") throw new BadRequestError("a key needs a name");
  if (expiresAt !== undefined && !(expiresAt > now))
    throw new BadRequestError("a key must expire in the future");
  const secret = newSecret();
  const id = `key_${randomBytes(9).toString("base64url")}`;
  const { id: projectId } = await store.db.transaction().execute(async (db) => {
    const owner = await findProject(db, project);
    await db
      .insertInto("api_key")
      .values({
        id,
        project_id: owner.id,
        name,
        hash: hashSecret(secret),
        scopes: JSON.stringify(scopes),
        created_at: now.toISOString(),
        expires_at: expiresAt?.toISOString() ?? null,
        revoked_at: null,
      })
      .execute();
    if (limits === undefined) await raiseRevision(db);
    else await setLimits(db, { level: "key", owner: id }, limits);
    return owner;
  });
  const key = { id, name, projectId, scopes, limits: limits ?? {}, createdAt: now };
  return { secret, key: { ...key, ...(expiresAt && { expiresAt }) } };
}

/** Every key, oldest first, revoked ones included. */
export async function listKeys(store: Store): Promise<readonly ApiKey[]> {
  const limits = await readLimits(store.db);
  const rows = await store.db.selectFrom("api_key").selectAll().orderBy("created_at").orderBy("id").execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    projectId: row.project_id,
    scopes: JSON.parse(row.scopes) as string[],
    limits: limits.get(`key:${row.id}`) ?? {},
    createdAt: new Date(row.created_at),
    ...(row.expires_at !== null && { expiresAt: new Date(row.expires_at) }),
    ...(row.revoked_at !== null && { revokedAt: new Date(row.revoked_at) }),
  }));
}

/** Revokes a key by its id; running processes refuse it within 2 s. Revoking it again changes nothing. */
export async function revokeKey(store: Store, id: string, now: Date): Promise<void> {
  await store.db.transaction().execute(async (db: Kysely<Schema>) => {
    const row = await db.selectFrom("api_key").select("revoked_at").where("id", "=", id).executeTakeFirst();
    if (row === undefined)
      throw new TargetNotFoundError(`there is no key ${id}`, { hint: "tandem keys list shows their ids" });
    if (row.revoked_at !== null) return;
    await db.updateTable("api_key").set({ revoked_at: now.toISOString() }).where("id", "=", id).execute();
    await raiseRevision(db);
  });
}
