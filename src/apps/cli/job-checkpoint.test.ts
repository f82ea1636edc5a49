import { readdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type TestWorld, testWorld } from "./cli-io.fixture.ts";
import { openJobCheckpoint } from "./job-checkpoint.ts";

async function world(): Promise<TestWorld & { readonly jobs: string }> {
  const made = await testWorld();
  return {
    ...made,
    io: { ...made.io, env: { TANDEM_CACHE: path.join(made.folder, "cache") } },
    jobs: path.join(made.folder, "cache", "jobs"),
  };
}

describe("the checkpoint of a job", () => {
  it("is found again by the same job and by no other", async () => {
    const { io } = await world();
    const first = await openJobCheckpoint(io, "write", ["a", "b"]);
    expect(first.size()).toBe(0);
    await first.write("section-1", "done");
    const again = await openJobCheckpoint(io, "write", ["a", "b"]);
    expect([again.size(), await again.read("section-1"), await again.read("section-2")]).toEqual([
      1,
      "done",
      undefined,
    ]);
    for (const other of [["ab"], ["a", "b", ""], ["a", "c"]])
      expect((await openJobCheckpoint(io, "write", other)).size()).toBe(0);
  });

  it("is gone when the job is done", async () => {
    const { io, jobs } = await world();
    const checkpoint = await openJobCheckpoint(io, "write", ["a"]);
    await checkpoint.write("section-1", "done");
    await checkpoint.discard();
    expect(await readdir(jobs)).toEqual([]);
    await checkpoint.discard();
  });

  it("can be read by nobody else, since it holds the document's text", async () => {
    const { io, jobs } = await world();
    await (await openJobCheckpoint(io, "write", ["a"])).write("section-1", "done");
    expect((await stat(jobs)).mode & 0o077).toBe(0);
  });

  it("that is damaged counts as none", async () => {
    const { io, jobs } = await world();
    await (await openJobCheckpoint(io, "write", ["a"])).write("section-1", "done");
    const [name] = await readdir(jobs);
    for (const text of ["{", "null", "[1]", '{"section-1": 4}']) {
      await writeFile(path.join(jobs, name!), text);
      expect(await (await openJobCheckpoint(io, "write", ["a"])).read("section-1")).toBeUndefined();
    }
  });
});
