import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Every import of code that is shipped to browsers, by file. */
const imports = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/u.test(path) && !/(\.test|\.fixture|vite\.config)\.ts$/u.test(path))
  .flatMap((path) => {
    const source = readFileSync(join(import.meta.dirname, path), "utf8");
    const found = source.matchAll(/^import (type )?[^;]*?from "([^"]+)"|import\("([^"]+)"\)/gmu);
    return [...found].map(([, type, from, asked]) => {
      const target = (from ?? asked)!;
      const file = target.startsWith(".")
        ? relative(root, join(import.meta.dirname, dirname(path), target))
        : "";
      return { path, target, file, isType: type !== undefined };
    });
  });

describe("what browsers get", () => {
  it("is looked at at all", () => {
    expect(imports.length).toBeGreaterThan(80);
  });

  it("takes of the library only files, and of the server only the types of its protocol", () => {
    const foreign = imports.filter(
      ({ file, isType }) =>
        file.startsWith("src/") &&
        !file.startsWith("src/files/") &&
        !(isType && file.startsWith("src/apps/server/protocol/")),
    );
    expect(foreign).toEqual([]);
  });

  it("needs nothing of Node", () => {
    expect(imports.filter(({ target }) => target.startsWith("node:"))).toEqual([]);
  });
});
