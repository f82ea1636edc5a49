import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe } from "vitest";
import { limitSuite } from "./limit-suite.fixture.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe("limits of several processes on one SQLite file", () => {
  limitSuite(async () => {
    const folder = mkdtempSync(join(tmpdir(), "tandem-limits-"));
    folders.push(folder);
    return join(folder, "store.sqlite");
  });
});
