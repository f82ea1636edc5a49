import type { BadRequestError } from "../../../errors.ts";
import type { FigureReference, PassageReference, Sources, TableReference } from "../types.ts";

type Problem = (message: string, hint: string) => BadRequestError;

const USES = 'write it like "brief.docx 3-7, 12, call.vtt 12"';
const mostAtOnce = 5_000;

/** The passages of `brief.docx 3-7, 12, call.vtt 12`, in that order. */
export function parseUses(value: string, problem: Problem): PassageReference[] {
  const uses: PassageReference[] = [];
  let source: string | undefined;
  for (const item of splitItems(value)) {
    const match = /^(?:("(?:[^"\\]|\\.)*")|(.*?))\s*(?<![\w.])(\d+)(?:\s*[-–—]\s*(\d+))?$/su.exec(item);
    if (match === null) throw problem(`"${item}" names no passages`, USES);
    const [, quoted, bare = "", from = "", to = from] = match;
    const name: string | undefined = quoted === undefined ? bare.trim() || source : unquote(quoted, problem);
    if (name === undefined) throw problem(`"${item}" names no file`, USES);
    source = name;
    const [first, last] = [Number(from), Number(to)];
    if (first < 1 || last < first || last - first > mostAtOnce)
      throw problem(
        `"${item}" is no range of passages`,
        "passages are counted from 1, the smaller number first",
      );
    for (let passage = first; passage <= last; passage++) uses.push({ source: name, passage });
  }
  return uses;
}

/** Refuses files and passages that the sources don't have. */
export function checkReferences(
  uses: readonly PassageReference[],
  sources: Sources | undefined,
  problem: Problem,
): PassageReference[] {
  if (sources === undefined) return [...uses];
  return uses.map(({ source, passage }) => {
    const text = sources.texts.find(({ name }) => name.toLowerCase() === source.toLowerCase());
    if (text === undefined)
      throw problem(`there is no source "${source}"`, `the sources are: ${listNames(sources)}`);
    if (!text.passages.some(({ number }) => number === passage))
      throw problem(`${text.name} has no passage ${passage}`, `it has ${text.passages.length} of them`);
    return { source: text.name, passage };
  });
}

/** `orders.xlsx Orders!A3:D15`, with `Caption = ` before it where it has one. */
export function parseTable(value: string, sources: Sources | undefined, problem: Problem): TableReference {
  const hint = 'write it like "orders.xlsx Orders!A3:D15" or "Orders by month = orders.xlsx Orders!A3:D15"';
  const { label, workbook, rest } = parseAssignment(value, sources, problem, hint);
  return { workbook, range: rest, ...(label !== undefined && { caption: label }) };
}

/** `total sales = orders.xlsx total Amount in March`. Without a name the question is the name. */
export function parseFigure(value: string, sources: Sources | undefined, problem: Problem): FigureReference {
  const hint = 'write it like "Total sales = orders.xlsx total Amount in March"';
  const { label, workbook, rest } = parseAssignment(value, sources, problem, hint);
  return { name: label ?? rest, workbook, asked: rest };
}

type Assignment = { readonly label: string | undefined; readonly workbook: string; readonly rest: string };

function parseAssignment(
  value: string,
  sources: Sources | undefined,
  problem: Problem,
  hint: string,
): Assignment {
  const labelled = /^("(?:[^"\\]|\\.)*"|[^"=]*?)\s*=\s*(.*)$/su.exec(value);
  const [label, place] =
    labelled === null ? [undefined, value] : [unquoteAny(labelled[1]!, problem), labelled[2]!];
  const named =
    /^("(?:[^"\\]|\\.)*")\s+(.+)$/su.exec(place) ?? /^(.*?\.\p{L}[\p{L}\p{N}]{0,4})\s+(.+)$/su.exec(place);
  if (named === null) throw problem(`"${place}" names no workbook and what to take from it`, hint);
  const workbook = unquoteAny(named[1]!, problem);
  const known = sources?.workbooks.find(({ name }) => name.toLowerCase() === workbook.toLowerCase());
  if (sources !== undefined && known === undefined)
    throw problem(`there is no workbook "${workbook}"`, `the sources are: ${listNames(sources)}`);
  return { label, workbook: known?.name ?? workbook, rest: named[2]!.trim() };
}

/** Parts at commas and semicolons outside quotation marks. */
function splitItems(value: string): string[] {
  const items = value.match(/(?:"(?:[^"\\]|\\.)*"|[^,;])+/gsu) ?? [];
  return items
    .map((item) => item.trim().replace(/^[“”]([^"“”]*)[“”](?=\s*\d)/u, '"$1"'))
    .filter((item) => item !== "");
}

function unquoteAny(text: string, problem: Problem): string {
  return text.startsWith('"') ? unquote(text, problem) : text.trim();
}

function unquote(text: string, problem: Problem): string {
  try {
    return String(JSON.parse(text));
  } catch {
    throw problem(`${text} has a stray quotation mark or backslash`, "double it or leave it out");
  }
}

function listNames({ texts, workbooks }: Sources): string {
  return [...texts, ...workbooks].map(({ name }) => name).join(", ");
}
