import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { strToU8, unzipSync, zipSync } from "fflate";
import { afterEach, describe, expect, it } from "vitest";
import { backupStore } from "./backup-store.ts";
import { openStore, type Store } from "./open-store.ts";
import { restoreStore } from "./restore-store.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "tandem-backup-"));
  folders.push(folder);
  return folder;
}
const now = new Date("2026-03-01T10:00:00Z");

async function addProjects(store: Store, names: readonly string[]): Promise<void> {
  for (const name of names)
    await store.db.insertInto("project").values({ id: name, name, created_at: now.toISOString() }).execute();
}
async function projectsIn(file: string): Promise<string[]> {
  await using store = await openStore(file);
  const rows = await store.db.selectFrom("project").select("name").orderBy("name").execute();
  return rows.map(({ name }) => name);
}
/** A backup of a store with these projects, taken while it is open. */
async function backupOf(folder: string, names: readonly string[]): Promise<string> {
  await using store = await openStore(join(folder, "first.sqlite"));
  await addProjects(store, names);
  const archive = join(folder, "backup.zip");
  await backupStore(store, archive, now);
  return archive;
}

describe("backup and restore", () => {
  it("gives back what was there, keeps the store that was in its place, and leaves no other files", async () => {
    const folder = newFolder();
    const archive = await backupOf(folder, ["a", "b"]);
    expect(statSync(archive).mode & 0o077).toBe(0);
    const file = join(folder, "data", "store.sqlite");
    expect(await restoreStore(archive, file, now)).toMatchObject({ manifest: { format: "tandem-backup" } });
    expect(await projectsIn(file)).toEqual(["a", "b"]);
    {
      await using store = await openStore(file);
      await addProjects(store, ["later"]);
    }
    const { before } = await restoreStore(archive, file, now);
    expect(await projectsIn(file)).toEqual(["a", "b"]);
    expect(await projectsIn(before!)).toEqual(["a", "b", "later"]);
    expect(readdirSync(folder).filter((name) => /copy|part/.test(name))).toEqual([]);
  });

  it("takes a whole picture while others write", async () => {
    const folder = newFolder();
    await using store = await openStore(join(folder, "store.sqlite"));
    await using other = await openStore(join(folder, "store.sqlite"));
    const writing = addProjects(
      other,
      Array.from({ length: 200 }, (_, at) => `p${at}`),
    );
    await backupStore(store, join(folder, "b.zip"), now);
    await writing;
    await restoreStore(join(folder, "b.zip"), join(folder, "again.sqlite"), now);
    const count = (await projectsIn(join(folder, "again.sqlite"))).length;
    expect(count).toBeLessThanOrEqual(200);
  });

  it("refuses while the store is in use", async () => {
    const folder = newFolder();
    const archive = await backupOf(folder, ["a"]);
    const file = join(folder, "store.sqlite");
    await using store = await openStore(file);
    await addProjects(store, ["kept"]);
    await expect(restoreStore(archive, file, now)).rejects.toMatchObject({ code: "bad-request" });
    expect(await store.db.selectFrom("project").select("name").execute()).toEqual([{ name: "kept" }]);
  });

  it("restores over a store that can't be read any more", async () => {
    const folder = newFolder();
    const archive = await backupOf(folder, ["a"]);
    const file = join(folder, "store.sqlite");
    writeFileSync(file, "nothing that SQLite could read, and long enough".repeat(50));
    const { before } = await restoreStore(archive, file, now);
    expect(await projectsIn(file)).toEqual(["a"]);
    expect(readFileSync(before!, "utf8")).toContain("nothing that SQLite");
  });

  it("changes nothing when a byte of the archive is another, or its end is missing", async () => {
    const folder = newFolder();
    const archive = await backupOf(folder, ["a"]);
    const bytes = readFileSync(archive);
    const file = join(folder, "target", "store.sqlite");
    const broken = join(folder, "broken.zip");
    const dataStart = bytes.indexOf("store.sqlite") + 12;
    const dataEnd = bytes.lastIndexOf("PK\u0001\u0002", undefined, "latin1") - 200;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: dataStart, max: dataEnd }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, flip, isCut) => {
          const copy = Buffer.from(bytes);
          copy[at] = copy[at]! ^ flip;
          writeFileSync(broken, isCut ? bytes.subarray(0, at) : copy);
          const result = await restoreStore(broken, file, now).catch((error: { code: string }) => error.code);
          // A flipped bit that inflates to the same bytes is no damage.
          if (typeof result === "object") expect(await projectsIn(file)).toEqual(["a"]);
          else expect(result).toBe("file-damaged");
        },
      ),
      { numRuns: 40 },
    );
  });

  it("refuses what is no backup, says more than it holds, or is of a newer release", async () => {
    const folder = newFolder();
    const entries = unzipSync(readFileSync(await backupOf(folder, ["a"])));
    const manifest = JSON.parse(new TextDecoder().decode(entries["manifest.json"])) as object;
    const attempt = async (content: Parameters<typeof zipSync>[0] | Uint8Array): Promise<string> => {
      const archive = join(folder, "hostile.zip");
      writeFileSync(archive, content instanceof Uint8Array ? content : zipSync(content));
      return restoreStore(archive, join(folder, "target.sqlite"), now).then(
        () => "restored",
        (error: { code: string }) => error.code,
      );
    };
    const told = (more: object): Uint8Array => strToU8(JSON.stringify({ ...manifest, ...more }));
    const data = entries["store.sqlite"]!;
    expect(await attempt({ "manifest.json": told({}), "store.sqlite": data })).toBe("restored");
    expect(await attempt({ "manifest.json": told({ schema: 99 }), "store.sqlite": data })).toBe(
      "file-unsupported",
    );
    expect(await attempt({ "manifest.json": told({ bytes: 10 }), "store.sqlite": data })).toBe(
      "file-damaged",
    );
    expect(await attempt({ "manifest.json": told({ sha256: "0".repeat(64) }), "store.sqlite": data })).toBe(
      "file-damaged",
    );
    expect(await attempt({ "store.sqlite": data, "manifest.json": told({}) })).toBe("file-damaged");
    expect(await attempt({ "../../evil": data })).toBe("file-damaged");
    expect(await attempt({ "manifest.json": strToU8(" ".repeat(100_000)) })).toBe("file-damaged");
    expect(await attempt(strToU8("PK not at all"))).toBe("file-damaged");
    expect(await attempt(new Uint8Array())).toBe("file-damaged");
  });
});
