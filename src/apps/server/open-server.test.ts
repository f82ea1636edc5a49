import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TargetNotFoundError } from "../../errors.ts";
import type { Mount } from "./mount.ts";
import { openServer, type Server } from "./open-server.ts";
import { openRoomKey } from "./room-key.ts";

const CANARY = "canary-7f3a";

async function withServer(
  mounts: readonly Mount[],
  act: (server: Server, log: () => string) => Promise<void>,
) {
  const lines: string[] = [];
  const server = await openServer({
    mounts,
    log: { write: (line) => void lines.push(line) },
    logLevel: "debug",
  });
  try {
    await act(server, () => lines.join(""));
  } finally {
    await server.close();
  }
}

describe("the server", () => {
  it("puts strict headers and an id on every answer, errors included", async () => {
    await withServer([], async ({ url }) => {
      const ids = new Set<string | null>();
      for (const path of ["/healthz", "/nowhere", "/%"]) {
        const { headers } = await fetch(`${url}${path}`, { headers: { "x-request-id": CANARY } });
        expect(headers.get("content-security-policy")).toMatch(/^default-src 'self';/);
        expect(headers.get("content-security-policy")).not.toMatch(/unsafe|https?:|\*/);
        expect(headers.get("x-content-type-options")).toBe("nosniff");
        expect(headers.get("referrer-policy")).toBe("no-referrer");
        ids.add(headers.get("x-request-id"));
      }
      expect(ids.size).toBe(3);
      expect([...ids].join()).not.toContain(CANARY);
    });
  });

  it("serves several mounts on one port and closes them all", async () => {
    const closed: string[] = [];
    const mount =
      (name: string): Mount =>
      async (app, { publicUrl }) => {
        app.get(`/${name}`, async () => ({ at: publicUrl() }));
        app.addHook("onClose", async () => void closed.push(name));
      };
    await withServer([mount("one"), mount("two")], async ({ url }) => {
      for (const name of ["one", "two"])
        expect(await (await fetch(`${url}/${name}`)).json()).toEqual({ at: url });
    });
    expect(closed.toSorted()).toEqual(["one", "two"]);
  });

  it("logs neither addresses nor headers nor bodies nor what errors say", async () => {
    const failing: Mount = async (app) => {
      app.get("/log", async ({ log }) => {
        log.info({ text: CANARY, name: CANARY, err: new Error(CANARY) }, "said");
        log.warn(new Error(CANARY));
        log.warn(new Error(CANARY), CANARY);
        log.info("a sentence %s", CANARY);
        log.child({ room: "r" }).info({ [CANARY]: 1 }, "child");
        return {};
      });
      app.get("/fail", async () => {
        const error = new Error(`${CANARY}\n    at ${CANARY} (x:1:1)`);
        throw Object.assign(error, { code: "EFAIL", detail: CANARY });
      });
      app.get("/refuse", async () => {
        throw new TargetNotFoundError(CANARY);
      });
      app.post("/body", async () => ({}));
    };
    await withServer([failing], async ({ url }, log) => {
      const headers = { authorization: `Bearer ${CANARY}`, "content-type": "application/json" };
      for (const path of ["/log", "/fail", "/refuse", `/${CANARY}`, `/log?token=${CANARY}`])
        await fetch(`${url}${path}`, { headers });
      await fetch(`${url}/body`, { method: "POST", headers, body: `{"a":${CANARY}}` });
      const failed = await fetch(`${url}/fail`);
      expect(await failed.text()).not.toContain(CANARY);
      expect(log()).not.toContain(CANARY);
      // The log is not empty for that: it says what failed, and where.
      expect(log()).toMatch(/"code":"EFAIL"/);
      expect(log()).toMatch(/open-server\.test\.ts:\d+/);
      expect(log()).toMatch(/"method":"GET","route":"\/log","status":200/);
    });
  });

  it("refuses a port that is taken with a hint", async () => {
    await withServer([], async ({ url }) => {
      const port = Number(new URL(url).port);
      await expect(openServer({ mounts: [], port })).rejects.toMatchObject({
        code: "refused",
        hint: /--port/,
      });
    });
  });
});

describe("the room key", () => {
  it("is made once, kept as a hash for its owner only, and shown once", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "tandem-key-")), "data");
    try {
      const { made = "", matches } = await openRoomKey(folder);
      expect(made).toMatch(/^[\w-]{43}$/);
      expect([matches(made), matches(`${made}x`), matches("")]).toEqual([true, false, false]);
      const file = join(folder, "room-key.sha256");
      expect(readFileSync(file, "utf8")).not.toContain(made);
      if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
      const again = await openRoomKey(folder);
      expect(again.made).toBeUndefined();
      expect(again.matches(made)).toBe(true);
      const given = await openRoomKey(folder, "a key of my own 123");
      expect([given.matches("a key of my own 123"), given.matches(made)]).toEqual([true, false]);
      await expect(openRoomKey(folder, "short")).rejects.toMatchObject({ code: "bad-request" });
    } finally {
      rmSync(join(folder, ".."), { recursive: true, force: true });
    }
    expect(existsSync(folder)).toBe(false);
  });
});
