import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  exports: Record<string, string | { types: string; default: string }>;
};

/** The source behind each subpath that is code. */
const subpaths = Object.entries(exports).flatMap(([subpath, target]) =>
  typeof target === "string"
    ? []
    : [{ subpath, source: target.default.replace("./dist/", "src/").replace(/\.js$/, ".ts") }],
);

/** Types are erased at run time, so they are read from the text of the index. */
function exportedTypes(source: string): string[] {
  const text = readFileSync(join(root, source), "utf8");
  return [...text.matchAll(/export (type )?\{([^}]*)\}/g)]
    .flatMap(([, isType, list]) =>
      list!
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== "" && (isType !== undefined || name.startsWith("type ")))
        .map((name) => name.replace(/^type /, "")),
    )
    .sort();
}

describe("what the package exports", () => {
  it.each(subpaths)("$subpath has exactly these names", async ({ source }) => {
    const values = Object.keys((await import(join(root, source))) as object).sort();
    expect({ values, types: exportedTypes(source) }).toMatchSnapshot();
  });
});
