import { BadRequestError } from "../../errors.ts";
import { headerFit } from "./language-fit.ts";
import { mergeTerms } from "./merge-terms.ts";
import { type GlossaryRow, readGlossaryRows } from "./read-glossary-rows.ts";
import { type Glossary, type GlossaryTerm, maxTermLength, type ReadGlossaryOptions } from "./types.ts";

type Columns = {
  readonly source: number;
  readonly target: number;
  readonly forbidden: number;
  readonly note: number;
  readonly caseSensitive: number;
  readonly kind: number;
  readonly hasHeader: boolean;
};

const names = {
  source: /^(?:source|src|source (?:term|text|language)|term|from|original)$/,
  target: /^(?:target|tgt|target (?:term|text|language)|translation|to|approved)$/,
  forbidden: /^(?:forbidden|banned|do not use|avoid|prohibited|deprecated|not allowed)(?: terms?)?$/,
  note: /^(?:notes?|comments?|definition|description|remarks?|context)$/,
  caseSensitive: /^(?:case|case ?sensitiv(?:e|ity)|match case)$/,
  kind: /^(?:kind|type|status|usage|rule)$/,
};

/**
 * A glossary from rows: with a header of `source`, `target` and perhaps `forbidden`, `note`, `case`, `kind`, or of languages
 * by tag or name; without one the first two columns count. Several targets of a term are parted by `|` or `;`.
 */
export function readGlossaryTable(
  input: Uint8Array | string,
  options: ReadGlossaryOptions & { readonly format: "csv" | "tsv" },
): Glossary {
  const rows = readGlossaryRows(input, options.format);
  const first = rows[0];
  if (first === undefined) return { terms: [], skipped: [] };
  const columns = columnsOf(first.cells, rows, options);
  const terms: GlossaryTerm[] = [];
  const skipped: { line: number; reason: string }[] = [];
  for (const row of columns.hasHeader ? rows.slice(1) : rows) {
    const found = termsOf(row, columns);
    if (typeof found === "string") skipped.push({ line: row.line, reason: found });
    else terms.push(...found);
  }
  return { terms: mergeTerms(terms), skipped };
}

function columnsOf(
  header: readonly string[],
  rows: readonly GlossaryRow[],
  { source, target }: ReadGlossaryOptions,
): Columns {
  const cells = header.map((cell) =>
    cell
      .toLowerCase()
      .replace(/[_\-\s]+/g, " ")
      .trim(),
  );
  const named = (name: keyof typeof names): number => cells.findIndex((cell) => names[name].test(cell));
  const others = {
    forbidden: named("forbidden"),
    note: named("note"),
    caseSensitive: named("caseSensitive"),
    kind: named("kind"),
  };
  const [from, to] = [bestColumn(header, source), bestColumn(header, target)];
  if (from >= 0 && to >= 0 && from !== to) return { source: from, target: to, ...others, hasHeader: true };
  if (named("source") >= 0)
    return { source: named("source"), target: named("target"), ...others, hasHeader: true };
  const width = Math.max(...rows.slice(0, 100).map((row) => row.cells.length));
  if (from >= 0 || to >= 0 || width > 2)
    throw new BadRequestError(`the glossary has no columns for ${source} and ${target}`, {
      hint: `The first line has: ${header.slice(0, 12).join(", ")}. Name columns source and target, or by their languages.`,
    });
  return {
    source: 0,
    target: width > 1 ? 1 : -1,
    forbidden: -1,
    note: -1,
    caseSensitive: -1,
    kind: -1,
    hasHeader: false,
  };
}

function bestColumn(header: readonly string[], language: string): number {
  const fits = header.map((cell) => headerFit(cell, language));
  const exact = fits.indexOf(2);
  return exact >= 0 ? exact : fits.indexOf(1);
}

const yes = /^(?:1|x|y|yes|true|ja|oui|sí|si)$/i;

function termsOf({ cells }: GlossaryRow, columns: Columns): GlossaryTerm[] | string {
  const cell = (index: number): string => (index < 0 ? "" : (cells[index] ?? ""));
  const source = cell(columns.source);
  const targets = listed(cell(columns.target));
  const kind = kindOf(cell(columns.kind));
  const forbidden = cell(columns.forbidden);
  if (source === "") return "no source term";
  if ([source, ...targets].some((term) => term.length > maxTermLength)) return "longer than a term is";
  const isForbidden = kind === "forbidden" || yes.test(forbidden);
  const banned =
    yes.test(forbidden) || /^(?:0|n|no|false|nein|non)$/i.test(forbidden) ? [] : listed(forbidden);
  const base = {
    source,
    ...(cell(columns.note) === "" ? {} : { note: cell(columns.note) }),
    ...(yes.test(cell(columns.caseSensitive)) || /^(?:case )?sensitive$/i.test(cell(columns.caseSensitive))
      ? { caseSensitive: true }
      : {}),
  };
  const terms: GlossaryTerm[] = banned.length > 0 ? [{ ...base, targets: banned, kind: "forbidden" }] : [];
  if (isForbidden && targets.length > 0) return [...terms, { ...base, targets, kind: "forbidden" }];
  const isKept = kind === "keep" || columns.target < 0 || (targets.length === 1 && targets[0] === source);
  if (isKept) return [...terms, { ...base, targets: [], kind: "keep" }];
  if (targets.length > 0) return [{ ...base, targets, kind: "approved" }, ...terms];
  return terms.length > 0 ? terms : "no target term";
}

function listed(cell: string): string[] {
  return cell
    .split(/[|;]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function kindOf(cell: string): GlossaryTerm["kind"] | undefined {
  const word = cell.toLowerCase().replace(/[_\-\s]+/g, " ");
  if (/^(?:keep|dnt|do not translate|don't translate|untranslated|non translatable)$/.test(word))
    return "keep";
  if (/^(?:forbidden|banned|deprecated|do not use|prohibited|obsolete|not recommended|rejected)$/.test(word))
    return "forbidden";
  return word === "" ? undefined : "approved";
}
