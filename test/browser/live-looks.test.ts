import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RoomList } from "../../src/apps/server/protocol/live-requests.ts";
import { bergamotOrPseudo } from "./bergamot-or-pseudo.fixture.ts";
import { finalLineWith, isChromiumHere, lineWith, liveCall } from "./live-call.fixture.ts";
import { enter, write } from "./live-pages.fixture.ts";
import { pageFaults } from "./page-faults.fixture.ts";

const call = liveCall(bergamotOrPseudo);

const sizes = { phone: [360, 740], pane: [350, 600], desktop: [1280, 800] } as const;
const looks = { light: ["en-GB", "light"], dark: ["pt-PT", "dark"], rtl: ["ar-EG", "light"] } as const;

describe.skipIf(!isChromiumHere)("the page of a live call, looked at", () => {
  let folder: string;
  beforeAll(async () => {
    folder = process.env.TANDEM_SCREENSHOTS ?? (await mkdtemp(join(tmpdir(), "tandem-shots-")));
  });
  afterAll(async () => {
    if (process.env.TANDEM_SCREENSHOTS === undefined) await rm(folder, { recursive: true, force: true });
  });

  for (const [size, [width, height]] of Object.entries(sizes)) {
    for (const [look, [locale, colorScheme]] of Object.entries(looks)) {
      it(`has no faults on a ${size}, ${look}`, async () => {
        const ben = await call.person({ locale: "en-GB" });
        await enter(ben.page, call.links.en, "Ben Carter");
        const { page } = await call.person({ locale, colorScheme, viewport: { width, height } });
        const shot = (name: string) => page.screenshot({ path: join(folder, `${name}-${size}-${look}.png`) });
        await page.goto(call.links.pt);
        await page.getByRole("heading", { name: "Harvest contract" }).waitFor();
        expect(await page.getByRole("combobox").first().inputValue()).toBe("pt");
        expect(await pageFaults(page)).toEqual([]);
        await shot("join");
        await enter(page, call.links.pt, "Ana Sousa");
        await write(ben.page, "Good morning. Thank you for taking the time to speak with us.");
        await write(page, "Bom dia! Recebemos a vossa proposta de 12 de março.");
        await write(
          ben.page,
          "The price is 4,850.00 euros a pallet, delivered to the port before the end of April.",
        );
        await lineWith(page, "4,850.00").locator(".line-text:not(.waiting)").waitFor();
        await finalLineWith(page, "Bom dia!").waitFor();
        expect(await pageFaults(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.dir)).toBe(look === "rtl" ? "rtl" : "ltr");
        await shot("room");
        if (size === "desktop") return;
        await page.locator(".aside-toggle").press("Enter");
        expect(await pageFaults(page)).toEqual([]);
        await shot("aside");
      });
    }
  }

  for (const [size, look] of [
    ["phone", "rtl"],
    ["pane", "dark"],
    ["desktop", "light"],
  ] as const) {
    it(`has no faults when a meeting is chosen, the connection lost, the room closed, on a ${size}`, async () => {
      const [[width, height], [locale, colorScheme]] = [sizes[size], looks[look]];
      const { page } = await call.person({ locale, colorScheme, viewport: { width, height } });
      const shot = (name: string) => page.screenshot({ path: join(folder, `${name}-${size}-${look}.png`) });
      await enter(page, call.links.pt, "Ana Sousa");
      await write(page, "Bom dia!");
      await finalLineWith(page, "Bom dia!").waitFor();
      for (const token of call.tokens)
        await call.live.request("/api/live/availability", {
          ...{ method: "POST", token },
          body: JSON.stringify({ busy: [], timeZone: "Europe/Lisbon" }),
        });
      const toggle = page.locator(".aside-toggle");
      if (size !== "desktop") await toggle.press("Enter");
      await page.getByRole("radio").first().check();
      await page.locator(".panel").first().locator("button:not([disabled])").first().press("Enter");
      await page.locator(".chosen").waitFor();
      expect(await pageFaults(page)).toEqual([]);
      await shot("chosen");
      if (size !== "desktop") await toggle.press("Enter");

      await call.live.stop();
      await page.locator(".dot.waiting").waitFor();
      await write(page, "Está aí alguém?");
      expect(await pageFaults(page)).toEqual([]);
      await shot("lost");

      const port = Number(new URL(call.live.server.url).port);
      call.live = await call.openLive({ folder: call.live.folder, port });
      await page.locator(".dot.open").waitFor();
      const { rooms } = (await (await call.live.request("/api/live/rooms")).json()) as RoomList;
      await call.live.request(`/api/live/rooms/${rooms[0]!.id}/close`, { method: "POST" });
      await page.locator(".dot.ended").waitFor();
      expect(await pageFaults(page)).toEqual([]);
      await shot("closed");

      const late = await call.person({ locale, colorScheme, viewport: { width, height } });
      await late.page.goto(call.links.pt);
      await late.page.getByRole("alert").waitFor();
      expect(await late.page.getByRole("heading", { name: "Harvest contract" }).count()).toBe(1);
      expect(await pageFaults(late.page)).toEqual([]);
      await late.page.screenshot({ path: join(folder, `late-${size}-${look}.png`) });
    });
  }
});
