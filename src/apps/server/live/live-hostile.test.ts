import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { opened, plainRoom, rawClient, type TestClient, type TestLive, testLive } from "./live.fixture.ts";

const FAST = { perSecond: 1e9, burst: 1e9 };
const UNLIMITED = { lines: FAST, messages: FAST, bytes: FAST };

let live: TestLive;
beforeAll(async () => {
  live = await testLive({ limits: { joinWithin: 300, pingEvery: 200 } });
});
afterAll(() => live[Symbol.asyncDispose]());

async function fresh(origin?: string): Promise<Omit<TestClient, "created">> {
  const client = rawClient(live.server.url, origin === undefined ? {} : { origin });
  await opened(client.socket);
  return client;
}

async function refusalOf(message: object | string | Buffer): Promise<string> {
  const client = await fresh();
  const data = typeof message === "string" || Buffer.isBuffer(message) ? message : JSON.stringify(message);
  client.socket.send(data);
  const { error, fatal } = await client.next("error");
  expect(fatal).toBe(true);
  expect(await client.closed).toBe(1008);
  return error.code;
}

describe("who may not come in", () => {
  it.each([
    ["no token of a room", { type: "session.join", token: "x".repeat(43) }, "bad-token"],
    ["no token", { type: "session.join" }, "bad-message"],
    ["a line before joining", { type: "input_text.line", line: "1", text: "Hello" }, "join-first"],
    ["no JSON", "hello", "bad-message"],
    ["a binary frame", Buffer.from([1, 2, 3]), "bad-message"],
  ])("is refused and cut off: %s", async (_, message, code) => {
    expect(await refusalOf(message)).toBe(code);
  });

  it("is cut off who says nothing", async () => {
    const client = await fresh();
    expect((await client.next("error")).error.code).toBe("join-late");
    expect(await client.closed).toBe(1008);
  });

  it("a page from elsewhere does not connect, one of ours does", async () => {
    await expect(fresh("https://evil.example")).rejects.toThrow(/403/);
    await expect(fresh("null")).rejects.toThrow(/403/);
    const own = await fresh(live.server.url);
    await own.close();
  });

  it("more sockets than the server takes are turned away, and their places are free again", async () => {
    await using small = await testLive({ limits: { connections: 2, connectionsOfRoom: 1, participants: 2 } });
    const { tokens } = await small.room();
    const ana = await small.client(tokens.acme!);
    const second = rawClient(small.server.url);
    await opened(second.socket);
    second.send({ type: "session.join", token: tokens.beta! });
    expect((await second.next("error")).error.code).toBe("room-full");
    await second.closed;
    const third = rawClient(small.server.url);
    await opened(third.socket);
    await expect(opened(rawClient(small.server.url).socket)).rejects.toThrow(/503/);
    await Promise.all([ana.close(), third.close()]);
    await wait(50);
    await small.client(tokens.beta!).then((client) => client.close());
    await wait(50);
    const fifth = rawClient(small.server.url);
    await opened(fifth.socket);
    fifth.send({ type: "session.join", token: tokens.beta! });
    expect((await fifth.next("error")).error.code).toBe("room-full");
  });
});

