import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import { childValue } from "./child-value.ts";
import { numberOf } from "./styles.ts";

/** One level of a list definition (17.9.6). */
type Level = {
  readonly start: number;
  readonly format: string;
  readonly text: string;
  readonly isLegal: boolean;
  readonly restartAfter?: number;
};

type NumberingInstance = {
  readonly abstractId: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Levels that this instance starts anew. */
  readonly restarted: readonly number[];
};

/** Counts list items in reading order and gives each the label that Word prints. */
export type NumberingCounter = (numberingId: string, level: number) => string | undefined;

/** A counter over the definitions of the numbering part; without one nothing is numbered. */
export function createNumberingCounter(tree: XmlTree | undefined): NumberingCounter {
  const instances = tree === undefined ? new Map<string, NumberingInstance>() : readInstances(tree);
  // Instances of one abstract definition go on counting together (17.9.18), unless they override the start.
  const counters = new Map<string, (number | undefined)[]>();
  const started = new Set<string>();
  return (numberingId, level) => {
    const instance = instances.get(numberingId);
    const definition = instance?.levels.get(level);
    if (instance === undefined || definition === undefined) return undefined;
    const counts = counters.get(instance.abstractId) ?? [];
    counters.set(instance.abstractId, counts);
    if (!started.has(numberingId)) {
      started.add(numberingId);
      for (const restarted of instance.restarted) counts[restarted] = undefined;
    }
    counts[level] = (counts[level] ?? definition.start - 1) + 1;
    for (const [deeper, { restartAfter }] of instance.levels) {
      if (deeper <= level || restartAfter === 0) continue;
      if (restartAfter === undefined || level < restartAfter) counts[deeper] = undefined;
    }
    return label(instance, definition, counts);
  };
}

function readInstances(tree: XmlTree): Map<string, NumberingInstance> {
  const abstracts = new Map<string, Map<number, Level>>();
  const instances = new Map<string, NumberingInstance>();
  for (const element of childrenOf(tree, 0)) {
    if (nameOf(tree, element) === "w:abstractNum") {
      abstracts.set(attribute(tree, element, "w:abstractNumId") ?? "", readLevels(tree, element));
    }
  }
  for (const element of childrenOf(tree, 0)) {
    if (nameOf(tree, element) !== "w:num") continue;
    const abstractId = childValue(tree, element, "w:abstractNumId") ?? "";
    const levels = new Map(abstracts.get(abstractId));
    const restarted: number[] = [];
    for (const override of childrenOf(tree, element)) {
      if (nameOf(tree, override) !== "w:lvlOverride") continue;
      const level = numberOf(attribute(tree, override, "w:ilvl")) ?? 0;
      const own = childNamed(tree, override, "w:lvl");
      if (own >= 0) levels.set(level, readLevel(tree, own));
      const start = numberOf(childValue(tree, override, "w:startOverride"));
      const base = levels.get(level);
      if (start !== undefined && base !== undefined) levels.set(level, { ...base, start });
      if (start !== undefined) restarted.push(level);
    }
    instances.set(attribute(tree, element, "w:numId") ?? "", { abstractId, levels, restarted });
  }
  return instances;
}

function readLevels(tree: XmlTree, abstract: number): Map<number, Level> {
  const levels = new Map<number, Level>();
  for (const element of childrenOf(tree, abstract)) {
    if (nameOf(tree, element) !== "w:lvl") continue;
    levels.set(numberOf(attribute(tree, element, "w:ilvl")) ?? 0, readLevel(tree, element));
  }
  return levels;
}

function readLevel(tree: XmlTree, element: number): Level {
  const restartAfter = numberOf(childValue(tree, element, "w:lvlRestart"));
  return {
    start: numberOf(childValue(tree, element, "w:start")) ?? 0,
    format: childValue(tree, element, "w:numFmt") ?? "decimal",
    text: childValue(tree, element, "w:lvlText") ?? "",
    isLegal: childNamed(tree, element, "w:isLgl") >= 0,
    ...(restartAfter !== undefined && { restartAfter }),
  };
}

function label(
  instance: NumberingInstance,
  definition: Level,
  counts: readonly (number | undefined)[],
): string | undefined {
  if (definition.format === "none") return undefined;
  // Bullets are often private-use characters of a symbol font: people see a dot.
  if (definition.format === "bullet")
    return /^[\ue000-\uf8ff\s]*$/.test(definition.text) ? "•" : definition.text;
  const text = definition.text.replace(/%([1-9])/g, (_, digit: string) => {
    const level = instance.levels.get(Number(digit) - 1);
    const count = counts[Number(digit) - 1] ?? level?.start ?? 1;
    return formatNumber(count, definition.isLegal ? "decimal" : (level?.format ?? "decimal"));
  });
  return text === "" ? undefined : text;
}

function formatNumber(count: number, format: string): string {
  switch (format) {
    case "lowerLetter":
      return letters(count).toLowerCase();
    case "upperLetter":
      return letters(count);
    case "lowerRoman":
      return roman(count).toLowerCase();
    case "upperRoman":
      return roman(count);
    case "decimalZero":
      return String(count).padStart(2, "0");
    default:
      return String(count);
  }
}

/** A … Z, AA, BB, … as Word counts (17.18.59). */
function letters(count: number): string {
  if (count < 1 || count > 780) return String(count);
  return String.fromCharCode(65 + ((count - 1) % 26)).repeat(Math.ceil(count / 26));
}

function roman(count: number): string {
  if (count < 1 || count > 3999) return String(count);
  const values: readonly (readonly [number, string])[] = [
    [1000, "M"],
    [900, "CM"],
    [500, "D"],
    [400, "CD"],
    [100, "C"],
    [90, "XC"],
    [50, "L"],
    [40, "XL"],
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ];
  let rest = count;
  let out = "";
  for (const [value, letter] of values) {
    while (rest >= value) {
      out += letter;
      rest -= value;
    }
  }
  return out;
}
