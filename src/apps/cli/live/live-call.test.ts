import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSherpaRecogniser } from "../../../models/speech/sherpa-onnx/sherpa-recogniser.ts";
import { writeTinyCtc } from "../../../models/speech/sherpa-onnx/tiny-onnx.fixture.ts";
import { writeWav } from "../../../models/speech/wav.ts";
import { ROOM_KEY, testLive } from "../../server/live/live.fixture.ts";
import type { CreateRoomAnswer } from "../../server/protocol/live-requests.ts";
import { testWorld } from "../cli-io.fixture.ts";
import { runCli } from "../main.ts";
import { everything, LIMITS, links, run, texts, transcript } from "./live-call.fixture.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tandem-call-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a call from the command line", () => {
  it("is opened with the room key, joined by two sides, and read by each in its language", async () => {
    await using live = await testLive();
    const sides = [
      "--side",
      "Acme:acme.example:en",
      "--side",
      "Beta:pt",
      "--engine",
      "Acme=pseudo",
      "--engine",
      "Beta=pseudo",
    ];
    const opened = await run(
      [
        "open",
        "--title",
        "Delivery",
        ...sides,
        "--retention",
        "Beta=until-closed",
        "--server",
        live.server.url,
        "--json",
      ],
      { env: { TANDEM_ROOM_KEY: ROOM_KEY } },
    );
    expect(opened.code).toBe(0);
    const answer = JSON.parse(opened.out) as CreateRoomAnswer;
    expect(answer.links.map(({ side }) => side)).toEqual(["acme", "beta"]);
    const [acme, beta] = answer.links.map(({ url }) => url) as [string, string];

    const typed = await run(["join", acme, "--name", "Ada"], { stdin: "We meet on Tuesday.\n\nAt ten.\n" });
    expect(typed.code).toBe(0);
    expect(typed.out).toContain("Ada (Acme): We meet on Tuesday.\nAda (Acme): At ten.\n");
    const read = await run(["join", beta, "--name", "Rui"], { stdin: "Combinado.\n" });
    expect(read.out).toContain("you are Rui (Beta), pt; translated by pseudo, on its own machine.");
    expect(read.out).toMatch(/Ada \(Acme\): «Wé .*»\n {4}We meet on Tuesday\.\n/);
    expect(read.out).toContain("Rui (Beta): Combinado.");

    const starts: Readonly<Record<string, string>> = {
      docx: "PK",
      vtt: "WEBVTT",
      tmx: "<?xml",
      txt: "",
      json: "{",
    };
    for (const [ending, start] of Object.entries(starts)) {
      const name = path.join(folder, `call.${ending}`);
      expect(await run(["transcript", acme, "-o", name])).toMatchObject({ code: 0 });
      expect((await readFile(name, "latin1")).startsWith(start)).toBe(true);
    }
    expect(await readFile(path.join(folder, "call.txt"), "utf8")).toContain("We meet on Tuesday.");
    const world = await testWorld({ env: { TANDEM_DATA: folder } });
    const minutes = ["minutes", path.join(folder, "call.txt"), "-o", path.join(folder, "minutes.docx")];
    expect([await runCli(minutes, world.io), world.err()]).toEqual([0, expect.any(String)]);
    await rm(world.folder, { recursive: true, force: true });
  });

  it("refuses what cannot work, and says what to do", async () => {
    await using live = await testLive();
    const [acme] = await links(live);
    const server = ["--server", live.server.url, "--title", "T"];
    expect(await run(["open", ...server, "--side", "Acme:en"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("TANDEM_ROOM_KEY"),
    });
    expect(await run(["open", ...server, "--side", "Acme:en", "--key", "wrong"])).toMatchObject({
      code: 5,
      err: expect.stringContaining("room key"),
    });
    expect(await run(["open", ...server, "--side", "Acme", "--key", "k"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("is not a side"),
    });
    expect(await run(["open", ...server, "--side", "Acme:a b:en", "--key", "k"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("in --side Acme:a b:en"),
    });
    expect(
      await run(["open", ...server, "--side", "Acme:en", "--engine", "Beta=echo", "--key", "k"]),
    ).toMatchObject({ code: 2 });
    expect(await run(["join", "https://example.com/"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("not a join link"),
    });
    const bad = await run(["join", acme.replace(/#.*/, "#not-a-token-of-theirs")]);
    expect(bad).toMatchObject({ code: 5, err: expect.stringContaining("this link leads to no room") });
    expect(bad.err).not.toContain("not-a-token");
    expect(await run(["join", acme, "--audio", "none.wav"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("nothing recognises speech"),
    });
    expect(await run(["transcript", acme, "-o", "call.pdf"])).toMatchObject({
      code: 2,
      err: expect.stringContaining(".docx"),
    });
    const gone = acme.replace(/:\d+/, ":1");
    expect(await run(["transcript", gone, "-o", "-", "--format", "txt"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("cannot be reached"),
    });
    expect(await run([])).toMatchObject({ code: 2 });
  });

  it("says audio that is recognised here, or by the server where it hears", async () => {
    const model = path.join(folder, "model");
    await writeTinyCtc(model);
    const silence = new Int16Array(16_000);
    const noise = Int16Array.from({ length: 16_000 }, (_, index) => ((index * 7_919) % 16_001) - 8_000);
    const wav = path.join(folder, "call.wav");
    await writeFile(wav, writeWav(Int16Array.from([...silence, ...noise, ...silence, ...noise, ...silence])));
    await using live = await testLive({
      openRecogniser: () => openSherpaRecogniser(model),
      limits: { audioSeconds: { perSecond: 100, burst: 100 } },
    });
    const [acme] = await links(live);
    const here = await run([
      "join",
      acme,
      "--name",
      "Ada",
      "--audio",
      wav,
      "--speech",
      `sherpa:${model}`,
      "--speed",
      "50",
    ]);
    expect(here).toMatchObject({ code: 0, err: expect.stringContaining("on this machine") });
    expect(here.out.match(/^Ada \(Acme\): la/gm)).toHaveLength(2);
    const there = await run(["join", acme, "--name", "Bob", "--audio", wav, "--speed", "50"]);
    expect(there.err).toContain("the audio goes there");
    await expect.poll(async () => texts(await everything(acme)).length, { timeout: 10_000 }).toBe(4);

    const local = await run([
      "--local",
      "--from",
      "en",
      "--to",
      "pt",
      "--engine",
      "pseudo",
      "--audio",
      wav,
      "--speech",
      `sherpa:${model}`,
      "--speed",
      "50",
    ]);
    expect(local.out.match(/^«/gm)).toHaveLength(2);
  }, 60_000);

  it("needs no server for oneself", async () => {
    const options = ["--local", "--from", "en", "--to", "pt", "--engine", "pseudo"];
    const { code, out } = await run(options, { stdin: "Good morning.\r\n\nUntil Friday." });
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toEqual([
      expect.stringMatching(/^«Góóđ|^«G/),
      expect.stringMatching(/^«/),
    ]);
    const json = await run([...options, "--json"], { stdin: "Hello.\n" });
    const kinds = json.out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).toEqual([
      "participant-joined",
      "participant-joined",
      "line-said",
      "line-translated",
      "room-closed",
    ]);
  });

  it("is played from a transcript by its speakers, once however often it is played", async () => {
    await using live = await testLive({ limits: LIMITS });
    const [acme, beta] = await links(live);
    const vtt = path.join(folder, "short.vtt");
    await writeFile(vtt, transcript(6));
    const data = await mkdtemp(path.join(folder, "play-"));
    const play = () => run(["play", vtt, acme, beta, "--speed", "50", "--partials"], { data });
    expect(await play()).toMatchObject({
      code: 0,
      err: expect.stringContaining("said 6 lines as 2 speakers"),
    });
    expect(await play()).toMatchObject({ code: 0 });
    const messages = await everything(acme);
    expect(texts(messages)).toEqual(
      Array.from({ length: 6 }, (_, index) => `Line number ${index} of the call.`),
    );
    const people = messages.flatMap((message) =>
      message.type === "participant.joined"
        ? [`${message.participant.name} ${message.participant.side}`]
        : [],
    );
    expect(new Set(people)).toEqual(new Set(["Ada acme", "Rui beta", "Checker acme"]));
  });

  it("keeps what it remembers to itself, and forgets a call that is over", async () => {
    await using live = await testLive();
    const { id, tokens } = await live.room();
    const link = `${live.server.url}/live/#${tokens.acme}`;
    const data = await mkdtemp(path.join(folder, "mode-"));
    await run(["join", link], { data, stdin: "One.\n" });
    const [name] = await readdir(path.join(data, "live-calls"));
    const { mode } = await stat(path.join(data, "live-calls", name!));
    expect(mode & 0o077).toBe(0);
    expect(await readFile(path.join(data, "live-calls", name!), "utf8")).not.toContain(tokens.acme!);
    const again = await run(["join", link], { data, stdin: "Two.\n" });
    expect(again.out).not.toContain("One.");
    const waiting = run(["join", link, "--stay"], { data });
    await expect.poll(() => live.log().match(/"joined"/g)?.length).toBe(3);
    await live.request(`/api/live/rooms/${id}/close`, { method: "POST" });
    expect(await waiting).toMatchObject({ code: 0, out: expect.stringContaining("the call is over") });
    expect(await readdir(path.join(data, "live-calls"))).toEqual([]);
  });
});
