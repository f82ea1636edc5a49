import { describe, expect, it } from "vitest";
import { opened, rawClient, testEngine, testLive, testRoom } from "./live.fixture.ts";

describe("a call over real sockets", () => {
  it("carries lines both ways, each translated by the reader's own side", async () => {
    await using live = await testLive();
    const { tokens } = await live.room();
    const ana = await live.client(tokens.acme!, { name: "Ana" });
    const rui = await live.client(tokens.beta!, { name: "Rui", mode: "responsive" });
    expect(ana.created).toMatchObject({
      room: { title: "Call" },
      participant: {
        name: "Ana",
        side: "acme",
        organisation: "Acme",
        domain: "acme.example",
        language: "en",
      },
      engine: { id: "pseudo", isLocal: true },
      hears: false,
    });
    expect(ana.created.retention).toMatchObject({
      kind: "forever",
      text: expect.stringMatching(/until somebody deletes/),
    });
    expect(rui.created.retention).toMatchObject({
      kind: "days",
      days: 7,
      text: expect.stringMatching(/7 days after/),
    });
    expect(rui.created.participants.map(({ name }) => name)).toEqual(["Ana", "Rui"]);
    expect(
      await ana.next("participant.joined", ({ participant }) => participant.name === "Rui"),
    ).toBeDefined();

    ana.send({ type: "session.input_text.partial", line: "1", text: "We meet" });
    expect(await rui.next("input_transcript.delta")).toMatchObject({ speaker: ana.created.participant.id });
    ana.say("1", "We meet on Tuesday.");
    const said = await rui.next("line.said");
    expect(said).toMatchObject({ line: "1", language: "en", text: "We meet on Tuesday." });
    expect(await rui.next("line.final")).toMatchObject({ said: said.seq, language: "pt", engine: "pseudo" });
    // Who speaks English reads no translation of it, and nothing of Beta's engine.
    rui.say("1", "Até terça.");
    expect(await ana.next("line.final")).toMatchObject({ language: "en" });
    expect(ana.messages.filter(({ type }) => type === "line.final")).toHaveLength(1);
    expect(rui.messages.filter(({ type }) => type === "line.final")).toHaveLength(1);
  });

  it("goes on where a connection broke: the same person, nothing twice, nothing missed", async () => {
    await using live = await testLive();
    const { tokens } = await live.room();
    const ana = await live.client(tokens.acme!);
    const rui = await live.client(tokens.beta!, { name: "Rui" });
    ana.say("a", "One.");
    const { seq } = await ana.next("line.said");
    ana.socket.terminate();
    rui.say("b", "Dois.");
    await rui.next("line.said", ({ text }) => text === "Dois.");

    const { participantToken } = ana.created;
    const again = await live.client(tokens.acme!, { name: "Other", participantToken, after: seq });
    expect(again.created.participant).toEqual(ana.created.participant);
    again.say("a", "One.");
    again.say("c", "Three.");
    await again.next("line.said", ({ line }) => line === "c");
    const lines = again.messages.flatMap((each) => (each.type === "line.said" ? [each.line] : []));
    expect(lines).toEqual(["b", "c"]);
    // It came back in time: nobody was told that she left.
    expect(rui.messages.filter(({ type }) => type === "participant.left")).toEqual([]);
  });

  it("tells the others when somebody leaves, at once where it was meant and after a while otherwise", async () => {
    await using live = await testLive({ limits: { grace: 200 } });
    const { tokens } = await live.room();
    const rui = await live.client(tokens.beta!, { name: "Rui" });
    const [ana, eva] = [await live.client(tokens.acme!), await live.client(tokens.acme!, { name: "Eva" })];
    ana.send({ type: "session.close" });
    expect(await ana.closed).toBe(1000);
    expect(ana.messages.at(-1)).toEqual({ type: "session.closed" });
    expect((await rui.next("participant.left")).participant).toBe(ana.created.participant.id);
    eva.socket.terminate();
    expect((await rui.next("participant.left")).participant).toBe(eva.created.participant.id);
  });

  it("changes language and captions while the call goes on", async () => {
    await using live = await testLive();
    const { tokens } = await live.room();
    const [ana, rui] = [await live.client(tokens.acme!), await live.client(tokens.beta!, { name: "Rui" })];
    rui.send({ type: "session.update", language: "es", mode: "steady" });
    expect(await rui.next("session.updated")).toMatchObject({
      participant: { language: "es" },
      mode: "steady",
    });
    ana.say("1", "Hello.");
    expect(await rui.next("line.final")).toMatchObject({ language: "es" });
    // Nothing recognises speech in this server.
    expect(rui.messages.filter((each) => each.type === "session.updated")[0]).toMatchObject({ hears: false });
    rui.send({ type: "session.update", language: "not a language" });
    expect((await rui.next("error")).error).toMatchObject({ code: "bad-message" });
  });

  it("names the line that it refuses", async () => {
    await using live = await testLive();
    const { tokens } = await live.room();
    const ana = await live.client(tokens.acme!);
    ana.say("long", "x".repeat(4_001));
    expect(await ana.next("error")).toMatchObject({ error: { code: "bad-message" }, line: "long" });
    ana.say("blank", " \n\t ");
    expect(await ana.next("error")).toMatchObject({ line: "blank", fatal: false });
    ana.send({ type: "input_text.line", line: "y".repeat(65), text: "a" });
    expect(await ana.next("error")).not.toHaveProperty("line");
    ana.send({ type: "session.update", language: "?" });
    expect(await ana.next("error")).not.toHaveProperty("line");
  });

  it("closes the room for all, after what was being translated", async () => {
    await using live = await testLive();
    const { id, tokens } = await live.room();
    const [ana, rui] = [await live.client(tokens.acme!), await live.client(tokens.beta!, { name: "Rui" })];
    ana.say("1", "Last words.");
    await ana.next("line.said");
    expect((await live.request(`/api/live/rooms/${id}/close`, { method: "POST" })).status).toBe(204);
    expect(await rui.closed).toBe(1000);
    expect(rui.messages.map(({ type }) => type).slice(-3)).toEqual([
      "line.final",
      "room.closed",
      "session.closed",
    ]);
    expect(await ana.closed).toBe(1000);
    const late = rawClient(live.server.url);
    await opened(late.socket);
    late.send({ type: "session.join", token: tokens.acme! });
    expect(await late.next("error")).toMatchObject({ error: { code: "room-closed" }, fatal: true });
    expect(await late.closed).toBe(1008);
  });

  it("tells its clients when it ends, and goes on after a restart with all that was said", async () => {
    const first = await testLive();
    const { tokens } = await first.room();
    const ana = await first.client(tokens.acme!);
    ana.say("1", "Before.");
    const { seq } = await ana.next("line.said");
    await first.stop();
    expect(ana.messages.at(-1)).toEqual({ type: "session.closed" });
    expect(await ana.closed).toBe(1012);

    await using second = await testLive({ folder: first.folder });
    const rui = await second.client(tokens.beta!, { name: "Rui" });
    expect(await rui.next("line.final")).toMatchObject({ said: seq });
    const { participantToken } = ana.created;
    const again = await second.client(tokens.acme!, {
      after: seq,
      ...(participantToken && { participantToken }),
    });
    expect(again.created.participant.id).toBe(ana.created.participant.id);
    again.say("1", "Before.");
    again.say("2", "After.");
    expect(await rui.next("line.said", ({ line }) => line === "2")).toMatchObject({ text: "After." });
    expect(rui.messages.filter(({ type }) => type === "line.said")).toHaveLength(2);
  });

  it("opens an engine once for all rooms, and says so when one can't be opened", async () => {
    const opened: string[] = [];
    await using live = await testLive({
      openEngine: (spec) => {
        opened.push(spec);
        return testEngine(spec);
      },
    });
    const sides = [testRoom.sides[0], { ...testRoom.sides[1], engine: "broken:with/secret/path" }];
    const rooms = [await live.room(), await live.room(), await live.room({ sides })];
    for (const { tokens } of rooms) await live.client(tokens.acme!);
    expect(opened.filter((spec) => spec === "pseudo")).toHaveLength(1);
    const rui = await live.client(rooms[2]!.tokens.beta!, { name: "Rui" });
    expect(rui.created.engine).toEqual({ id: "broken", isLocal: false });
    const ana = await live.client(rooms[2]!.tokens.acme!);
    ana.say("1", "Hello.");
    const final = await rui.next("line.final");
    expect(final.tgt).toBeUndefined();
    expect(final.reason).toEqual({ code: "no-engine", text: expect.stringMatching(/\w/) });
  });
});
