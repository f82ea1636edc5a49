import { BadRequestError, FileUnsupportedError } from "../../../errors.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { applySplices } from "../../xml/splice.ts";
import { childrenOf, nameOf } from "../../xml/xml-tree.ts";
import type { ParagraphLook } from "./create-look.ts";
import { appendToRoot, declareOnRoot } from "./create-root.ts";
import type { StyleSheet } from "./create-style-sheet.ts";
import { freeDefinition, houseListStyle, type Numbering, readNumbering } from "./list-definitions.ts";
import { plainLevels } from "./template-numbering.ts";

/** Gives list items their style and numbering, and gathers what the numbering part must then hold. */
export type ListWriter = {
  /** Level 0 is the outermost. */
  readonly item: (ordered: boolean, level: number) => ParagraphLook;
  /** The next ordered item begins a new list. */
  readonly end: () => void;
  /** The new text of the numbering part, or undefined when nothing has to be added. */
  readonly numberingXml: () => string | undefined;
  /** Where the look of that kind of list comes from: `own` when the document has no such definition. */
  readonly sourceOf: (ordered: boolean) => ListSource;
};

export type ListSource =
  | { readonly kind: "style"; readonly styleId: string }
  | { readonly kind: "definition"; readonly abstractId: string }
  | { readonly kind: "own" };

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
  let nextAbstract = highest([...numbering.definitions.keys()]) + 1;
  // A style may name an instance that is not there; a new one of that number would change its paragraphs.
  let nextInstance = highest([...numbering.instances.keys(), ...sheet.numberingIds]) + 1;

  const instance = (abstractId: string, overrides: string): string => {
    const id = String(nextInstance++);
    instances.push(`<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${overrides}</w:num>`);
    return id;
  };
  const ownAbstract = (ordered: boolean): string => {
    const id = String(nextAbstract++);
    const levels = plainLevels(ordered, isStrict ? "start" : "left");
    abstracts.push(
      `<w:abstractNum w:abstractNumId="${id}"><w:nsid w:val="${ordered ? "3E8B4C53" : "1F9C5D64"}"/><w:multiLevelType w:val="multilevel"/>${levels}</w:abstractNum>`,
    );
    return id;
  };
  const styleName = (ordered: boolean): string => {
    const usual = ordered ? "List Number" : "List Bullet";
    if (templateItem(sheet, numbering, usual, 0) !== undefined) return usual;
    return houseListStyle(sheet, numbering, ordered) ?? usual;
  };
  const names = { bullet: styleName(false), number: styleName(true) };
  const free = {
    bullet: freeDefinition(sheet, numbering, false),
    number: freeDefinition(sheet, numbering, true),
  };
  // The deepest bullet that the house has, set in further; numbers can't do so, they would count together.
  const deepestItem = (level: number): TemplateItem | undefined => {
    for (let above = level - 1; above >= 0; above--) {
      const item = templateItem(sheet, numbering, names.bullet, above);
      if (item === undefined) continue;
      const indent = numbering.definitions.get(item.abstractId)?.indents.get(item.level) ?? 360;
      return { ...item, isStyled: false, indent: indent + 360 * (level - above) };
    }
    return undefined;
  };
  const bullet = (level: number): ParagraphLook => {
    const ready = templateItem(sheet, numbering, names.bullet, level) ?? deepestItem(level);
    if (ready?.isStyled) return { styleId: ready.styleId };
    if (ready !== undefined) {
      return {
        styleId: ready.styleId,
        numbering: ready,
        ...(ready.indent !== undefined && { indent: ready.indent }),
      };
    }
    own.bullet ??= instanceOf(numbering, free.bullet) ?? instance(free.bullet ?? ownAbstract(false), "");
    const plain = plainItem(sheet, "List Bullet");
    const known = free.bullet === undefined ? undefined : numbering.definitions.get(free.bullet);
    if (known === undefined || known.levels!.has(level))
      return { ...plain, numbering: { numberingId: own.bullet, level } };
    const indent = (known.indents.get(0) ?? 360) + 360 * level;
    return { ...plain, numbering: { numberingId: own.bullet, level: 0 }, indent };
  };
  const place = (level: number): Place => {
    const ready = templateItem(sheet, numbering, names.number, level);
    if (ready !== undefined) return ready;
    const hasLevel = free.number !== undefined && numbering.definitions.get(free.number)!.levels!.has(level);
    if (!hasLevel) own.number ??= ownAbstract(true);
    const abstractId = hasLevel ? free.number! : own.number!;
    return { ...plainItem(sheet, "List Number"), abstractId, level };
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
    sourceOf: (isOrdered) => {
      const ready = templateItem(sheet, numbering, isOrdered ? names.number : names.bullet, 0);
      if (ready !== undefined) return { kind: "style", styleId: ready.styleId };
      const abstractId = isOrdered ? free.number : free.bullet;
      return abstractId === undefined ? { kind: "own" } : { kind: "definition", abstractId };
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
  /** Twips, where the paragraph must say itself how far in it stands. */
  readonly indent?: number;
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
  const definition = styled && numbering.instances.get(styled.numberingId);
  if (styleId === undefined || styled === undefined || definition === undefined) return undefined;
  const at = exact === undefined ? styled.level + level : styled.level;
  const known = numbering.definitions.get(definition.abstractId)?.levels;
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

/** An instance of the document that changes nothing in the definition. */
function instanceOf(numbering: Numbering, abstractId: string | undefined): string | undefined {
  const found = [...numbering.instances].find(
    ([, each]) => each.abstractId === abstractId && each.overrides.length === 0,
  );
  return found?.[0];
}

function plainItem(sheet: StyleSheet, name: string): { styleId?: string } {
  const styleId = sheet.find("paragraph", name) ?? sheet.find("paragraph", "List Paragraph");
  return styleId === undefined ? {} : { styleId };
}

/** Starts that level at 1 again in a new instance, and keeps what the template's own instance overrides (17.9.8). */
function restart(numbering: Numbering, abstractId: string, level: number): string {
  const template = [...numbering.instances.values()].find((each) => each.abstractId === abstractId);
  const kept = (template?.overrides ?? []).filter((each) => !each.includes("startOverride"));
  if (
    kept.some((each) => new RegExp(`ilvl\\s*=\\s*["']${level}["']`).test(each.slice(0, each.indexOf(">"))))
  ) {
    return kept.join("");
  }
  return `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="1"/></w:lvlOverride>${kept.join("")}`;
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
