import { describe, expect, it } from "vitest";
import { testWorld } from "./cli-io.fixture.ts";
import { type Finding, inspectMachine, type MachineProbe, printFindings } from "./doctor-machine.ts";
import { nodeProbe } from "./node-probe.ts";
import { openTerminal } from "./terminal.ts";

const GB = 1_000_000_000;

const bare: MachineProbe = {
  nodeVersion: "v24.1.0",
  platform: "linux",
  env: {},
  cores: 2,
  availableMemory: 8 * GB,
  cacheFolder: "/cache",
  storePlace: "/data/store.sqlite",
  cachedModels: async () => [],
  suggestedModel: () => "large",
  hasModule: () => false,
  firstLine: async () => undefined,
  freeDisk: async () => undefined,
  canWrite: async () => true,
  fontFiles: async () => 0,
};

const inspect = async (probe: Partial<MachineProbe>, id: string): Promise<Finding> =>
  (await inspectMachine({ ...bare, ...probe })).find((finding) => finding.id === id)!;

describe("inspectMachine", () => {
  it("gives advice for everything that is not there", async () => {
    const findings = await inspectMachine({ ...bare, canWrite: async () => false, freeDisk: async () => 5 });
    expect(findings.filter((finding) => finding.status !== "ok").map((finding) => finding.id)).toEqual(
      expect.arrayContaining([
        "cache",
        "store",
        "disk",
        "engine",
        "model",
        "openai",
        "azure",
        "python",
        "libreoffice",
        "fonts",
      ]),
    );
    for (const finding of findings) if (finding.status !== "ok") expect(finding.advice).toBeTruthy();
  });

  it("says where the store is, without a database's address", async () => {
    expect(await inspect({}, "store")).toMatchObject({ status: "ok", detail: "/data/store.sqlite" });
    const storePlace = "postgres://me:secret@db.example/tandem";
    expect(await inspect({ storePlace, canWrite: async () => false }, "store")).toMatchObject({
      status: "ok",
      detail: "postgres (TANDEM_STORE)",
    });
  });

  it("requires nothing but Node 24", async () => {
    expect((await inspect({}, "node")).status).toBe("ok");
    expect(await inspect({ nodeVersion: "v22.9.0" }, "node")).toMatchObject({
      status: "missing",
      isRequired: true,
    });
  });

  it("never repeats a key, an address's password or an endpoint", async () => {
    const env = {
      OPENAI_API_KEY: "sk-secret",
      AZURE_OPENAI_API_KEY: "secret-2",
      AZURE_OPENAI_ENDPOINT: "https://secret-3.example",
      TANDEM_MODEL: "http://user:secret-4@host/v1#m",
    };
    const findings = await inspectMachine({ ...bare, env });
    expect(JSON.stringify(findings)).not.toContain("secret");
    expect(
      findings.filter((each) => ["openai", "azure", "choice"].includes(each.id)).map((each) => each.status),
    ).toEqual(["ok", "ok", "ok"]);
  });

  it("says which half of the Azure settings is missing", async () => {
    expect(await inspect({ env: { AZURE_OPENAI_API_KEY: "k" } }, "azure")).toMatchObject({
      status: "warn",
      advice: "set AZURE_OPENAI_ENDPOINT",
    });
  });

  it("names the larger model that the machine could run", async () => {
    expect(await inspect({ cachedModels: async () => ["small"] }, "model")).toMatchObject({
      status: "ok",
      advice: "this machine could run large: tandem models pull large",
    });
    expect((await inspect({ cachedModels: async () => ["large"] }, "model")).advice).toBeUndefined();
  });

  it("inspects the real machine it runs on", async () => {
    const findings = await inspectMachine(nodeProbe({ TANDEM_CACHE: "/nowhere/that/exists" }));
    expect(findings.find((finding) => finding.id === "node")?.status).toBe("ok");
    expect(findings.every((finding) => finding.detail !== "")).toBe(true);
  });
});

describe("printFindings", () => {
  it("fails only for what is required", async () => {
    const world = await testWorld({ columns: 60 });
    const terminal = openTerminal(world.io);
    expect(printFindings(terminal, await inspectMachine(bare), false)).toBe(0);
    expect(printFindings(terminal, await inspectMachine({ ...bare, nodeVersion: "v20.0.0" }), true)).toBe(1);
    expect(
      Math.max(
        ...world
          .out()
          .split("\n")
          .slice(0, 12)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(60);
  });
});
