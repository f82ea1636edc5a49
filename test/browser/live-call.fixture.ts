import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type TestLive, type TestLiveOptions, testLive } from "../../src/apps/server/live/live.fixture.ts";
import type { TranslationEngine } from "../../src/models/translation/translation-engine.ts";
import { proposeSlots } from "../../src/tasks/slots/propose-slots.ts";
import { countingRecogniser } from "./counting-recogniser.fixture.ts";
import {
  type BuiltPage,
  buildPage,
  enter,
  findChromium,
  openBrowser,
  openPerson,
  type Person,
  type PersonOptions,
} from "./live-pages.fixture.ts";

const chromiumPath = findChromium();

/** False where no browser is; the tests are skipped then. */
export const isChromiumHere: boolean = chromiumPath !== undefined;
if (!isChromiumHere) console.warn("The page of live calls is not tested: there is no Chromium here.");

type PersonChoice = Omit<PersonOptions, "browser">;

/** A server with the built page and a room of Acme (en) and Beta (pt); new for each test. */
export type LiveCall = {
  live: TestLive;
  folder: string;
  links: { readonly en: string; readonly pt: string };
  tokens: readonly string[];
  person(options?: PersonChoice): Promise<Person>;
  /** Ben of Acme and Ana of Beta, in the room. */
  benAndAna(): Promise<[Person, Person]>;
  /** Another server, such as one at the same port and folder. */
  openLive(options?: TestLiveOptions): Promise<TestLive>;
};

/** Registers what is done before and after each test; the call is filled in by then. */
export function liveCall(openEngine: () => TranslationEngine): LiveCall {
  let browser: Browser;
  let built: BuiltPage;
  let engine: TranslationEngine;
  let people: Person[] = [];
  const call = {
    async person(options: PersonChoice = {}) {
      const opened = await openPerson({ browser, ...options });
      people.push(opened);
      return opened;
    },
    async benAndAna() {
      const [ben, ana] = [await call.person({ locale: "en-GB" }), await call.person({ locale: "pt-PT" })];
      await enter(ben.page, call.links.en, "Ben");
      await enter(ana.page, call.links.pt, "Ana");
      return [ben, ana];
    },
    openLive: (options: TestLiveOptions = {}) =>
      testLive({
        webFolder: built.folder,
        // One for all servers, which therefore do not end it.
        openEngine: async () => ({ ...engine, [Symbol.asyncDispose]: async () => {} }),
        openRecogniser: async () => countingRecogniser(),
        proposeSlots,
        ...options,
      }),
  } as LiveCall;

  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    [browser, built] = await Promise.all([openBrowser(chromiumPath), buildPage()]);
    engine = openEngine();
    call.folder = built.folder;
  });
  afterAll(async () => {
    await browser?.close();
    await built?.[Symbol.asyncDispose]();
    await engine?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    if (!isChromiumHere) return;
    call.live = await call.openLive();
    const { tokens } = await call.live.room({ title: "Harvest contract" });
    const link = (side: string): string => `${call.live.server.url}/live/#${tokens[side]}`;
    call.tokens = Object.values(tokens);
    call.links = { en: link("acme"), pt: link("beta") };
  });
  afterEach(async () => {
    if (!isChromiumHere) return;
    await Promise.all(people.map(({ page }) => page.context().close()));
    people = [];
    await call.live[Symbol.asyncDispose]();
  });
  return call;
}

/** The line that holds this text, in whatever state. */
export const lineWith = (page: Page, text: string): Locator => page.locator(".line", { hasText: text });

/** The same when nothing about it will change. */
export const finalLineWith = (page: Page, text: string): Locator =>
  lineWith(page, text).and(page.locator("[data-final=true]"));

export const textOf = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? "";

/** The translation of the line that holds this original, when it has come. */
export const translationOf = (page: Page, original: string): Promise<string> =>
  textOf(finalLineWith(page, original).locator(".line-text"));
