import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { pseudoEngine } from "../../src/models/translation/pseudo.ts";
import type { TranslationEngine } from "../../src/models/translation/translation-engine.ts";
import { isChromiumHere, liveCall, textOf, translationOf } from "./live-call.fixture.ts";
import { enter, write } from "./live-pages.fixture.ts";
import { pageFaults, tabStops } from "./page-faults.fixture.ts";

const call = liveCall(pseudoEngine);

describe.skipIf(!isChromiumHere)("around the lines, the page of a live call", () => {
  it("finds a time for both from calendars that never leave the browser", async () => {
    const [ben, ana] = await call.benAndAna();
    const posted: string[] = [];
    ben.page.on("request", (request) => {
      if (request.url().endsWith("/availability")) posted.push(request.postData() ?? "");
    });
    const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
    const calendar = [
      ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", "BEGIN:VEVENT", "UID:1", "SUMMARY:Secret merger"],
      ...[
        "LOCATION:Porto",
        `DTSTART:${day}T100000Z`,
        `DTEND:${day}T110000Z`,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
      ],
    ].join("\r\n");
    await ben.page
      .locator("input[type=file]")
      .setInputFiles({ name: "work.ics", mimeType: "text/calendar", buffer: Buffer.from(calendar) });
    await ben.page.getByText("Busy times in the next two weeks: 1").waitFor();
    await ben.page.getByRole("button", { name: "Send my busy times" }).press("Enter");
    await ben.page.getByText("when everyone has sent theirs").waitFor();
    expect(posted).toHaveLength(1);
    expect(posted[0]).not.toMatch(/secret|porto/iu);
    expect(JSON.parse(posted[0]!)).toMatchObject({ timeZone: "Europe/Lisbon", durationMinutes: 30 });
    expect(JSON.parse(posted[0]!).busy).toHaveLength(1);

    await ana.page.getByRole("button", { name: "Enviar as minhas horas ocupadas" }).press("Enter");
    await ben.page.getByRole("radio").first().press("Space");
    const label = await textOf(ben.page.locator(".fui-Radio label").first());
    await ben.page.getByRole("button", { name: "Choose this time" }).press("Enter");
    expect(await textOf(ben.page.locator(".chosen-time"))).toBe(label);
    const download = ana.page.waitForEvent("download");
    await ana.page.getByRole("button", { name: /\.ics/u }).filter({ hasText: "convite" }).press("Enter");
    const text = await readFile(await (await download).path(), "utf8");
    expect(text).toMatch(/^BEGIN:VCALENDAR[\s\S]*SUMMARY:Harvest contract/u);
  });

  it("saves the transcript in each form", async () => {
    const [ben, ana] = await call.benAndAna();
    await write(ben.page, "Hello");
    await translationOf(ana.page, "Hello");
    const forms = {
      "Word document": "docx",
      "Captions (WebVTT)": "vtt",
      "Translation memory (TMX)": "tmx",
      "Plain text": "txt",
    };
    for (const [name, ending] of Object.entries(forms)) {
      const download = ben.page.waitForEvent("download");
      await ben.page.getByRole("button", { name: `Download as ${name}` }).press("Enter");
      const file = await download;
      expect(file.suggestedFilename()).toBe(`transcript.${ending}`);
      expect((await readFile(await file.path())).length).toBeGreaterThan(0);
    }
  });

  it("hears, and says plainly when it may not", async () => {
    const refused = await call.person({ locale: "en-GB" });
    await enter(refused.page, call.links.en, "Ben");
    await refused.page.getByRole("button", { name: "Speak", exact: true }).press("Enter");
    await refused.page.getByText("The microphone is not allowed for this page").waitFor();

    const heard = await call.person({ locale: "en-GB", permissions: ["microphone"] });
    await enter(heard.page, call.links.en, "Cara");
    await heard.page.getByRole("button", { name: "Speak", exact: true }).press("Enter");
    await heard.page.getByText("Listening").waitFor();
    await heard.page.waitForTimeout(1_500);
    await heard.page.getByRole("button", { name: "Stop speaking" }).press("Enter");
    const said = await textOf(heard.page.locator(".line.mine .line-text"));
    // A second of sound at the least and three at the most, at 16 kHz, and not silence.
    const [, samples, loudest] = /heard (\d+) samples, the loudest (\d+)/u.exec(said) ?? [];
    expect(Number(samples)).toBeGreaterThan(14_000);
    expect(Number(samples)).toBeLessThan(64_000);
    expect(Number(loudest)).toBeGreaterThan(500);
    expect(heard.complaints).toEqual([]);
  });

  it("says what is wrong with a link, and when a call is over", async () => {
    const lost = await call.person({ locale: "en-GB" });
    await lost.page.goto(`${call.live.server.url}/live/`);
    await lost.page.getByRole("heading", { name: "This link is not whole" }).waitFor();
    await enter(lost.page, call.links.en, "Ben");
    const rooms = (await (await call.live.request("/api/live/rooms")).json()) as { rooms: { id: string }[] };
    await call.live.request(`/api/live/rooms/${rooms.rooms[0]!.id}/close`, { method: "POST" });
    await lost.page.getByText("This conversation is over.").waitFor();
    await lost.page.reload();
    await lost.page.getByText("this call is over").waitFor();
    expect(await lost.page.getByRole("button", { name: "Download as Word document" }).count()).toBe(1);

    const stranger = await call.person({ locale: "pt-PT" });
    await stranger.page.goto(`${call.live.server.url}/live/#not-a-token`);
    await stranger.page.getByText("Este endereço não leva a nenhuma sala").waitFor();
    expect(await pageFaults(stranger.page)).toEqual([]);
  });

  it("is small: at most 200 kB come before it can be used", async () => {
    const html = await readFile(join(call.folder, "index.html"), "utf8");
    const first = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/gu)].map(([, path]) => path!);
    expect(first.length).toBeGreaterThanOrEqual(2);
    const sizes = await Promise.all(
      first.map(async (path) => gzipSync(await readFile(join(call.folder, path))).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000);
    const files = await readdir(call.folder, { recursive: true });
    expect(files.filter((name) => /\.(woff2?|ttf|map)$/u.test(name))).toEqual([]);
  });

  it("marks a line that has to be checked, for eyes, keyboard and ears", async () => {
    const forgetful: TranslationEngine = {
      ...pseudoEngine(),
      translate: async ({ items }) => ({
        items: items.map(({ id, text }) => ({ id, text: text.replaceAll(/\d/gu, "") })),
        failed: [],
      }),
    };
    await call.live.stop();
    const port = Number(new URL(call.live.server.url).port);
    call.live = await call.openLive({ folder: call.live.folder, port, openEngine: async () => forgetful });
    const [ben, ana] = await call.benAndAna();
    await write(ben.page, "The price is 4850 euros.");
    const mark = ana.page.getByRole("button", { name: /^A verificar: .*4850/u });
    await mark.waitFor();
    expect(await ana.page.getByRole("tooltip").count()).toBe(0);
    await ana.page.keyboard.press("Shift+Tab");
    await mark.focus();
    await ana.page.getByRole("tooltip").filter({ hasText: "4850" }).waitFor();
    expect(await ana.page.locator(".composer").isVisible()).toBe(true);
    expect(await pageFaults(ana.page)).toEqual([]);
    expect(await ben.page.getByRole("button", { name: /^To be checked/u }).count()).toBe(0);
  });

  it("can be walked through with Tab alone, and shows where one is", async () => {
    const [ben] = await call.benAndAna();
    await ben.page.locator(".captions-scroll").focus();
    // More than the page has; each part of a time is a stop of its own.
    const stops = await tabStops(ben.page, 80);
    expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
    expect(stops.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...["Write a line", "Speak", "Pick calendar files", "Monday", "Send my busy times"],
        ...["Download as Word document", "Captions", "Your language", "Appearance", "Show the original"],
      ]),
    );
  });
});
