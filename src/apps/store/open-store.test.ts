import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { migrate, schemaVersion } from "./migrate.ts";
import { migrations } from "./migrations.ts";
import { openStore } from "./open-store.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tandem-store-"));
  folders.push(folder);
  return folder;
}

describe("openStore", () => {
  it("makes a file that only its owner may read, in WAL mode, and finds it again", async () => {
    const file = join(newFolder(), "deep", "store.sqlite");
    {
      await using store = await openStore(file);
      await store.db
        .insertInto("project")
        .values({ id: "p", name: "Ärger 会", created_at: "2026-01-01T00:00:00.000Z" })
        .execute();
    }
    expect(statSync(file).mode & 0o077).toBe(0);
    await using store = await openStore(`file:${file}`);
    expect(await store.db.selectFrom("project").select("name").execute()).toEqual([{ name: "Ärger 会" }]);
    expect(await schemaVersion(store.db, "sqlite")).toBe(migrations.length);
  });

  it("runs transactions of one process one after the other, and rolls back one that throws", async () => {
    await using store = await openStore(":memory:");
    const add = async (id: string, isBad: boolean): Promise<void> =>
      store.db.transaction().execute(async (transaction) => {
        const { value } = await transaction.selectFrom("setting").select("value").executeTakeFirstOrThrow();
        await new Promise((resolve) => setTimeout(resolve, 2));
        await transaction
          .updateTable("setting")
          .set({ value: value + 1 })
          .execute();
        if (isBad) throw new Error(id);
      });
    const ended = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => add(`${at}`, at % 2 === 0)));
    expect(ended.filter(({ status }) => status === "rejected").length).toBe(5);
    expect(await store.db.selectFrom("setting").select("value").execute()).toEqual([{ value: 6 }]);
  });

  it("lets two that open an empty file at once migrate it only once", async () => {
    const file = join(newFolder(), "store.sqlite");
    const stores = await Promise.all([openStore(file), openStore(file), openStore(file)]);
    const rows = await stores[2]!.db.selectFrom("migration").select("version").execute();
    expect(rows.length).toBe(migrations.length);
    for (const store of stores) await store.close();
  });

  it("keeps a copy of the file before it changes the schema", async () => {
    const folder = newFolder();
    const file = join(folder, "store.sqlite");
    const old = await openStore(":memory:");
    await old.close();
    const { NodeSqliteDialect } = await import("./sqlite-dialect.ts");
    const { Kysely } = await import("kysely");
    const db = new Kysely<import("./schema.ts").Schema>({ dialect: new NodeSqliteDialect(file) });
    await migrate(db, "sqlite", { steps: migrations.slice(0, 1) });
    await db.insertInto("project").values({ id: "p", name: "kept", created_at: "x" }).execute();
    await db.destroy();
    await using store = await openStore(file);
    expect(await schemaVersion(store.db, "sqlite")).toBe(migrations.length);
    const copies = readdirSync(folder).filter((name) => name.endsWith(".bak"));
    expect(copies.length).toBe(1);
    const copied = new Kysely<import("./schema.ts").Schema>({
      dialect: new NodeSqliteDialect(join(folder, copies[0]!)),
    });
    expect(await schemaVersion(copied, "sqlite")).toBe(1);
    expect(await copied.selectFrom("project").select("name").execute()).toEqual([{ name: "kept" }]);
    await copied.destroy();
  });

  it("leaves everything as it was when a migration fails", async () => {
    await using store = await openStore(":memory:");
    const steps = [
      ...migrations,
      {
        name: "breaks",
        run: async (db: import("kysely").Kysely<unknown>) => {
          await db.schema.createTable("half").addColumn("id", "text").execute();
          throw new Error("no further");
        },
      },
    ];
    await expect(migrate(store.db, "sqlite", { steps })).rejects.toThrow("no further");
    expect(await schemaVersion(store.db, "sqlite")).toBe(migrations.length);
    const tables = await store.db.introspection.getTables();
    expect(tables.map(({ name }) => name)).not.toContain("half");
  });

  it("refuses a store of a newer release, a file of another kind and an address it doesn't know", async () => {
    const folder = newFolder();
    const file = join(folder, "store.sqlite");
    {
      await using store = await openStore(file);
      await store.db
        .insertInto("migration")
        .values({ version: 99, name: "later", applied_at: "x" })
        .execute();
    }
    await expect(openStore(file)).rejects.toMatchObject({ code: "file-unsupported" });
    writeFileSync(
      join(folder, "text"),
      "this is no database at all, but long enough to be read as one".repeat(99),
    );
    await expect(openStore(join(folder, "text"))).rejects.toMatchObject({ code: "file-damaged" });
    await expect(openStore("mysql://root:hush@host/x")).rejects.toMatchObject({ code: "bad-request" });
    await expect(openStore("mysql://root:hush@host/x")).rejects.not.toThrow("hush");
    await expect(openStore("postgres://ann:hush@127.0.0.1:1/x")).rejects.toMatchObject({
      code: "server-failed",
    });
  });
});
