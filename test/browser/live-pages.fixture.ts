import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

/** The system's browser; undefined where there is none. `CHROMIUM` names another one. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env.CHROMIUM, ...found].find((path) => path !== undefined && existsSync(path));
}

export const openBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--use-fake-device-for-media-stream"],
  });

export type BuiltPage = AsyncDisposable & { readonly folder: string };

/** Builds the page as it is now, beside and not into `dist`. */
export async function buildPage(): Promise<BuiltPage> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-web-"));
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const config = join(root, "web/vite.config.ts");
  // A process of its own: under the tests' NODE_ENV the page would be React's slow and talkative one.
  await run(
    process.execPath,
    [vite, "build", "--config", config, "--outDir", folder, "--logLevel", "error"],
    {
      env: { ...process.env, NODE_ENV: "production" },
    },
  );
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

export type Person = {
  readonly page: Page;
  /** Everything that the page asked for, sockets included. */
  readonly asked: string[];
  /** Errors and warnings of the page, refusals of the security policy among them. */
  readonly complaints: string[];
};

export type PersonOptions = BrowserContextOptions & {
  readonly browser: Browser;
  /** Other errors that a test provokes on purpose, such as a lost connection. */
  readonly expected?: RegExp;
};

/** A person with a browser of their own. */
export async function openPerson({ browser, expected, ...options }: PersonOptions): Promise<Person> {
  const context = await browser.newContext({
    timezoneId: "Europe/Lisbon",
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => void asked.push(request.url()));
  page.on("websocket", (socket) => void asked.push(socket.url()));
  page.on("pageerror", (error) => void complaints.push(error.message));
  page.on("console", (message) => {
    const isBad = message.type() === "error" || message.type() === "warning";
    if (isBad && !expected?.test(message.text())) complaints.push(message.text());
  });
  return { page, asked, complaints };
}

/** Fills in the form and enters, with the keyboard alone. */
export async function enter(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("textbox").first().waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await page.locator(".dot.open").waitFor();
}

/** Writes a line as a person does. */
export async function write(page: Page, text: string): Promise<void> {
  await page.locator(".composer textarea").focus();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}
