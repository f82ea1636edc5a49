import { randomBytes } from "node:crypto";
import type { Store } from "../../store/open-store.ts";
import type { FileTable } from "../../store/schema.ts";

/** A file that a caller uploaded or a batch wrote; it belongs to a project. */
export type StoredFile = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  /** OpenAI's word: `batch`, `batch_output`, `user_data`, … */
  readonly purpose: string;
  readonly bytes: number;
  readonly createdAt: Date;
  readonly expiresAt?: Date;
};

export type NewFile = Pick<StoredFile, "projectId" | "name" | "purpose" | "expiresAt"> & {
  readonly content: Uint8Array;
  readonly now: Date;
  /** Defaults to a new one. */
  readonly id?: string;
};

const PIECE = 1024 * 1024;

/** Keeps a file. With an id that is there already it does nothing: a batch that is finished twice writes once. */
export async function addFile({ db }: Pick<Store, "db">, file: NewFile): Promise<StoredFile> {
  const { id = newFileId(), projectId, name, purpose, content, now, expiresAt } = file;
  const row: FileTable = {
    id,
    project_id: projectId,
    name,
    purpose,
    created_at: now.toISOString(),
    bytes: content.length,
    expires_at: expiresAt?.toISOString() ?? null,
  };
  await db.transaction().execute(async (work) => {
    const added = await work
      .insertInto("file")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n) return;
    for (let position = 0; position * PIECE < content.length; position++) {
      const piece = content.subarray(position * PIECE, (position + 1) * PIECE);
      await work.insertInto("file_piece").values({ file_id: id, position, content: piece }).execute();
    }
  });
  return fileOf(row);
}

/** A file of a project, or undefined; another project's is not found. */
export async function findFile(
  { db }: Pick<Store, "db">,
  projectId: string,
  id: string,
): Promise<StoredFile | undefined> {
  const row = await db
    .selectFrom("file")
    .selectAll()
    .where("id", "=", id)
    .where("project_id", "=", projectId)
    .executeTakeFirst();
  return row === undefined ? undefined : fileOf(row);
}

/** A file's bytes, piece by piece. */
export async function* fileContent({ db }: Pick<Store, "db">, id: string): AsyncGenerator<Buffer> {
  for (let position = 0; ; position++) {
    const piece = await db
      .selectFrom("file_piece")
      .select("content")
      .where("file_id", "=", id)
      .where("position", "=", position)
      .executeTakeFirst();
    if (piece === undefined) return;
    yield Buffer.from(piece.content);
  }
}

export type ListFilesOptions = {
  readonly purpose?: string;
  /** Id of the last file of the page before. */
  readonly after?: string;
  readonly limit: number;
  readonly order: "asc" | "desc";
};

/** A page of a project's files, by time. */
export async function listFiles(
  { db }: Pick<Store, "db">,
  projectId: string,
  { purpose, after, limit, order }: ListFilesOptions,
): Promise<readonly StoredFile[]> {
  let query = db.selectFrom("file").selectAll().where("project_id", "=", projectId);
  if (purpose !== undefined) query = query.where("purpose", "=", purpose);
  const last = after === undefined ? undefined : await findFile({ db }, projectId, after);
  if (last !== undefined) {
    const [time, beyond] = [last.createdAt.toISOString(), order === "asc" ? ">" : "<"] as const;
    query = query.where((where) =>
      where.or([
        where("created_at", beyond, time),
        where.and([where("created_at", "=", time), where("id", beyond, last.id)]),
      ]),
    );
  }
  const rows = await query.orderBy("created_at", order).orderBy("id", order).limit(limit).execute();
  return rows.map(fileOf);
}

/** Removes a file; true when it was there. */
export async function removeFile({ db }: Pick<Store, "db">, projectId: string, id: string): Promise<boolean> {
  const found = await findFile({ db }, projectId, id);
  if (found === undefined) return false;
  await db.transaction().execute(async (work) => {
    await work.deleteFrom("file_piece").where("file_id", "=", id).execute();
    await work.deleteFrom("file").where("id", "=", id).execute();
  });
  return true;
}

/** An id as OpenAI's look. */
export function newFileId(): string {
  return `file-${randomBytes(16).toString("hex")}`;
}

function fileOf(row: FileTable): StoredFile {
  return {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    purpose: row.purpose,
    bytes: Number(row.bytes),
    createdAt: new Date(row.created_at),
    ...(row.expires_at === null ? {} : { expiresAt: new Date(row.expires_at) }),
  };
}
