import { BadRequestError, FileUnsupportedError } from "../../../errors.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import { scanXml, type XmlTree } from "../../xml/scan-xml.ts";
import { applySplices } from "../../xml/splice.ts";
import { attribute, childNamed, childrenOf, nameOf, outerXml } from "../../xml/xml-tree.ts";
import type { ParagraphLook } from "./create-look.ts";
import { appendToRoot, declareOnRoot } from "./create-root.ts";
import type { StyleSheet } from "./create-style-sheet.ts";
import { listLevels } from "./template-numbering.ts";

/** Gives list items their style and numbering, and gathers what the numbering part must then hold. */
export type ListWriter = {
  /** Level 0 is the outermost. */
  readonly item: (ordered: boolean, level: number) => ParagraphLook;
  /** The next ordered item begins a new list. */
  readonly end: () => void;
  /** The new text of the numbering part, or undefined when nothing has to be added. */
  readonly numberingXml: () => string | undefined;
};

type Definition = { readonly abstractId: string; readonly overrides: readonly string[] };

type Numbering = {
  readonly tree: XmlTree | undefined;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Levels that each abstract definition describes; undefined when it takes them from a style. */
  readonly levels: ReadonlyMap<string, ReadonlySet<number> | undefined>;
};

type Place = { readonly styleId?: string; readonly abstractId: string; readonly level: number };

/** `source` is the template's numbering part, undefined when it has none. */
export function createListWriter(
  sheet: StyleSheet,
  source: string | undefined,
  isStrict: boolean,
): ListWriter {
  const numbering = readNumbering(source);
  const abstracts: string[] = [];
  const instances: string[] = [];
  const own: { bullet?: string; number?: string } = {};
  const open: ({ readonly numberingId: string; readonly abstractId: string } | undefined)[] = [];
  let nextAbstract = highest([...numbering.levels.keys()]) + 1;
  // A style may name an instance that is not there; a new one of that number would change its paragraphs.
  let nextInstance = highest([...numbering.definitions.keys(), ...sheet.numberingIds]) + 1;

  const instance = (abstractId: string, overrides: string): string => {
    const id = String(nextInstance++);
    instances.push(`<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${overrides}</w:num>`);
    return id;
  };
  const ownAbstract = (ordered: boolean): string => {
    const id = String(nextAbstract++);
    const levels = listLevels(ordered, [], isStrict ? "start" : "left");
    abstracts.push(
      `<w:abstractNum w:abstractNumId="${id}"><w:nsid w:val="${ordered ? "3E8B4C53" : "1F9C5D64"}"/><w:multiLevelType w:val="multilevel"/>${levels}</w:abstractNum>`,
    );
    return id;
  };
  const bullet = (level: number): ParagraphLook => {
    const ready = templateItem(sheet, numbering, "List Bullet", level);
    if (ready?.isStyled) return { styleId: ready.styleId };
    if (ready !== undefined) return { styleId: ready.styleId, numbering: ready };
    own.bullet ??= instance(ownAbstract(false), "");
    return { ...plainItem(sheet, "List Bullet"), numbering: { numberingId: own.bullet, level } };
  };
  const place = (level: number): Place => {
    const ready = templateItem(sheet, numbering, "List Number", level);
    if (ready !== undefined) return ready;
    own.number ??= ownAbstract(true);
    return { ...plainItem(sheet, "List Number"), abstractId: own.number, level };
  };
  const ordered = (level: number): ParagraphLook => {
    const { styleId, abstractId, level: numberedLevel } = place(level);
    const around = open.slice(0, level).findLast((each) => each?.abstractId === abstractId);
    const current = open[level] ?? around;
    const numberingId =
      current?.numberingId ?? instance(abstractId, restart(numbering, abstractId, numberedLevel));
    open[level] = { numberingId, abstractId };
    return { ...(styleId !== undefined && { styleId }), numbering: { numberingId, level: numberedLevel } };
  };
  return {
    item: (isOrdered, level) => {
      if (!Number.isInteger(level) || level < 0 || level > 8) {
        throw new BadRequestError(`a list item has the level ${level}`, {
          hint: "Word has the levels 0 to 8.",
        });
      }
      open.length = Math.min(open.length, isOrdered ? level + 1 : level);
      return isOrdered ? ordered(level) : bullet(level);
    },
    end: () => {
      open.length = 0;
    },
    numberingXml: () => {
      if (instances.length === 0) return undefined;
      return writeNumbering(source, numbering.tree, abstracts.join(""), instances.join(""), isStrict);
    },
  };
}

type TemplateItem = {
  readonly styleId: string;
  readonly numberingId: string;
  readonly abstractId: string;
  readonly level: number;
  /** True when the style alone gives the level; otherwise the paragraph must name it. */
  readonly isStyled: boolean;
};

