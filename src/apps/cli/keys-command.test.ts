import { rm } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { deploymentsOf, paid, used } from "../gateway/limits/admissions.fixture.ts";
import { openAdmissions } from "../gateway/limits/open-admissions.ts";
import { openStore } from "../store/open-store.ts";
import { testWorld } from "./cli-io.fixture.ts";
import { runCli } from "./main.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Command lines over one data folder. */
async function newHome(): Promise<{ folder: string; run: (...argv: string[]) => Promise<Ran> }> {
  const { folder } = await testWorld();
  folders.push(folder);
  return {
    folder,
    run: async (...argv) => {
      const world = await testWorld({ env: { TANDEM_DATA: folder } });
      folders.push(world.folder);
      const at = argv.map((each) => each.replace("FOLDER", folder));
      const code = await runCli(at, world.io);
      return { code, out: world.out(), err: world.err() };
    },
  };
}

describe("tandem keys, projects, usage, backup, restore", () => {
  it("makes a key that the gateway takes, prints its secret once, and revokes it", async () => {
    const { folder, run } = await newHome();
    const made = await run("keys", "create", "ci", "--rpm", "60", "--scope", "chat", "--expires", "90d");
    expect(made.code).toBe(0);
    expect(made.out).toMatch(/^tdm_[\w-]{43}\n$/);
    const secret = made.out.trim();
    const id = /key_[\w-]+/.exec(made.err)![0];
    const list = await run("keys", "list");
    expect(list.out).toMatch(
      new RegExp(`^${id} +ci +default +valid until 2025-05-30 +chat +60 requests/min\n$`),
    );
    const json = await run("keys", "list", "--json");
    expect(JSON.parse(json.out).keys[0]).toMatchObject({ id, limits: { requestsPerMinute: 60 } });
    expect(list.out + list.err + json.out + made.err).not.toContain(secret.slice(4, 20));
    expect((await run("keys", "revoke", id)).code).toBe(0);
    expect((await run("keys", "list")).out).toContain("revoked 2025-03-01");
    expect((await run("keys", "revoke", "key_none")).code).toBe(3);
    await using store = await openStore(`${folder}/store.sqlite`);
    await using admissions = await openAdmissions(store, { deployments: deploymentsOf(paid) });
    expect(await admissions.admit({ secret, operation: "chat", deployment: "paid" })).toMatchObject({
      status: 401,
    });
  });

  it("keeps budgets of projects and of all together, and reports what was used", async () => {
    const { folder, run } = await newHome();
    expect((await run("projects", "create", "sales", "--budget-month", "50", "--budget-day", "5")).code).toBe(
      0,
    );
    expect((await run("projects", "create", "sales")).code).toBe(2);
    expect((await run("projects", "set", "sales", "--budget-day", "none", "--tpm", "1000")).code).toBe(0);
    expect((await run("projects", "set", "--all", "--rpm", "9")).code).toBe(0);
    const list = JSON.parse((await run("projects", "list", "--json")).out);
    expect(list).toMatchObject({
      projects: [{ name: "sales", limits: { budgetPerMonth: 50, tokensPerMinute: 1_000 } }],
      organisation: { limits: { requestsPerMinute: 9 } },
    });
    expect(list.projects[0].limits).not.toHaveProperty("budgetPerDay");
    const secret = (await run("keys", "create", "bot", "--project", "sales")).out.trim();
    {
      await using store = await openStore(`${folder}/store.sqlite`);
      await using admissions = await openAdmissions(store, { deployments: deploymentsOf(paid) });
      const verdict = await admissions.admit({ secret, operation: "chat", deployment: "paid", job: "job_1" });
      if (verdict.kind === "admitted") verdict.reservation.settle(used(1_000, 100));
    }
    const table = await run("usage");
    expect(table.out).toBe(
      "project  calls  tokens in  tokens out  cost\nsales    1      1000       100         0.003 USD\n",
    );
    expect((await run("usage", "--by", "job,deployment", "--csv")).out).toMatch(
      /\r\njob_1,paid,1,1000,100,0,0,0,0.003,USD\r\n$/,
    );
    expect(
      JSON.parse((await run("usage", "--by", "key", "--project", "sales", "--json")).out).usage,
    ).toMatchObject([{ calls: 1, cost: "0.003" }]);
    expect((await run("usage", "--to", "2020-01-01")).out).toBe("");
    for (const bad of [
      ["--by", "colour"],
      ["--from", "yesterday"],
      ["--csv", "--json"],
    ])
      expect((await run("usage", ...bad)).code).toBe(2);
  });

  it.each([
    ["projects", "set", "sales"],
    ["projects", "set", "--rpm", "5"],
    ["projects", "create", "x", "--budget-day", "-5"],
    ["projects", "create", "x", "--rpm", "1.5"],
    ["keys", "create", "x", "--scope", "everything"],
    ["keys", "create", "x", "--expires", "2020-01-01"],
  ])("refuses %s %s %s %s", async (...argv) => {
    const { run } = await newHome();
    const { code, err } = await run(...argv.filter((each) => each !== undefined));
    expect(code).toBe(2);
    expect(err).toMatch(/^tandem: /);
  });

  it("brings a store back from its archive", async () => {
    const { run } = await newHome();
    await run("projects", "create", "first");
    expect((await run("backup", "FOLDER/b.zip")).code).toBe(0);
    await run("projects", "create", "second");
    const restored = await run("restore", "FOLDER/b.zip", "--json");
    expect(restored.code).toBe(0);
    expect(JSON.parse(restored.out).before).toContain("before-restore");
    expect((await run("projects", "list")).out).toMatch(/^first +proj_[\w-]+\n$/);
    expect((await run("restore", "FOLDER/none.zip")).code).toBe(1);
  });

  it.each(["keys", "projects", "usage", "backup", "restore"])(
    "has examples first in the help of %s",
    async (command) => {
      const { run } = await newHome();
      expect((await run(command, "--help")).out).toMatch(new RegExp(`^Examples:\\n {2}tandem ${command}`));
    },
  );
});
