import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openStore } from "../open-store.ts";
import { jobSuite } from "./job-suite.fixture.ts";
import { openJobs } from "./open-jobs.ts";
import { doStep, workJobs } from "./work-jobs.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe("jobs on SQLite", () => {
  jobSuite(async () => {
    const folder = mkdtempSync(join(tmpdir(), "tandem-jobs-"));
    folders.push(folder);
    return join(folder, "store.sqlite");
  });

  it("are worked on until the signal; a failed attempt goes on behind its steps", async () => {
    await using store = await openStore(":memory:");
    const jobs = openJobs(store);
    await jobs.enqueue({ queue: "a", input: "x" });
    const stop = new AbortController();
    const ran: string[] = [];
    await workJobs(jobs, {
      queues: ["a"],
      signal: stop.signal,
      pollMs: 20,
      handle: async (claim) => {
        const first = await doStep(jobs, claim, "first", async () => ran.push("first"));
        if (claim.attempts === 1) throw new Error("not yet");
        stop.abort();
        return first;
      },
    });
    expect(ran).toEqual(["first"]);
    expect((await jobs.list())[0]).toMatchObject({ state: "done", output: 1, attempts: 2 });
  });
});
