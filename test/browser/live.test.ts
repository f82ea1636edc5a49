import { describe, expect, it } from "vitest";
import { bergamotOrPseudo, isBergamotHere } from "./bergamot-or-pseudo.fixture.ts";
import {
  finalLineWith,
  isChromiumHere,
  lineWith,
  liveCall,
  textOf,
  translationOf,
} from "./live-call.fixture.ts";
import { enter, write } from "./live-pages.fixture.ts";

const call = liveCall(bergamotOrPseudo);

describe.skipIf(!isChromiumHere)("the page of a live call", () => {
  it("shows each person what the other said in their own language, with the keyboard alone", async () => {
    const [ben, ana] = await call.benAndAna();
    await write(ben.page, "Good morning, the contract is ready.");
    await write(ana.page, "Obrigada. O preço é 4850 euros.");
    const forAna = await translationOf(ana.page, "Good morning, the contract is ready.");
    const forBen = await translationOf(ben.page, "Obrigada. O preço é 4850 euros.");
    if (isBergamotHere) {
      expect(forAna).toMatch(/contrato/iu);
      expect(forBen).toMatch(/price.*4850/iu);
    }
    expect(forAna).not.toBe("Good morning, the contract is ready.");
    expect(forBen).not.toBe("Obrigada. O preço é 4850 euros.");
    expect(await lineWith(ana.page, "Good morning").locator(".line-text").getAttribute("lang")).toBe("pt");
    expect(await textOf(ben.page.locator(".line.mine .line-text"))).toBe(
      "Good morning, the contract is ready.",
    );
    expect(await textOf(ben.page.locator(".line-meta").last())).toContain("Beta");
    expect(await ana.page.title()).toBe("Tradução ao vivo");
    expect(await ana.page.getByText("apagada 7 dias depois do fim").count()).toBe(1);
  });

  it("asks nobody but its own server, complains of nothing, and keeps the link's token to itself", async () => {
    const [ben, ana] = await call.benAndAna();
    await write(ben.page, "Hello");
    await translationOf(ana.page, "Hello");
    const { origin, host } = new URL(call.live.server.url);
    for (const { page, asked, complaints } of [ben, ana]) {
      expect(complaints).toEqual([]);
      expect(asked.length).toBeGreaterThan(3);
      expect(asked.filter((url) => new URL(url).origin !== origin && new URL(url).host !== host)).toEqual([]);
      const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
      for (const token of call.tokens) {
        expect(asked.filter((url) => url.replace(/#.*$/u, "").includes(token))).toEqual([]);
        expect(stored).not.toContain(token);
      }
    }
  });

  it("loses nothing when it is loaded anew: lines, who I am, and the words in the box", async () => {
    const [ben, ana] = await call.benAndAna();
    await write(ben.page, "One.");
    await write(ana.page, "Dois.");
    await translationOf(ben.page, "Dois.");
    await ben.page.keyboard.type("half a thou");
    await ben.page.reload();
    await translationOf(ben.page, "Dois.");
    await write(ana.page, "Três.");
    await translationOf(ben.page, "Três.");
    expect(await ben.page.locator(".composer textarea").inputValue()).toBe("half a thou");
    expect(await ben.page.locator(".line").count()).toBe(3);
    expect(await textOf(ben.page.locator(".line.mine"))).toContain("One.");
    expect(await ana.page.locator(".people li").count()).toBe(2);
  });

  it("sends a line that no server took when there is one again, once, also after a reload", async () => {
    const ben = await call.person({ locale: "en-GB", expected: /WebSocket|ERR_CONNECTION/u });
    let swallows = true;
    await ben.page.routeWebSocket(/socket$/u, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        if (!(swallows && String(message).includes("input_text.line"))) server.send(message);
      });
    });
    await enter(ben.page, call.links.en, "Ben");
    await write(ben.page, "Swallowed.");
    await ben.page.getByText("Sending").waitFor();
    swallows = false;
    await ben.page.reload();
    await finalLineWith(ben.page, "Swallowed.").waitFor();

    const port = Number(new URL(call.live.server.url).port);
    await call.live.stop();
    await ben.page.getByText("Connection lost").waitFor();
    await write(ben.page, "Written in the dark.");
    await ben.page.getByText("Will be sent when the connection is back").waitFor();
    call.live = await call.openLive({ folder: call.live.folder, port });
    await finalLineWith(ben.page, "Written in the dark.").waitFor();
    expect(await ben.page.locator(".line").count()).toBe(2);
    expect(await ben.page.getByText("Connection lost").count()).toBe(0);
  });

  it("keeps its captions where they are, whatever comes", async () => {
    const [ben, ana] = await call.benAndAna();
    const box = () => ana.page.locator(".captions").boundingBox();
    const before = await box();
    for (let count = 1; count <= 12; count += 1) await write(ben.page, `Line number ${count}.`);
    await translationOf(ana.page, "Line number 12.");
    expect(await box()).toEqual(before);
    const newest = await lineWith(ana.page, "Line number 12.").boundingBox();
    expect(newest!.y + newest!.height).toBeLessThanOrEqual(before!.y + before!.height);
    // Whoever reads older lines is left there.
    const pane = ana.page.locator(".captions-scroll");
    await pane.focus();
    await ana.page.keyboard.press("Home");
    await ana.page.getByRole("button", { name: "Linhas mais recentes" }).waitFor();
    await write(ben.page, "Line number 13.");
    await translationOf(ana.page, "Line number 13.");
    expect(await pane.evaluate(({ scrollTop }) => scrollTop)).toBe(0);
    await ana.page.getByRole("button", { name: "Linhas mais recentes" }).press("Enter");
    await ana.page.getByRole("button", { name: "Linhas mais recentes" }).waitFor({ state: "detached" });
  });

  it("shows words while they are typed where their author wants it, dimmed while they may change", async () => {
    const [ben, ana] = await call.benAndAna();
    await ana.page.getByLabel("Legendas", { exact: true }).selectOption("responsive");
    await ben.page.getByLabel("Show the others what I am typing").press("Space");
    await ben.page.locator(".composer textarea").focus();
    await ben.page.keyboard.type("The train leaves at nine tomorrow", { delay: 60 });
    const draft = ana.page.locator(".line[data-final=false] .line-original");
    await draft.filter({ hasText: "The train leaves" }).waitFor();
    await ana.page.locator(".line[data-final=false] .tail").first().waitFor();
    expect(await ben.page.locator(".line").count()).toBe(0);
    const said = await textOf(ana.page.locator("[aria-live=polite]"));
    expect(said).toBe("");
    await ben.page.keyboard.press("Enter");
    const translated = await translationOf(ana.page, "The train leaves at nine tomorrow");
    expect(await ana.page.locator(".line").count()).toBe(1);
    expect(await ana.page.locator(".tail").count()).toBe(0);
    await ana.page.locator("[aria-live=polite] p").waitFor();
    expect(await textOf(ana.page.locator("[aria-live=polite]"))).toBe(`Ben: ${translated}`);
    expect(await textOf(ben.page.locator("[aria-live=polite]"))).toBe("");
  });

  it("shows text as text, whatever it looks like", async () => {
    const [ben, ana] = await call.benAndAna();
    const text = '<img src=x onerror="document.title=1"><script>document.title=2</script> & <b>bold</b>';
    await write(ben.page, text);
    await finalLineWith(ana.page, "onerror").waitFor();
    expect(await textOf(ben.page.locator(".line.mine .line-text"))).toBe(text);
    expect(await textOf(ana.page.locator(".line-original"))).toContain(text);
    for (const { page } of [ben, ana]) {
      expect(await page.locator(".captions :is(img, script, b)").count()).toBe(0);
      expect(await page.title()).not.toMatch(/[12]/u);
    }
  });
});
