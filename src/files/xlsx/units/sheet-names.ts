import { attributeSplices } from "../../units/attribute-units.ts";
import type { CodedTarget, ListUnitsOptions } from "../../units/types.ts";
import { xmlPart } from "../../units/unit-parts.ts";
import { hasLetters, plainUnit, type UnitSite } from "../../units/unit-site.ts";
import { isXmlText } from "../../xml/xml-text.ts";
import { attribute, childNamed, childrenOf, nameOf } from "../../xml/xml-tree.ts";
import type { ComparedTexts } from "./compared-texts.ts";
import type { WorkbookText } from "./workbook-text.ts";

const maxSheetName = 31;

/** A sheet's name and the id of its unit. */
export type SheetNameSite = UnitSite & { readonly sheet: string };

/** Names of sheets; their cells' places do not change with them. */
export function sheetNameSites(
  { workbook }: WorkbookText,
  options: Pick<ListUnitsOptions, "hidden">,
): SheetNameSite[] {
  const part = workbook.mainPart;
  const tree = xmlPart(workbook.package, part)!;
  const list = childNamed(tree, 0, "x:sheets");
  if (list < 0) return [];
  const elements = childrenOf(tree, list).filter((child) => nameOf(tree, child) === "x:sheet");
  return elements.flatMap((element, index) => {
    const sheet = workbook.sheets[index];
    const name = attribute(tree, element, "name") ?? "";
    if (sheet === undefined || !hasLetters(name)) return [];
    if (sheet.state !== "visible" && !options.hidden) return [];
    return [
      {
        unit: plainUnit({
          id: `${part}#${element}@name`,
          kind: "sheet-name",
          place: `sheet ${index + 1}`,
          text: name,
          maxLength: maxSheetName,
        }),
        part,
        sheet: name,
        write: (target) => ({
          kind: "written",
          splices: attributeSplices(tree, element, "name", target.text.trim()),
        }),
      },
    ];
  });
}

/** Why Excel would not take a name for a sheet. */
function nameFault(name: string): string | undefined {
  if (name.trim() === "") return "it is empty";
  if (name.length > maxSheetName) return `it is longer than ${maxSheetName} characters`;
  if (/[\\/?*[\]:]/.test(name)) return "it holds one of \\ / ? * [ ] :";
  if (/^'|'$/.test(name)) return "it begins or ends with an apostrophe";
  if (/^history$/i.test(name)) return "Excel keeps it for itself";
  return !isXmlText(name) || /[\r\n\t]/.test(name) ? "it holds a control character" : undefined;
}

type RefusedName = { readonly unit: string; readonly reason: string };

type WantedName = { readonly unit: string; readonly sheet: string; readonly name: string };

/** Sheets that can't have the name of their target, and why. `cellTexts` are those of all cells, in lower case. */
export function refuseSheetNames(
  { workbook }: WorkbookText,
  sites: readonly SheetNameSite[],
  targets: ReadonlyMap<string, CodedTarget>,
  compared: ComparedTexts,
  cellTexts: ReadonlySet<string>,
): RefusedName[] {
  const refused: RefusedName[] = [];
  const wanted = sites.flatMap(({ unit, sheet }): WantedName[] => {
    const name = targets.get(unit.id)?.text.trim();
    return name === undefined || name === sheet ? [] : [{ unit: unit.id, sheet, name }];
  });
  const possible = wanted.filter(({ unit, sheet, name }) => {
    const fault = nameFault(name);
    const reason =
      fault === undefined
        ? fixedBecause(workbook, sheet, compared, cellTexts)
        : `a sheet can't be named ${JSON.stringify(name)}: ${fault}`;
    if (reason !== undefined) refused.push({ unit, reason });
    return reason === undefined;
  });
  const sheets = workbook.sheets.map(({ name }) => name);
  return [...refused, ...refuseTaken(sheets, possible)];
}

/** A name that is kept may be one that another sheet was to get, which then keeps its own, and so on. */
function refuseTaken(sheets: readonly string[], wanted: readonly WantedName[]): RefusedName[] {
  const refused: RefusedName[] = [];
  const renamed = new Map(wanted.map((each) => [each.sheet, each]));
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    const taken = new Set<string>();
    for (const sheet of sheets.toSorted((a, b) => Number(renamed.has(a)) - Number(renamed.has(b)))) {
      const change = renamed.get(sheet);
      const key = (change?.name ?? sheet).toLowerCase();
      if (taken.has(key) && change !== undefined) {
        renamed.delete(sheet);
        const reason = `another sheet is named ${JSON.stringify(change.name)}`;
        refused.push({ unit: change.unit, reason });
        isSettled = false;
      }
      taken.add(key);
    }
  }
  return refused;
}

function fixedBecause(
  workbook: WorkbookText["workbook"],
  sheet: string,
  compared: ComparedTexts,
  cellTexts: ReadonlySet<string>,
): string | undefined {
  if (workbook.hasMacros) return "the workbook's macros may call the sheet by its name";
  if (workbook.isStructureProtected) return "the workbook is protected against renaming sheets";
  const name = sheet.toLowerCase();
  const marks = [`${name}!`, `${name.replaceAll("'", "''")}'!`];
  if (compared.literals.some((text) => marks.some((mark) => text.includes(mark))))
    return "a formula calls the sheet by its name inside a text, as INDIRECT does";
  if (!compared.readsReferences) return undefined;
  const isInCell =
    cellTexts.has(name) || [...cellTexts].some((text) => marks.some((mark) => text.includes(mark)));
  return isInCell ? "a formula takes the sheet's name from a cell, as INDIRECT does" : undefined;
}