describe("what a participant may not do", () => {
  it("a link of one room opens no other, and a participant's secret works for their own side only", async () => {
    const [one, two] = [await live.room(), await live.room()];
    const ana = await live.client(one.tokens.acme!);
    ana.say("1", "secret of room one");
    await ana.next("line.said");
    const { participantToken } = ana.created;
    for (const token of [one.tokens.beta!, two.tokens.acme!]) {
      const other = await live.client(token, { participantToken: participantToken!, name: "Eve" });
      expect(other.created.participant.id).not.toBe(ana.created.participant.id);
      expect(other.created.participantToken).not.toBe(participantToken);
      await other.close();
    }
    const stranger = await live.client(two.tokens.beta!, { after: 0 });
    await wait(100);
    expect(JSON.stringify(stranger.messages)).not.toContain("secret of room one");
    const transcript = await live.request("/api/live/transcript?format=json", { token: two.tokens.acme! });
    expect(await transcript.text()).not.toContain("secret of room one");
    await Promise.all([ana.close(), stranger.close()]);
  });

  it("two browsers with one link and one name are two people, and neither can be the other", async () => {
    const { tokens } = await live.room();
    const [ana, other] = [await live.client(tokens.acme!), await live.client(tokens.acme!)];
    expect([ana.created.participant.name, other.created.participant.name]).toEqual(["Ana", "Ana (2)"]);
    expect(ana.created.participant.id).not.toBe(other.created.participant.id);
    other.send({ type: "input_text.line", line: "1", text: "As Ana?", speaker: ana.created.participant.id });
    expect((await ana.next("line.said")).speaker).toBe(other.created.participant.id);
    await Promise.all([ana.close(), other.close()]);
  });

  it("names and lines travel as data, and names without what nobody sees", async () => {
    const { tokens } = await live.room();
    const name = '<img src=x onerror="alert(1)">';
    const ana = await live.client(tokens.acme!, { name });
    const tricky = await live.client(tokens.beta!, { name: "Rui\u202Eevil\u0000\u200B  x" });
    expect(ana.created.participant.name).toBe(name);
    expect(tricky.created.participant.name).toBe("Ruievil x");
    ana.say("1", '</script><script>alert("1")</script>');
    expect((await tricky.next("line.said")).text).toBe('</script><script>alert("1")</script>');
    await Promise.all([ana.close(), tricky.close()]);
  });

  it("a second join, another's slot and a time that nobody proposed are refused", async () => {
    const { tokens } = await live.room();
    const ana = await live.client(tokens.acme!);
    ana.send({ type: "session.join", token: tokens.beta! });
    expect((await ana.next("error")).error.code).toBe("bad-message");
    const slot = { start: "2099-03-02T09:00:00Z", end: "2099-03-02T10:00:00Z" };
    ana.send({ type: "meeting.choose", slot });
    expect((await ana.next("error")).error.code).toBe("not-proposed");
    ana.send({ type: "input_audio_buffer.append", audio: "AAA=" });
    expect((await ana.next("error")).error.code).toBe("cannot-hear");
    ana.say("1", "Still here.");
    await ana.next("line.said");
    await ana.close();
  });

  it("a number of another room's events shows all of this one's", async () => {
    const { tokens } = await live.room();
    const ana = await live.client(tokens.acme!);
    ana.say("1", "One.");
    await ana.next("line.said");
    const again = await live.client(tokens.acme!, { after: 1_000_000 });
    expect((await again.next("line.said")).text).toBe("One.");
    await Promise.all([ana.close(), again.close()]);
  });
});

describe("garbage", () => {
  it("crashes nothing: 10,000 messages of every wrong kind, and the server still serves", async () => {
    await using target = await testLive({ limits: UNLIMITED });
    const { tokens } = await target.room();
    for (let round = 0; round < 50; round++) {
      const client = await target.client(tokens.acme!, { name: "G" });
      for (let index = 0; index < 200; index++) {
        client.socket.send(garbage(round * 200 + index));
        // Ten bad messages in a row would end the connection.
        if (index % 8 === 7) client.send({ type: "session.update" });
      }
      for (let index = 0; index < 25; index++) await client.next("session.updated");
      expect(client.messages.filter(({ type }) => type === "error")).toHaveLength(200);
      client.socket.terminate();
      const stranger = rawClient(target.server.url);
      await opened(stranger.socket);
      stranger.socket.send(garbage(round));
      expect(await stranger.closed).toBe(1008);
    }
    const [ana, rui] = [
      await target.client(tokens.acme!),
      await target.client(tokens.beta!, { name: "Rui" }),
    ];
    ana.say("1", "Still here.");
    await rui.next("line.final");
    expect((await fetch(`${target.server.url}/healthz`)).status).toBe(200);
  }, 60_000);

  it("a frame above the limit ends its connection only", async () => {
    const { tokens } = await live.room();
    const [ana, rui] = [await live.client(tokens.acme!), await live.client(tokens.beta!, { name: "Rui" })];
    ana.socket.send("x".repeat(700_000));
    expect(await ana.closed).toBe(1009);
    rui.say("1", "Still here.");
    await rui.next("line.said");
    await rui.close();
  });

  it("bad requests are answered as such", async () => {
    const { tokens } = await live.room();
    const post = (path: string, body: string, token?: string): Promise<Response> =>
      live.request(path, { method: "POST", body, ...(token !== undefined && { token }) });
    const bodies = ["", "{", "[]", "null", '{"title":1}', `{"title":"x","sides":[]}`, "[".repeat(100_000)];
    for (const body of bodies) {
      expect((await post("/api/live/rooms", body)).status, body.slice(0, 20)).toBe(400);
      expect((await post("/api/live/availability", body, tokens.acme!)).status).toBe(400);
    }
    expect((await post("/api/live/rooms", `"${"x".repeat(2_000_000)}"`)).status).toBe(413);
    const format = await live.request("/api/live/transcript?format=exe", { token: tokens.acme! });
    expect(format.status).toBe(400);
  });
});