/**
 * How the template itself sets a list item: by the style of that level (Word calls them `List Bullet 2` to
 * `List Bullet 5`), or by a deeper level of the definition behind the first one.
 */
function templateItem(
  sheet: StyleSheet,
  numbering: Numbering,
  name: string,
  level: number,
): TemplateItem | undefined {
  const exact = sheet.find("paragraph", level === 0 ? name : `${name} ${level + 1}`);
  const styleId = exact ?? sheet.find("paragraph", name);
  const styled = styleId === undefined ? undefined : sheet.numberingOf(styleId);
  const definition = styled && numbering.definitions.get(styled.numberingId);
  if (styleId === undefined || styled === undefined || definition === undefined) return undefined;
  const at = exact === undefined ? styled.level + level : styled.level;
  const known = numbering.levels.get(definition.abstractId);
  if (known === undefined ? exact === undefined : !known.has(at)) return undefined;
  const { numberingId } = styled;
  return {
    styleId,
    numberingId,
    abstractId: definition.abstractId,
    level: at,
    isStyled: exact !== undefined,
  };
}

function plainItem(sheet: StyleSheet, name: string): { styleId?: string } {
  const styleId = sheet.find("paragraph", name) ?? sheet.find("paragraph", "List Paragraph");
  return styleId === undefined ? {} : { styleId };
}

/** Starts that level at 1 again in a new instance, and keeps what the template's own instance overrides (17.9.8). */
function restart(numbering: Numbering, abstractId: string, level: number): string {
  const template = [...numbering.definitions.values()].find((each) => each.abstractId === abstractId);
  const kept = (template?.overrides ?? []).filter((each) => !each.includes("startOverride"));
  if (
    kept.some((each) => new RegExp(`ilvl\\s*=\\s*["']${level}["']`).test(each.slice(0, each.indexOf(">"))))
  ) {
    return kept.join("");
  }
  return `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="1"/></w:lvlOverride>${kept.join("")}`;
}

function readNumbering(source: string | undefined): Numbering {
  const tree = source === undefined ? undefined : scanXml(source);
  const definitions = new Map<string, Definition>();
  const levels = new Map<string, ReadonlySet<number> | undefined>();
  for (const element of tree === undefined ? [] : childrenOf(tree, 0)) {
    const children = childrenOf(tree!, element);
    const named = (name: string): number[] => children.filter((child) => nameOf(tree!, child) === name);
    if (nameOf(tree!, element) === "w:num") {
      const target = childNamed(tree!, element, "w:abstractNumId");
      definitions.set(attribute(tree!, element, "w:numId") ?? "", {
        abstractId: target < 0 ? "" : (attribute(tree!, target, "w:val") ?? ""),
        overrides: named("w:lvlOverride").map((each) => outerXml(tree!, each)),
      });
    } else if (nameOf(tree!, element) === "w:abstractNum") {
      const described = new Set(named("w:lvl").map((each) => Number(attribute(tree!, each, "w:ilvl"))));
      levels.set(
        attribute(tree!, element, "w:abstractNumId") ?? "",
        named("w:numStyleLink").length > 0 ? undefined : described,
      );
    }
  }
  return { tree, definitions, levels };
}

function highest(ids: readonly string[]): number {
  return ids.reduce((most, id) => Math.max(most, Number.parseInt(id, 10) || 0), 0);
}

/** All abstract definitions come before all instances (17.9.15). */
function writeNumbering(
  source: string | undefined,
  tree: XmlTree | undefined,
  abstracts: string,
  instances: string,
  isStrict: boolean,
): string {
  if (source === undefined || tree === undefined) {
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:numbering xmlns:w="${namespaceUri("w", isStrict)}">${abstracts}${instances}</w:numbering>`;
  }
  if (nameOf(tree, 0) !== "w:numbering") {
    throw new FileUnsupportedError("the template's numbering part holds something else");
  }
  const children = childrenOf(tree, 0);
  const first = children.find((each) => !/^w:(numPicBullet|abstractNum)$/.test(nameOf(tree, each)));
  const after = children.find((each) => !/^w:(numPicBullet|abstractNum|num)$/.test(nameOf(tree, each)));
  const splices = [...declareOnRoot(tree, ["w"], isStrict)];
  if (first === undefined)
    return applySplices(source, [...splices, ...appendToRoot(tree, abstracts + instances)]);
  splices.push({ start: tree.start[first]!, end: tree.start[first]!, text: abstracts });
  if (after === undefined) return applySplices(source, [...splices, ...appendToRoot(tree, instances)]);
  return applySplices(source, [
    ...splices,
    { start: tree.start[after]!, end: tree.start[after]!, text: instances },
  ]);
}
