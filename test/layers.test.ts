import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../src");

/** What each room may import from, besides itself and the top files of `src`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  files: [],
  models: [],
  data: [],
  tasks: ["files", "models", "data"],
  feedback: ["tasks", "files", "models", "data"],
  apps: ["feedback", "tasks", "files", "models", "data"],
};

/** The only places that may reach for Node: the rest also runs in a browser. */
const mayUseNode =
  /^(apps\/|data\/|models\/llama\/|models\/translation\/bergamot\/|models\/speech\/sherpa-onnx\/|files\/opc\/zlib-codec\.ts$)/;

const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(path))
  .map((path) => ({ path, source: readFileSync(join(root, path), "utf8") }));

const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']|(?:^|\n)import\s+["']([^"']+)["']/g;

function importsOf(source: string): string[] {
  return [...source.matchAll(importPattern)].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

const imports = files.flatMap(({ path, source }) =>
  importsOf(source).map((target) => ({
    path,
    target: target.startsWith(".") ? posix.join(posix.dirname(path), target) : target,
    isOwn: target.startsWith("."),
  })),
);

const roomOf = (path: string): string => (path.includes("/") ? path.slice(0, path.indexOf("/")) : "");

describe("the rooms", () => {
  it("are read at all", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it("import only downwards", () => {
    const upward = imports.filter(({ path, target, isOwn }) => {
      const [from, to] = [roomOf(path), roomOf(target)];
      return isOwn && from !== "" && to !== "" && from !== to && !mayImport[from]?.includes(to);
    });
    expect(upward).toEqual([]);
  });

  it("are known by name", () => {
    const rooms = new Set(files.map(({ path }) => roomOf(path)).filter((room) => room !== ""));
    expect([...rooms].filter((room) => mayImport[room] === undefined)).toEqual([]);
  });

  it("use Node only where it is allowed", () => {
    const found = imports.filter(({ path, target }) => target.startsWith("node:") && !mayUseNode.test(path));
    // `process.getBuiltinModule` is how one file asks for a Node module without importing it.
    const asked = files.filter(
      ({ path, source }) => /getBuiltinModule|\brequire\(/.test(source) && !mayUseNode.test(path),
    );
    expect([...found, ...asked.map(({ path }) => path)]).toEqual([]);
  });

  it("take what they need from a room below by file or by its index, never everything", () => {
    expect(files.filter(({ source }) => /export\s+\*/.test(source)).map(({ path }) => path)).toEqual([]);
  });

  it("have no drawer for everything", () => {
    const drawer = /^(utils?|helpers?|common|shared|managers?|misc)$/;
    const found = files.filter(({ path }) =>
      [...dirname(path).split("/"), basename(path, ".ts")].some((name) => drawer.test(name)),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});