describe("readers and senders out of step", () => {
  it("a reader that takes nothing slows nobody and keeps little in memory", async () => {
    await using target = await testLive({ limits: { ...UNLIMITED, readWithin: 60_000 } });
    const { tokens } = await target.room(plainRoom);
    const ana = await target.client(tokens.acme!, { mode: "steady" });
    const slow = await target.client(tokens.beta!, { name: "Slow", mode: "responsive" });
    slow.socket.pause();
    const text = "語".repeat(3_900);
    let most = 0;
    const times: number[] = [];
    for (let index = 0; index < 1_000; index++) {
      ana.send({ type: "input_text.partial", line: `${index}`, text });
      const start = performance.now();
      ana.say(`${index}`, `${index} ${text}`);
      await ana.next("line.said", ({ line }) => line === `${index}`);
      times.push(performance.now() - start);
      most = Math.max(most, target.mostWaiting());
    }
    // 12 MB were said and as much was shown before.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(64 * 1024);
    expect(times.sort((a, b) => a - b)[950]).toBeLessThan(100);
    expect(slow.messages.filter(({ type }) => type === "line.said").length).toBeLessThan(900);
    // When it reads again nothing that was said is missing.
    slow.socket.resume();
    await slow.next("line.said", ({ line }) => line === "999");
    expect(slow.messages.filter(({ type }) => type === "line.said")).toHaveLength(1_000);
    expect(slow.messages.filter(({ type }) => type === "input_transcript.delta").length).toBeLessThan(900);
  }, 60_000);

  it("a reader that takes nothing for too long is cut off", async () => {
    await using target = await testLive({ limits: { ...UNLIMITED, readWithin: 300 } });
    const { tokens } = await target.room(plainRoom);
    const [ana, slow] = [
      await target.client(tokens.acme!),
      await target.client(tokens.beta!, { name: "Slow" }),
    ];
    slow.socket.pause();
    for (let index = 0; index < 900; index++) ana.say(`${index}`, "語".repeat(3_900));
    await ana.next("line.said", ({ line }) => line === "899");
    await wait(600);
    slow.socket.resume();
    expect(await slow.closed).toBe(1006);
  }, 30_000);

  it("a connection that answers no ping is cut off, one that answers is not", async () => {
    const { tokens } = await live.room();
    const [ana, dead] = [await live.client(tokens.acme!), await live.client(tokens.beta!, { name: "Dead" })];
    dead.socket.pause();
    await wait(700);
    dead.socket.resume();
    expect(await dead.closed).toBe(1006);
    expect(ana.socket.readyState).toBe(ana.socket.OPEN);
    await ana.close();
  });

  it("a sender that is too fast waits, and loses nothing", async () => {
    await using target = await testLive({
      limits: { lines: { perSecond: 100, burst: 10 }, messages: { perSecond: 200, burst: 20 } },
    });
    const { tokens } = await target.room();
    const ana = await target.client(tokens.acme!);
    const start = performance.now();
    for (let index = 0; index < 60; index++) ana.say(`${index}`, `Line ${index}.`);
    await ana.next("line.said", ({ line }) => line === "59");
    expect(performance.now() - start).toBeGreaterThan(400);
    const lines = ana.messages.flatMap((each) => (each.type === "line.said" ? [Number(each.line)] : []));
    expect(lines).toEqual(Array.from({ length: 60 }, (_, index) => index));
  });
});

/** Random bytes, broken, deep and huge JSON, known types with wrong fields, and fields of the wrong type. */
function garbage(seed: number): string | Buffer {
  const kinds: readonly (() => string | Buffer)[] = [
    () => randomBytes(1 + (seed % 300)),
    () => randomBytes(1 + (seed % 300)).toString("latin1"),
    () => "[".repeat(1 + (seed % 20_000)),
    () => `${'{"type":'.repeat(1 + (seed % 5_000))}1${"}".repeat(1 + (seed % 5_000))}`,
    () => JSON.stringify({ type: "x".repeat(seed % 30_000) }),
    () => JSON.stringify({ type: "input_text.line", line: {}, text: [seed] }),
    () => JSON.stringify({ type: "input_text.line", line: "1", text: "x".repeat(5_000) }),
    () => JSON.stringify({ type: "session.session.update" }),
    () => JSON.stringify({ type: "session.update", language: "<script>", mode: 7 }),
    () => JSON.stringify({ type: "input_audio_buffer.append", audio: "%%%%" }),
    () => '{"__proto__":{"type":"session.close"},"type":"input_text.partial"}',
    () => '{"type":"meeting.choose","slot":{"start":"9999-99-99","end":null}}',
    () => '{"type":"session.join","token":{"toString":1},"after":-1}',
    () => "",
    () => "\ud800",
    () => "null",
  ];
  return kinds[seed % kinds.length]!();
}
