import { attributeSite } from "../../units/attribute-units.ts";
import { drawingAncestor, drawingElements, drawingName } from "../../units/drawing-text-names.ts";
import { xmlText } from "../../units/property-units.ts";
import type { TextUnit } from "../../units/types.ts";
import { hasLetters, plainUnit, type UnitSite } from "../../units/unit-site.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { decodeText, isXmlText } from "../../xml/xml-text.ts";
import { attribute } from "../../xml/xml-tree.ts";

/** Texts of a data validation and the most characters that Excel takes (ECMA-376-1, 18.3.1.32). */
const messages: readonly (readonly [name: string, maxLength: number])[] = [
  ["promptTitle", 32],
  ["prompt", 255],
  ["errorTitle", 32],
  ["error", 225],
];

/** Longest list of choices that is written into the validation itself. */
const maxList = 255;

/**
 * Messages of data validations, and choices that stand in the validation itself. A choice that is also the text of a cell
 * is to be given the same target, so that the cell stays valid: `cellUnit` gives that cell's unit.
 */
export function validationSites(
  tree: XmlTree,
  part: string,
  sheet: string,
  cellUnit: (text: string) => TextUnit | undefined,
): UnitSite[] {
  return drawingElements(tree, 0, "x:dataValidation", "x14:dataValidation").flatMap((element) => {
    const place = `${sheet}, data validation`;
    const texts = messages.flatMap(([name, maxLength]) => {
      const site = attributeSite(tree, { part, element, name }, { kind: "validation", place, maxLength });
      return site === undefined ? [] : [limited(site, maxLength)];
    });
    if (attribute(tree, element, "type") !== "list") return texts;
    return [...texts, ...choiceSites(tree, part, place, listFormula(tree, element), cellUnit)];
  });
}

function limited(site: UnitSite, maxLength: number): UnitSite {
  return {
    ...site,
    write: (target, language) =>
      target.text.length > maxLength && target.text !== site.unit.text
        ? { kind: "refused", reason: `Excel takes ${maxLength} characters there` }
        : site.write(target, language),
  };
}

function listFormula(tree: XmlTree, validation: number): number | undefined {
  return drawingElements(tree, validation, "x:formula1", "xm:f").find(
    (each) => drawingName(tree, each) === "x:formula1" || drawingAncestor(tree, each, "x14:formula1") >= 0,
  );
}

/** `"Yes,No"`: quotes and entities as the file writes them, so that each choice keeps its own place. */
function choiceSites(
  tree: XmlTree,
  part: string,
  place: string,
  formula: number | undefined,
  cellUnit: (text: string) => TextUnit | undefined,
): UnitSite[] {
  if (formula === undefined || tree.next[formula] !== formula + 1) return [];
  const source = tree.source.slice(tree.openEnd[formula]!, tree.closeStart[formula]!);
  const match = /^\s*("|&quot;)((?:(?!"|&quot;|<).|""|&quot;&quot;)*)\1\s*$/s.exec(source);
  if (match === null) return [];
  const list = match[2]!;
  const items = list.split(",");
  const spare = Math.floor(Math.max(0, maxList - decodeText(list).length) / items.length);
  let start = tree.openEnd[formula]! + source.indexOf(match[1]!) + match[1]!.length;
  return items.flatMap((item, index) => {
    const range = { start, end: start + item.length };
    start = range.end + 1;
    const text = decodeText(item).replaceAll('""', '"');
    const trimmed = text.trim();
    if (!hasLetters(trimmed)) return [];
    const twin = cellUnit(trimmed);
    const unit = plainUnit({
      id: `${part}#${formula}.${index}`,
      kind: "validation",
      place,
      text: trimmed,
      maxLength: trimmed.length + spare,
      ...(twin === undefined ? {} : { sameAs: twin.id }),
    });
    return [{ unit, part, write: (target) => writeChoice(range, text, trimmed, target.text.trim(), spare) }];
  });
}

function writeChoice(
  range: { readonly start: number; readonly end: number },
  text: string,
  old: string,
  target: string,
  spare: number,
): ReturnType<UnitSite["write"]> {
  if (target === old) return { kind: "written", splices: [] };
  const refuse = (reason: string): ReturnType<UnitSite["write"]> => ({ kind: "refused", reason });
  if (target === "" || target.includes(","))
    return refuse("a choice of a list can't be empty or hold a comma");
  if (!isXmlText(target)) return refuse("the translation holds a character that the file can't store");
  if (target.length > old.length + spare) return refuse(`a list of choices takes ${maxList} characters`);
  const written = text.replace(old, () => target).replaceAll('"', '""');
  return { kind: "written", splices: [{ ...range, text: xmlText(written) }] };
}
