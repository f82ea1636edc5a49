import { describe, expect, it } from "vitest";
import { comparePackages, isSameBytes } from "../../src/apps/cli/compare-packages.ts";
import { TandemError } from "../../src/errors.ts";
import { type OpcPackage, openPackage, readPart, savePackage } from "../../src/files/index.ts";
import { corpusFiles } from "./corpus-files.ts";
import { randomFrom } from "./draw-edit.ts";

const files = corpusFiles(["xlsx", "pptx", "broken"], /\.(xls|ppt|pot|xlt)[xm]$/);

function openOrRefuse(bytes: Uint8Array): OpcPackage | string {
  try {
    return openPackage(bytes);
  } catch (error) {
    if (error instanceof TandemError) return error.message;
    throw error;
  }
}

const opened = files.flatMap((file) => {
  const opc = openOrRefuse(file.bytes);
  return typeof opc === "string" ? [] : [{ ...file, opc }];
});
const refused = files.flatMap(({ name, bytes }) => {
  const reason = openOrRefuse(bytes);
  return typeof reason === "string" ? [`  refused ${name}: ${reason}`] : [];
});

/** A part of the package drawn by seed that can be inflated. */
function drawPart(opc: OpcPackage, seed: number): { name: string; data: Uint8Array } | undefined {
  const names = [...opc.entries.values()]
    .filter((entry) => !entry.name.endsWith("/"))
    .map((entry) => `/${entry.name}`);
  const random = randomFrom(seed);
  for (let tries = 0; tries < 5 && names.length > 0; tries++) {
    const name = names[Math.floor(random() * names.length)]!;
    try {
      return { name, data: readPart(opc, name) };
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
    }
  }
  return undefined;
}

describe.skipIf(files.length === 0)("real workbooks and presentations", () => {
  it("prints what was opened and refused", () => {
    console.log(
      [`opened ${opened.length} of ${files.length} workbooks and presentations`, ...refused].join("\n"),
    );
    expect(opened.length / files.length).toBeGreaterThan(0.95);
  });

  it("saves each without a change to the same bytes", () => {
    const different = opened.filter(({ opc, bytes }) => !isSameBytes(savePackage(opc, new Map()), bytes));
    expect(different.map(({ name }) => name)).toEqual([]);
  });

  it("copies every other entry raw when one part is written anew", () => {
    const failed = opened.flatMap(({ name, opc, bytes }) => {
      const part = drawPart(opc, 7);
      if (part === undefined) return [`${name}: no part can be read`];
      const saved = savePackage(opc, new Map([[part.name, part.data]]));
      const others = comparePackages(bytes, saved).filter((each) => each.name !== part.name.toLowerCase());
      const isKept = isSameBytes(readPart(openPackage(saved), part.name), part.data);
      return [
        ...others.map((each) => `${name}: ${each.name} ${each.difference}`),
        ...(isKept ? [] : [`${name}: ${part.name} differs`]),
      ];
    });
    expect(failed).toEqual([]);
  });
});
