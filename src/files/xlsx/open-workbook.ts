import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { findMainPart, type MainPart } from "../opc/find-main-part.ts";
import type { Limits } from "../opc/limits.ts";
import {
  hasPart,
  isRelationshipType,
  type OpcPackage,
  openPackage,
  type Relationship,
  relationshipsOf,
} from "../opc/opc-package.ts";
import type { XmlTree } from "../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, nameOf, textOf } from "../xml/xml-tree.ts";
import { parseRanges } from "./address.ts";
import { refuseOtherWorkbooks, wantedFiles } from "./other-formats.ts";
import { isTrue } from "./read/scan-item.ts";
import { readSharedStrings } from "./read/shared-strings.ts";
import { readStyles } from "./read/styles.ts";
import { readTables } from "./read/tables.ts";
import { partTree } from "./read/workbook-part.ts";
import type { DefinedName, Sheet, SheetKind, SheetTable, Workbook } from "./types.ts";

export type OpenWorkbookOptions = {
  /** How much the file may ask of this machine. Defaults to `workbookLimits`. */
  readonly limits?: Partial<Limits>;
};

/**
 * Limits for workbooks, whose sheets are read in pieces and never held whole. Sheets deflate 10 to 20 times, without
 * addresses of cells or with long formulas 60 times, caches of pivot tables above 100 times; a bomb 1,000 times.
 */
export const workbookLimits: Partial<Limits> = {
  partBytes: 2 * 1024 * 1024 * 1024,
  ratio: 400,
};

/**
 * Opens an Excel workbook from its bytes: .xlsx, .xlsm, .xltx, .xltm, .xlam, transitional or strict. No sheet is
 * read yet. Throws `FileDamagedError`, `FileUnsupportedError` (another format, a password) or `FileTooLargeError`.
 */
export function openWorkbook(bytes: Uint8Array, options: OpenWorkbookOptions = {}): Workbook {
  refuseOtherWorkbooks(bytes);
  const opc = openPackage(bytes, { limits: { ...workbookLimits, ...options.limits } });
  const { part: mainPart, contentType } = findWorkbookPart(opc);
  const relationships = relationshipsOf(opc, mainPart);
  const tree = partTree(opc, mainPart)!;
  const sheets = readSheets(opc, tree, relationships);
  let sharedStrings: readonly string[] | undefined;
  let tables: readonly SheetTable[] | undefined;
  return {
    kind: "xlsx",
    package: opc,
    mainPart,
    isStrict: /^http:\/\/purl\.oclc\.org\//.test(rootNamespace(tree)),
    dateSystem: isTrue(attributeOfChild(tree, "x:workbookPr", "date1904")) ? 1904 : 1900,
    sheets,
    definedNames: readDefinedNames(tree, sheets),
    styles: readStyles(opc, relationships),
    hasMacros: relationships.some((each) => isRelationshipType(each, "vbaProject")),
    isTemplate: /template/i.test(contentType),
    externalLinks: externalLinks(opc, relationships),
    isStructureProtected: isTrue(attributeOfChild(tree, "x:workbookProtection", "lockStructure")),
    get sharedStrings(): readonly string[] {
      sharedStrings ??= readSharedStrings(opc, relationships);
      return sharedStrings;
    },
    get tables(): readonly SheetTable[] {
      tables ??= readTables(opc, sheets);
      return tables;
    },
  };
}

/** Throws `FileUnsupportedError` with a hint for what is no workbook of Excel since 2007. */
function findWorkbookPart(opc: OpcPackage): MainPart {
  const main = findMainPart(opc, "workbook", wantedFiles);
  const { part, contentType } = main;
  if (/binary/i.test(contentType) || part.toLowerCase().endsWith(".bin")) {
    throw new FileUnsupportedError("this is a binary workbook (.xlsb)", {
      hint: "Save it as .xlsx in Excel or LibreOffice.",
    });
  }
  const root = partTree(opc, part)!;
  if (nameOf(root, 0) !== "x:workbook") {
    throw new FileUnsupportedError(`this is no workbook: its main part begins with ${nameOf(root, 0)}`, {
      hint: wantedFiles,
    });
  }
  return main;
}

function rootNamespace(tree: XmlTree): string {
  const scope = tree.scopes[tree.scope[0]!]!;
  const name = tree.source.slice(tree.start[0]! + 1, tree.nameEnd[0]!);
  return scope.get(name.includes(":") ? name.slice(0, name.indexOf(":")) : "") ?? "";
}

function attributeOfChild(tree: XmlTree, child: string, name: string): string | undefined {
  const index = childNamed(tree, 0, child);
  return index < 0 ? undefined : attribute(tree, index, name);
}

const sheetKinds: readonly (readonly [word: string, kind: SheetKind])[] = [
  ["worksheet", "worksheet"],
  ["chartsheet", "chartsheet"],
  ["dialogsheet", "dialogsheet"],
  ["xlMacrosheet", "macrosheet"],
  ["xlIntlMacrosheet", "macrosheet"],
];

function readSheets(opc: OpcPackage, tree: XmlTree, relationships: readonly Relationship[]): Sheet[] {
  const list = childNamed(tree, 0, "x:sheets");
  if (list < 0) throw new FileDamagedError("the workbook lists no sheets");
  return childrenOf(tree, list)
    .filter((child) => nameOf(tree, child) === "x:sheet")
    .map((child, index) => {
      const id = attribute(tree, child, "r:id");
      const relationship = relationships.find((each) => each.id === id);
      const kind = sheetKinds.find(
        ([word]) => relationship !== undefined && isRelationshipType(relationship, word),
      )?.[1];
      const state = attribute(tree, child, "state");
      const part = relationship?.target;
      return {
        name: attribute(tree, child, "name") ?? "",
        index,
        state: state === "hidden" || state === "veryHidden" ? state : "visible",
        kind: kind ?? "worksheet",
        ...(part !== undefined && hasPart(opc, part) ? { part } : {}),
      };
    });
}

function readDefinedNames(tree: XmlTree, sheets: readonly Sheet[]): DefinedName[] {
  const list = childNamed(tree, 0, "x:definedNames");
  if (list < 0) return [];
  return childrenOf(tree, list)
    .filter((child) => nameOf(tree, child) === "x:definedName")
    .map((child) => {
      const formula = textOf(tree, child).trim();
      const scope = attribute(tree, child, "localSheetId");
      const sheet = scope === undefined ? undefined : sheets[Number(scope)]?.name;
      return {
        name: attribute(tree, child, "name") ?? "",
        ...(sheet === undefined ? {} : { sheet }),
        formula,
        isHidden: isTrue(attribute(tree, child, "hidden")),
        ranges: parseRanges(formula),
      };
    });
}

/** The ranges of each sheet that were set to be printed, by defined names that Excel keeps for it. */
export function printAreas(workbook: Workbook, sheet: Sheet): DefinedName["ranges"] {
  return workbook.definedNames
    .filter((each) => each.name === "_xlnm.Print_Area" && each.sheet === sheet.name)
    .flatMap(({ ranges }) => ranges);
}

function externalLinks(opc: OpcPackage, relationships: readonly Relationship[]): string[] {
  return relationships
    .filter((each) => isRelationshipType(each, "externalLink"))
    .flatMap((each) => relationshipsOf(opc, each.target))
    .filter(({ isExternal }) => isExternal)
    .map(({ target }) => target);
}
