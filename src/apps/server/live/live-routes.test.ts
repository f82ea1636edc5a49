import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { proposeSlots } from "../../../tasks/slots/propose-slots.ts";
import type { Availability } from "../../../tasks/slots/types.ts";
import type { RoomList } from "../protocol/live-requests.ts";
import { rawClient, type TestLive, testLive, testRoom } from "./live.fixture.ts";

const post = (live: TestLive, path: string, token?: string, body?: object): Promise<Response> =>
  live.request(path, {
    method: "POST",
    ...(token !== undefined && { token }),
    ...(body && { body: JSON.stringify(body) }),
  });

describe("rooms over HTTP", () => {
  it("are opened, listed without a word of the call, closed and deleted by the holder of the key only", async () => {
    await using live = await testLive();
    const { id, tokens } = await live.room();
    expect(tokens.acme).toMatch(/^[\w-]{43}$/);
    for (const token of ["wrong", tokens.acme!]) {
      expect((await post(live, "/api/live/rooms", token, testRoom)).status).toBe(401);
      expect((await live.request("/api/live/rooms", { token })).status).toBe(401);
      expect((await post(live, `/api/live/rooms/${id}/close`, token)).status).toBe(401);
      expect((await live.request(`/api/live/rooms/${id}`, { method: "DELETE", token })).status).toBe(401);
    }
    const ana = await live.client(tokens.acme!);
    ana.say("1", "canary line");
    await ana.next("line.said");
    const listed = await (await live.request("/api/live/rooms")).text();
    expect(listed).not.toMatch(/canary|Ana/);
    for (const token of Object.values(tokens)) expect(listed).not.toContain(token);
    expect((JSON.parse(listed) as RoomList).rooms[0]).toMatchObject({
      id,
      title: "Call",
      sides: [{ id: "acme" }, {}],
    });
    expect((await live.request(`/api/live/rooms/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await ana.closed).toBe(1000);
    expect((await live.request(`/api/live/rooms/${id}`, { method: "DELETE" })).status).toBe(404);
    expect((await live.request("/api/live/transcript?format=json", { token: tokens.acme! })).status).toBe(
      401,
    );
  });

  it("have sides with ids of their own, and no unknown field", async () => {
    await using live = await testLive({ limits: { rooms: 1 } });
    const side = { name: "Ácme & Co", language: "en", engine: "echo" };
    const { tokens } = await live.room({ sides: [side, side, { ...side, name: "日本" }] });
    expect(Object.keys(tokens)).toEqual(["a-cme-co", "a-cme-co-2", "side"]);
    const tooMany = await post(live, "/api/live/rooms", undefined, testRoom);
    expect(tooMany.status).toBe(400);
    expect((await post(live, "/api/live/rooms", undefined, { ...testRoom, owner: "me" })).status).toBe(400);
  });

  it("give each side a transcript of its own copy, in every form", async () => {
    await using live = await testLive();
    const { id, tokens } = await live.room({
      sides: [testRoom.sides[0], { ...testRoom.sides[1], retention: "until-closed" }],
    });
    const [ana, rui] = [await live.client(tokens.acme!), await live.client(tokens.beta!, { name: "Rui" })];
    ana.say("1", "We meet on Tuesday.");
    rui.say("1", "Combinado.");
    await Promise.all([ana.next("line.final"), rui.next("line.final")]);
    const get = (format: string, token = tokens.acme!): Promise<Response> =>
      live.request(`/api/live/transcript?format=${format}`, { token });
    for (const format of ["docx", "vtt", "tmx", "txt", "json"]) {
      const answer = await get(format);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
      expect(answer.headers.get("content-disposition")).toContain(`transcript.${format}`);
      const text = await answer.text();
      if (format === "docx") expect(text.slice(0, 2)).toBe("PK");
      else expect(text).toMatch(format === "tmx" ? /Combinado/ : /Tuesday/);
    }
    const own = (await (await get("json", tokens.beta!)).json()) as { lines: { translations: object }[] };
    expect(own.lines.map(({ translations }) => Object.keys(translations))).toEqual([["pt"], []]);

    await post(live, `/api/live/rooms/${id}/close`);
    expect((await get("json")).status).toBe(200);
    expect((await get("json", tokens.beta!)).status).toBe(404);
  });
});

describe("time", () => {
  it("closes a room that was left and wipes each copy when its time is over, at the next start too", async () => {
    const day =
      (days: number): (() => Date) =>
      () =>
        new Date(Date.UTC(2026, 2, 2 + days));
    const first = await testLive({ now: day(0) });
    const { tokens } = await first.room();
    const ana = await first.client(tokens.acme!);
    ana.say("1", "Left alone.");
    await ana.next("line.said");
    await first.stop();
    const ask = async (days: number): Promise<readonly number[]> => {
      const live = await testLive({ folder: first.folder, now: day(days) });
      const get = async (side: string): Promise<number> =>
        (await live.request("/api/live/transcript?format=txt", { token: tokens[side]! })).status;
      // The tidying starts with the server and takes a moment.
      await expect.poll(() => live.log()).toContain("tidied");
      const statuses = [await get("acme"), await get("beta")];
      const { rooms } = (await (await live.request("/api/live/rooms")).json()) as RoomList;
      expect(rooms.map(({ closed }) => closed !== undefined)).toEqual([days > 1]);
      await live.stop();
      return statuses;
    };
    expect(await ask(0.5)).toEqual([200, 200]);
    expect(await ask(2)).toEqual([200, 200]);
    // Beta keeps seven days from the end of the call, Acme for ever.
    expect(await ask(8)).toEqual([200, 200]);
    expect(await ask(9.5)).toEqual([200, 404]);
    rmSync(first.folder, { recursive: true, force: true });
  });
});

describe("where a link leads", () => {
  it("is told to its holder before they join, and nothing of another side", async () => {
    await using live = await testLive();
    const { id, tokens } = await live.room({ title: "Harvest" });
    const ask = (token: string): Promise<Response> => live.request("/api/live/side", { token });
    expect(await (await ask(tokens.acme!)).json()).toEqual({
      room: { title: "Harvest", isClosed: false },
      side: { name: "Acme", domain: "acme.example", language: "en" },
      hears: false,
    });
    expect(await (await ask(tokens.beta!)).text()).not.toMatch(/acme/i);
    const refused = await ask("nobody");
    expect([refused.status, await refused.json()]).toMatchObject([401, { error: { code: "bad-token" } }]);
    await post(live, `/api/live/rooms/${id}/close`);
    expect(await (await ask(tokens.beta!)).json()).toMatchObject({ room: { isClosed: true } });
  });
});

describe("a meeting", () => {
  const busy = [{ start: "2026-03-02T09:00:00Z", end: "2026-03-02T15:50:00Z" }];

  it("is proposed when all sides have said when they can, chosen by one, and had as an invitation", async () => {
    const asked: (readonly Availability[])[] = [];
    await using live = await testLive({
      now: () => new Date("2026-03-02T08:00:00Z"),
      proposeSlots: (availabilities, options) => {
        asked.push(availabilities);
        return proposeSlots(availabilities, options);
      },
    });
    const { tokens } = await live.room();
    const [ana, rui] = [await live.client(tokens.acme!), await live.client(tokens.beta!, { name: "Rui" })];
    const send = (side: string, body: object): Promise<Response> =>
      post(live, "/api/live/availability", tokens[side], body);
    expect((await send("acme", { busy, timeZone: "Mars/Base" })).status).toBe(400);
    expect(await (await send("acme", { busy, timeZone: "Europe/Lisbon" })).json()).toEqual({
      missing: 1,
      proposed: 0,
    });
    const workingHours = { start: "08:00", end: "18:00", days: [1, 2] };
    const answer = await send("beta", {
      busy: [],
      timeZone: "Europe/Berlin",
      workingHours,
      durationMinutes: 45,
    });
    const { missing, proposed } = (await answer.json()) as { missing: number; proposed: number };
    expect([missing, proposed > 0]).toEqual([0, true]);
    expect(asked).toHaveLength(1);

    const { slots } = await ana.next("meeting.proposed");
    expect(slots).toHaveLength(proposed);
    for (const slot of slots) {
      expect(Object.keys(slot)).toEqual(["start", "end"]);
      expect(Date.parse(slot.end) - Date.parse(slot.start)).toBe(45 * 60_000);
    }
    const early = await live.request("/api/live/invitation.ics", { token: tokens.beta! });
    expect(early.status).toBe(404);
    ana.send({ type: "meeting.choose", slot: slots[0]! });
    expect((await rui.next("meeting.chosen")).slot).toEqual(slots[0]);
    const ics = await (await live.request("/api/live/invitation.ics", { token: tokens.beta! })).text();
    const event = new ICAL.Component(ICAL.parse(ics)).getFirstSubcomponent("vevent");
    expect(event?.getFirstPropertyValue("summary")).toBe("Call");
    expect(new Date(String(event?.getFirstPropertyValue("dtstart"))).toISOString()).toBe(slots[0]!.start);
    expect(ics).toContain("Ana");
    // What one side is busy with is nowhere the other can look.
    expect(JSON.stringify([rui.messages, ics])).not.toMatch(/15:50|T1550|Lisbon/);
  });

  const now = Date.parse("2026-03-02T08:00:00Z");
  const hour = (from: number) => ({
    start: new Date(now + from * 3_600_000).toISOString(),
    end: new Date(now + (from + 1) * 3_600_000).toISOString(),
  });

  it("can't be at a time that has passed or at which somebody has become busy", async () => {
    let clock = now;
    const slots = [hour(1), hour(2), hour(3)].map(({ start, end }) => ({
      start: new Date(start),
      end: new Date(end),
    }));
    await using live = await testLive({ now: () => new Date(clock), proposeSlots: () => slots });
    const { tokens } = await live.room();
    const ana = await live.client(tokens.acme!);
    const send = (side: string, times: readonly object[]): Promise<Response> =>
      post(live, "/api/live/availability", tokens[side], { busy: times, timeZone: "UTC" });
    await send("acme", []);
    await send("beta", []);
    await ana.next("meeting.proposed");
    clock = Date.parse(hour(1).start);
    ana.send({ type: "meeting.choose", slot: hour(1) });
    expect((await ana.next("error")).error).toMatchObject({ code: "slot-past" });
    await send("beta", [{ start: hour(2).start, end: hour(2).end }]);
    ana.send({ type: "meeting.choose", slot: hour(2) });
    const { error } = await ana.next("error");
    expect(error).toMatchObject({ code: "slot-taken" });
    // Which side is busy, and with what, is not said.
    expect(JSON.stringify(error)).not.toMatch(/beta|2026/i);
    ana.send({ type: "meeting.choose", slot: hour(3) });
    expect((await ana.next("meeting.chosen")).slot).toEqual(hour(3));
  });

  it("has no times left to choose where a new search finds none", async () => {
    const found = [[{ start: new Date(hour(1).start), end: new Date(hour(1).end) }], []];
    await using live = await testLive({ now: () => new Date(now), proposeSlots: () => found.shift() ?? [] });
    const { tokens } = await live.room();
    const ana = await live.client(tokens.acme!);
    for (const side of ["acme", "beta", "acme", "beta"])
      await post(live, "/api/live/availability", tokens[side], { busy: [], timeZone: "UTC" });
    expect((await ana.next("meeting.proposed")).slots).toHaveLength(1);
    expect((await ana.next("meeting.proposed")).slots).toEqual([]);
    ana.send({ type: "meeting.choose", slot: hour(1) });
    expect((await ana.next("error")).error).toMatchObject({ code: "not-proposed" });
  });

  it("is invited to by name and in the reader's zone, with no address that nobody gave", async () => {
    const slot = hour(30);
    const slots = [{ start: new Date(slot.start), end: new Date(slot.end) }];
    await using live = await testLive({ now: () => new Date(now), proposeSlots: () => slots });
    const { tokens } = await live.room();
    const ana = await live.client(tokens.acme!);
    for (const side of ["acme", "beta"])
      await post(live, "/api/live/availability", tokens[side], { busy: [], timeZone: "UTC" });
    ana.send({ type: "meeting.choose", slot });
    await ana.next("meeting.chosen");
    const get = (zone: string): Promise<Response> =>
      live.request(`/api/live/invitation.ics?timeZone=${zone}`, { token: tokens.acme! });
    const ics = (await (await get("America/New_York")).text()).replaceAll("\r\n ", "");
    expect(ics).not.toMatch(/ATTENDEE|ORGANIZER|mailto|METHOD|@(?!tandem)/);
    expect(ics).toContain("Ana (Acme)");
    expect(ics).toMatch(/When: Tuesday\\, 3 March 2026 at 09:00 \(America\/New_York\)/);
    expect((await get("Mars/Base")).status).toBe(400);
  });

  it("can't be proposed where nothing finds times", async () => {
    await using live = await testLive();
    const { tokens } = await live.room();
    const answer = await post(live, "/api/live/availability", tokens.acme, { busy, timeZone: "UTC" });
    expect(answer.status).toBe(409);
  });
});

describe("the page", () => {
  it("is served under /live/, and said to be missing where it wasn't built", async () => {
    await using bare = await testLive({ webFolder: "/nowhere" });
    const missing = await fetch(`${bare.server.url}/live/`);
    expect([missing.status, await missing.text()]).toEqual([503, expect.stringContaining("npm run build")]);

    await using live = await testLive({ webFolder: join(bare.folder, "web") });
    expect((await fetch(`${live.server.url}/live/`)).status).toBe(503);
    mkdirSync(join(bare.folder, "web", "assets"), { recursive: true });
    writeFileSync(join(bare.folder, "web", "index.html"), "<!doctype html>page");
    writeFileSync(join(bare.folder, "web", "assets", "a-1.js"), "1");
    await using built = await testLive({ webFolder: join(bare.folder, "web") });
    const page = await fetch(`${built.server.url}/live`);
    expect([page.url, await page.text()]).toEqual([`${built.server.url}/live/`, "<!doctype html>page"]);
    expect(page.headers.get("content-security-policy")).toMatch(/default-src 'self'/);
    const asset = await fetch(`${built.server.url}/live/assets/a-1.js`);
    expect(asset.headers.get("cache-control")).toMatch(/immutable/);
    expect((await fetch(`${built.server.url}/live/..%2f..%2fetc/passwd`)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("the log", () => {
  it("holds no text of the call, no name, no token and no engine's answer, whatever goes wrong", async () => {
    await using live = await testLive({
      openEngine: async () => ({
        ...(await import("../../../models/translation/echo.ts")).echoEngine(),
        translate: async ({ items }) => {
          throw new Error(`the service said: canary-engine ${items[0]?.text}`);
        },
      }),
    });
    const { id, tokens } = await live.room({ title: "canary-title" });
    const ana = await live.client(tokens.acme!, { name: "canary-name" });
    const rui = await live.client(tokens.beta!, { name: "Rui" });
    ana.say("canary-line", "canary-text one");
    expect((await rui.next("line.final")).tgt).toBeUndefined();
    ana.send({ type: "canary-type", text: "canary-text" });
    ana.send({
      type: "meeting.choose",
      slot: { start: "2099-03-02T09:00:00Z", end: "2099-03-02T10:00:00Z" },
    });
    await ana.next("error", ({ error }) => error.code === "not-proposed");
    const stranger = rawClient(live.server.url);
    stranger.socket.once("open", () => stranger.send({ type: "session.join", token: "canary-token" }));
    await stranger.closed;
    await live.request("/api/live/transcript?format=canary-format&token=canary-query", {
      token: tokens.acme!,
    });
    await live.request("/canary-path");
    await post(live, `/api/live/rooms/${id}/close`);
    const log = live.log();
    expect(log.length).toBeGreaterThan(500);
    expect(log).toContain(id);
    expect(log).not.toMatch(/canary/i);
    for (const token of [...Object.values(tokens), ana.created.participantToken!])
      expect(log).not.toContain(token);
  });
});
