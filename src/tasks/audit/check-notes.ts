import { type AuditBook, type AuditSheet, eachCell, type PlacedFormula, targetOf } from "./audit-book.ts";
import { cellList, counted, quoted } from "./describe-cells.ts";
import type { AuditFinding } from "./types.ts";

const volatile = /^(?:NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY|OFFSET|INDIRECT)$/;

/** What isn't wrong by itself but good to know: volatile functions, other files, hidden cells in totals. */
export function checkNotes(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  return [...volatileNotes(sheet), ...externalNotes(book, sheet), ...hiddenNotes(book, sheet)];
}

export function isVolatile({ parsed }: PlacedFormula): boolean {
  return [...parsed.functions].some((name) => volatile.test(name));
}

function note(
  sheet: AuditSheet,
  kind: AuditFinding["kind"],
  formulas: readonly PlacedFormula[],
  message: string,
): AuditFinding {
  return { kind, severity: "note", confidence: 0.3, sheet: sheet.name, cells: cellList(formulas), message };
}

function volatileNotes(sheet: AuditSheet): AuditFinding[] {
  const formulas = sheet.formulas.filter(isVolatile);
  if (formulas.length === 0) return [];
  const names = new Set(
    formulas.flatMap(({ parsed }) => [...parsed.functions].filter((name) => volatile.test(name))),
  );
  return [
    note(
      sheet,
      "volatile",
      formulas,
      `${counted(formulas.length, "formula")} with ${[...names].join(", ")}: the result changes whenever the workbook is opened or calculated`,
    ),
  ];
}

function externalNotes(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  const formulas = sheet.formulas.filter(({ parsed }) =>
    parsed.references.some(({ isExternal }) => isExternal),
  );
  if (formulas.length === 0) return [];
  const files =
    book.externalLinks.length === 0 ? "" : ` (${book.externalLinks.slice(0, 3).map(quoted).join(", ")})`;
  return [
    {
      ...note(
        sheet,
        "external-link",
        formulas,
        `${counted(formulas.length, "formula")} read another file${files}, whose values may have changed since`,
      ),
      severity: "low",
    },
  ];
}

/** Sums that take part of their numbers from hidden rows, and formulas that read hidden sheets. */
function hiddenNotes(book: AuditBook, sheet: AuditSheet): AuditFinding[] {
  const hiddenRows = new Map(book.sheets.map((each) => [each, new Set(each.cells.layout.hiddenRows)]));
  const withRows: PlacedFormula[] = [];
  const bySheet = new Map<AuditSheet, PlacedFormula[]>();
  for (const formula of sheet.formulas) {
    const isSum = formula.parsed.functions.has("SUM") || formula.parsed.functions.has("AVERAGE");
    for (const reference of formula.parsed.references) {
      const target = targetOf(book, sheet, reference, formula);
      if (target === undefined) continue;
      if (target.sheet !== sheet && target.sheet.state !== "visible" && sheet.state === "visible") {
        const list = bySheet.get(target.sheet) ?? [];
        if (list.at(-1) !== formula) list.push(formula);
        bySheet.set(target.sheet, list);
      }
      const hidden = hiddenRows.get(target.sheet)!;
      if (!isSum || hidden.size === 0 || reference.shape !== "range" || withRows.at(-1) === formula) continue;
      let isHit = false;
      let seen = 0;
      eachCell(target.sheet, target.range, (row, column) => {
        isHit ||= hidden.has(row) && target.sheet.classAt(row, column) === "number";
        return !isHit && seen++ < 5000;
      });
      if (isHit) withRows.push(formula);
    }
  }
  const rows =
    withRows.length === 0
      ? []
      : [
          note(
            sheet,
            "hidden-cells",
            withRows,
            `${counted(withRows.length, "total")} with numbers of hidden rows`,
          ),
        ];
  return [
    ...rows,
    ...[...bySheet].map(([there, formulas]) =>
      note(
        sheet,
        "hidden-cells",
        formulas,
        `${counted(formulas.length, "formula")} with values of the hidden sheet ${quoted(there.name)}`,
      ),
    ),
  ];
}
