import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, createDocument, openFile, paragraphText, trackedChanges } from "../src/files/index.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");
const node = process.execPath;
// npm is a script there.
const shell = process.platform === "win32";

let work: string;
let packed: string;
let stranger: string;
let whyNotInstalled: string | undefined;

/** A copy is built and packed, so that the working tree's own `dist` is left alone while other tests run. */
async function pack(): Promise<string> {
  const copy = join(work, "source");
  await mkdir(copy);
  const wanted = [
    "bin",
    "src",
    "web",
    "scripts",
    "templates",
    "schemas",
    "package.json",
    "README.md",
    "LICENSE",
    "tsconfig.json",
    "tsconfig.build.json",
  ];
  await Promise.all(wanted.map((name) => cp(join(root, name), join(copy, name), { recursive: true })));
  await symlink(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  await run("npm", ["run", "build"], { cwd: copy, shell });
  await run("npm", ["pack", "--ignore-scripts", "--pack-destination", work], { cwd: copy, shell });
  const name = (await readdir(work)).find((each) => each.endsWith(".tgz"));
  if (name === undefined) throw new Error("npm pack made nothing");
  return join(work, name);
}

/** Installs the tarball as anybody would: from npm's cache where it has everything, else from the registry. */
async function install(): Promise<void> {
  stranger = join(work, "stranger");
  await mkdir(stranger);
  await writeFile(
    join(stranger, "package.json"),
    JSON.stringify({ name: "stranger", private: true, type: "module" }),
  );
  const flags = ["install", packed, "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  try {
    await run("npm", flags, { cwd: stranger, shell, timeout: 90_000 });
  } catch (error) {
    const text = String((error as { stderr?: string }).stderr ?? error);
    if (!/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENOTCACHED|network/i.test(text)) throw error;
    whyNotInstalled = text.slice(0, 300);
  }
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), "tandem-package-"));
  packed = await pack();
  await install();
}, 150_000);

afterAll(async () => {
  await rm(work, { recursive: true, force: true });
});

const tandem = (...args: readonly string[]): Promise<{ stdout: string; stderr: string }> =>
  run(node, [join(stranger, "node_modules/tandem/bin/tandem.js"), ...args], { cwd: stranger });

describe("the lock file", () => {
  it("has an entry for each optional package, which npm ci wants, and names no registry", async () => {
    const { packages } = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { resolved?: string; optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      ),
    );
    expect(missing, "run: npm run lock").toEqual([]);
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});

describe("the packed package", () => {
  it("is small and holds no tests, sources or documents of ours", async () => {
    const { stdout } = await run("tar", ["-tzf", packed]);
    const names = stdout.trim().split("\n");
    expect(
      names.filter((name) => /\.test\.|\.fixture\.|\.map$|\/src\/|\/demo\/|\/docs\//.test(name)),
    ).toEqual([]);
    expect(names).toContain("package/LICENSE");
    expect(names).toContain("package/bin/tandem.js");
    expect((await stat(packed)).size).toBeLessThan(3_000_000);
  });

  it("imports by every subpath", async (context) => {
    if (whyNotInstalled !== undefined) return context.skip(whyNotInstalled);
    const { exports } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
      exports: Record<string, unknown>;
    };
    const subpaths = Object.keys(exports).filter((each) => !each.includes("*") && !each.endsWith(".json"));
    const script = subpaths
      .map(
        (each) =>
          `if (Object.keys(await import("tandem${each.slice(1)}")).length === 0) throw new Error("${each}");`,
      )
      .join("\n");
    await writeFile(join(stranger, "imports.js"), script);
    await run(node, ["imports.js"], { cwd: stranger });
  });

  it.for(["nodenext", "bundler"])("has types that resolve under %s", async (resolution, context) => {
    if (whyNotInstalled !== undefined) return context.skip(whyNotInstalled);
    const source = `
      import { TandemError, openFile } from "tandem";
      import { type WordDocument, paragraphText } from "tandem/files";
      import { type LanguageModel, parseModelSpec } from "tandem/models";
      import { editTask, type Task } from "tandem/tasks";
      export const document: WordDocument = openFile(new Uint8Array());
      export const text: string = document.paragraphs.map((each) => paragraphText(each)).join("");
      export const provider: string = parseModelSpec("openai:x").provider;
      export const name: string = editTask.name;
      export type Used = LanguageModel | Task<string, string> | TandemError;
      // @ts-expect-error names resolve to types, not to any
      export const wrong: number = openFile(new Uint8Array());
    `;
    await writeFile(join(stranger, "types.ts"), source);
    const module = resolution === "nodenext" ? "nodenext" : "esnext";
    const flags = [
      "--noEmit",
      "--strict",
      "--target",
      "es2024",
      "--module",
      module,
      "--moduleResolution",
      resolution,
    ];
    await run(
      join(root, "node_modules/.bin/tsc"),
      [...flags, "--skipLibCheck", "--ignoreConfig", "types.ts"],
      {
        cwd: stranger,
        shell,
      },
    );
  });

  it("runs the command line: version, help, and an edit of a document", async (context) => {
    if (whyNotInstalled !== undefined) return context.skip(whyNotInstalled);
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    expect((await tandem("--version")).stdout.trim()).toBe(version);
    expect((await tandem("edit", "--help")).stdout).toContain("--changes");
    const paragraph = { kind: "paragraph" as const, runs: [{ text: "Delivery takes thirty days." }] };
    await writeFile(
      join(stranger, "in.docx"),
      createDocument([paragraph], { title: "Offer", created: new Date(0) }),
    );
    const changes = [{ kind: "replace", quote: "thirty", text: "fourteen", comment: "as agreed" }];
    await writeFile(join(stranger, "changes.json"), JSON.stringify(changes));
    await tandem("edit", "in.docx", "--changes", "changes.json", "-o", "out.docx");
    const edited = openFile(new Uint8Array(await readFile(join(stranger, "out.docx"))));
    expect(edited.paragraphs.map((each) => paragraphText(each, "markup"))).toContain(
      "Delivery takes {--thirty--}{++fourteen++} days.",
    );
    expect(trackedChanges(edited).length).toBe(2);
    expect(comments(edited).length).toBe(1);
  });
});
