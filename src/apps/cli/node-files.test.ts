import fs, { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { nodeFiles, type WriteCalls } from "./node-files.ts";

const folderOf = async (): Promise<string> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-files-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("nodeFiles", () => {
  it("keeps the old file whole and leaves no rest when the disk fills up while writing", async () => {
    const folder = await folderOf();
    await writeFile(path.join(folder, "a.docx"), "old");
    const full: WriteCalls = {
      ...fs,
      writeFile: async (file, data, options) => {
        await fs.writeFile(file, (data as Uint8Array).subarray(0, 2), options);
        throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write" });
      },
    };
    await expect(nodeFiles(folder, full).write("a.docx", bytes("new text"))).rejects.toThrow("ENOSPC");
    expect(await readFile(path.join(folder, "a.docx"), "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["a.docx"]);
  });

  it("leaves no rest when the rename fails", async () => {
    const folder = await folderOf();
    const broken: WriteCalls = { ...fs, rename: async () => Promise.reject(new Error("no rename")) };
    await expect(nodeFiles(folder, broken).write("a.docx", bytes("new"))).rejects.toThrow("no rename");
    expect(await readdir(folder)).toEqual([]);
  });

  it("never writes over a file with writeNew, also where hard links are not to be had", async () => {
    const folder = await folderOf();
    const noLinks: WriteCalls = {
      ...fs,
      link: async () => Promise.reject(Object.assign(new Error("EPERM"), { code: "EPERM" })),
    };
    for (const [name, files] of [
      ["a", nodeFiles(folder)],
      ["b", nodeFiles(folder, noLinks)],
    ] as const) {
      expect(await files.writeNew(name, bytes("first"))).toBe(true);
      expect(await files.writeNew(name, bytes("second"))).toBe(false);
      expect(await readFile(path.join(folder, name), "utf8")).toBe("first");
    }
    expect((await readdir(folder)).sort()).toEqual(["a", "b"]);
  });

  it("lets only one of two writers have a name", async () => {
    const folder = await folderOf();
    const files = nodeFiles(folder);
    const won = await Promise.all(["one", "two", "three"].map((text) => files.writeNew("a", bytes(text))));
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it("keeps a link a link, and the mode of the file behind it", async () => {
    const folder = await folderOf();
    await writeFile(path.join(folder, "real.docx"), "old", { mode: 0o640 });
    await symlink("real.docx", path.join(folder, "link.docx"));
    await nodeFiles(folder).write("link.docx", bytes("new"));
    expect(await readFile(path.join(folder, "real.docx"), "utf8")).toBe("new");
    expect((await fs.lstat(path.join(folder, "link.docx"))).isSymbolicLink()).toBe(true);
    expect((await stat(path.join(folder, "real.docx"))).mode & 0o777).toBe(0o640);
    expect(await nodeFiles(folder).isSame("link.docx", "./real.docx")).toBe(true);
  });

  it("walks folders in order, past hidden ones, node_modules and links", async () => {
    const folder = await folderOf();
    for (const name of ["b/c", "a", ".git", "node_modules"])
      await fs.mkdir(path.join(folder, name), { recursive: true });
    for (const name of ["b/c/1", "a/2", ".git/3", "node_modules/4", "5"])
      await writeFile(path.join(folder, name), "");
    await symlink(folder, path.join(folder, "a", "loop"));
    expect(await nodeFiles(folder).walk(".")).toEqual(
      ["5", "a/2", "b/c/1"].map((name) => path.normalize(name)),
    );
  });
});
