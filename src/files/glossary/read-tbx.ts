import { FileDamagedError } from "../../errors.ts";
import { dropDoctype } from "../tmx/drop-doctype.ts";
import { xmlText } from "../tmx/xml-text-of.ts";
import { withLine } from "../xliff/with-line.ts";
import { scanXml, type XmlTree } from "../xml/scan-xml.ts";
import { decodeText } from "../xml/xml-text.ts";
import { attribute, childrenOf, innerXml, nameOf } from "../xml/xml-tree.ts";
import { languageFit } from "./language-fit.ts";
import { mergeTerms } from "./merge-terms.ts";
import { type Glossary, type GlossaryTerm, maxTermLength, type ReadGlossaryOptions } from "./types.ts";

type TbxTerm = { readonly text: string; readonly status: "preferred" | "admitted" | "forbidden" };
type Entry = { readonly terms: readonly GlossaryTerm[]; readonly reason?: string };

const entryNames: ReadonlySet<string> = new Set(["termEntry", "conceptEntry"]);
const languageNames: ReadonlySet<string> = new Set(["langSet", "langSec"]);
const termNames: ReadonlySet<string> = new Set(["tig", "ntig", "termGrp", "termSec"]);

/** A glossary from TBX: `martif` of 2008 (TBX-Basic, Core, Default) and `tbx` of 2019 in either style (ISO 30042). */
export function readTbx(input: Uint8Array | string, options: ReadGlossaryOptions): Glossary {
  const text = dropDoctype(xmlText(input, "the TBX file"));
  return withLine(text, () => {
    const tree = scanXml(text);
    const root = local(tree, 0);
    if (root !== "martif" && root !== "tbx")
      throw new FileDamagedError(`the file is no TBX: its first element is ${nameOf(tree, 0)}`);
    const terms: GlossaryTerm[] = [];
    const skipped: { line: number; reason: string }[] = [];
    let [line, at] = [1, 0];
    for (let index = 0; index < tree.count; index++) {
      if (!entryNames.has(local(tree, index))) continue;
      const entry = readEntry(tree, index, options);
      terms.push(...entry.terms);
      if (entry.reason === undefined) continue;
      line += text.slice(at, tree.start[index]).split(/\r?\n|\r/).length - 1;
      at = tree.start[index]!;
      skipped.push({ line, reason: entry.reason });
    }
    return { terms: mergeTerms(terms), skipped };
  });
}

function readEntry(tree: XmlTree, entry: number, { source, target }: ReadGlossaryOptions): Entry {
  const sets = childrenOf(tree, entry).filter((child) => languageNames.has(local(tree, child)));
  const sources = termsIn(tree, sets, source);
  const targets = termsIn(tree, sets, target);
  if (sources.length === 0) return { terms: [], reason: `no term in ${source}` };
  if (targets.length === 0) return { terms: [], reason: `no term in ${target}` };
  if ([...sources, ...targets].some(({ text }) => text.length > maxTermLength))
    return { terms: [], reason: "longer than a term is" };
  const approved = [
    ...targets.filter(({ status }) => status === "preferred"),
    ...targets.filter(({ status }) => status === "admitted"),
  ].map((term) => term.text);
  const forbidden = targets.filter(({ status }) => status === "forbidden").map((term) => term.text);
  const note = noteOf(tree, entry);
  const extra = note === undefined ? {} : { note };
  return {
    terms: sources.flatMap(({ text }): GlossaryTerm[] => {
      const isKept = approved.length > 0 && approved.every((each) => each === text);
      const rule: GlossaryTerm = isKept
        ? { source: text, targets: [], kind: "keep", ...extra }
        : { source: text, targets: approved, kind: "approved", ...extra };
      return [
        ...(approved.length > 0 ? [rule] : []),
        ...(forbidden.length > 0
          ? [{ source: text, targets: forbidden, kind: "forbidden" as const, ...extra }]
          : []),
      ];
    }),
  };
}

/** The terms of the language asked for, or else of the same language elsewhere. */
function termsIn(tree: XmlTree, sets: readonly number[], language: string): TbxTerm[] {
  const fits = sets.map((set) => languageFit(attribute(tree, set, "xml:lang") ?? "", language));
  const best = Math.max(0, ...fits);
  if (best === 0) return [];
  return sets.filter((_, index) => fits[index] === best).flatMap((set) => termsOf(tree, set));
}

function termsOf(tree: XmlTree, set: number): TbxTerm[] {
  const found: TbxTerm[] = [];
  const end = tree.next[set]!;
  for (let index = set + 1; index < end; index++) {
    if (local(tree, index) !== "term") continue;
    const text = plainText(tree, index);
    const group = groupOf(tree, index, set);
    if (text !== "") found.push({ text, status: statusOf(tree, group) });
  }
  return found;
}

/** The outermost element around a term that holds only what belongs to it. */
function groupOf(tree: XmlTree, term: number, set: number): number {
  let group = term;
  for (let at = tree.parent[term]!; at > set; at = tree.parent[at]!)
    if (termNames.has(local(tree, at))) group = at;
  return group;
}

function statusOf(tree: XmlTree, group: number): TbxTerm["status"] {
  const end = tree.next[group]!;
  for (let index = group + 1; index < end; index++) {
    const name = local(tree, index);
    const type = attribute(tree, index, "type");
    const isStatus = /^(?:administrative|normative)/i.test(name === "termNote" ? (type ?? "") : name);
    if (!isStatus) continue;
    const value = plainText(tree, index);
    if (/^(?:deprecated|superseded|obsolete|forbidden)/i.test(value)) return "forbidden";
    return /^(?:preferred|standardized|legal)/i.test(value) ? "preferred" : "admitted";
  }
  return "admitted";
}

function noteOf(tree: XmlTree, entry: number): string | undefined {
  const end = tree.next[entry]!;
  for (let index = entry + 1; index < end; index++) {
    const name = local(tree, index);
    const isDefinition =
      name === "definition" || (name === "descrip" && attribute(tree, index, "type") === "definition");
    if (name !== "note" && !isDefinition) continue;
    const text = plainText(tree, index);
    if (text !== "") return text;
  }
  return undefined;
}

/** The text of an element without the marks of highlighting in it, on one line. */
function plainText(tree: XmlTree, element: number): string {
  return decodeText(innerXml(tree, element).replace(/<\/?[\w:.-]+(?:\s[^<>]*)?>/g, ""))
    .replace(/\s+/g, " ")
    .trim();
}

function local(tree: XmlTree, element: number): string {
  return nameOf(tree, element).replace(/^(?:\{[^}]*\}|[^:]*:)/, "");
}
