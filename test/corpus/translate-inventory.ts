import type { XmlToken } from "./translate-xml.ts";

/** What of a part must be there again after a translation. */
export type Inventory = {
  /** Everything that stands a fixed number of times, with the attributes that aren't text. */
  readonly counts: ReadonlyMap<string, number>;
  /** What may be split but must not be gone: link targets, insertions, looks of words. */
  readonly kinds: ReadonlySet<string>;
  /** Looks of any text, be it a stop or a space. */
  readonly looksOfAny: ReadonlySet<string>;
  /** Blocks in their order: paragraphs, tables, rows, cells, shapes. */
  readonly blocks: readonly string[];
  /** Fields and range marks that don't nest or end before they start. */
  readonly broken: readonly string[];
};

/** Carriers of text, which may be cut and joined; what they hold besides is counted. Text that must fit is made
 * smaller, and a direction set; of `w:pPr` the children are counted. */
const carriers = new Set(
  "w:r w:t w:proofErr w:lang w:themeFontLang w:smartTagPr w:attr a:r a:t s:r s:t s:rPh s:phoneticPr a:normAutofit w:noBreakHyphen w:softHyphen w:pPr w:bidi w:bidiVisual".split(
    " ",
  ),
);
/** May stand in several pieces. */
const splittable = new Set(
  "w:hyperlink w:ins w:smartTag w:dir w:bdo w:moveTo a:hlinkClick a:hlinkMouseOver a:hlinkHover".split(" "),
);
/** A run's look. In the properties of a paragraph's mark it is counted like everything else. */
const looks: Readonly<Record<string, string>> = {
  "w:r": "w:rPr",
  "a:r": "a:rPr",
  "a:fld": "a:rPr",
  "s:r": "s:rPr",
};
const invisible = new Set("w:lang w:noProof w:rtl w:cs".split(" "));
const blockNames = new Set(
  "w:p w:tbl w:tr w:tc w:sectPr w:sdt a:p a:tbl a:tr a:tc p:sp p:pic p:graphicFrame p:grpSp p:cxnSp s:row s:c s:mergeCell s:si".split(
    " ",
  ),
);
/** What a translation sets anew: that a workbook must be calculated. */
const fitted = /^s:calcPr$/;
/** Attributes that hold text, or the language of text, or what an editor notes beside it. */
const textual =
  /^(?:lang|altLang|xml:lang|xml:space|dirty|err|smtClean|smtId|bmk|descr|title|string|tooltip|w:tooltip|display|prompt|promptTitle|error|errorTitle|alt|w:rsid\w*|uniqueCount|totalsRowLabel)$/;
const named =
  /^(?:s:sheet|s:tableColumn|s:cacheField|p14:section|wp:docPr|\w+:cNvPr|s:definedName|s:worksheetSource|s:hyperlink|s:customSheetView)$/;

/** Attributes that say from which side text is read, and what mirroring a slide moves. */
const direction = /^(?:rtl|rtlCol|rightToLeft|algn|anchorCtr|flipH|flipV|rot|w:hint)$/;

type KeyOf = (name: string, attributes: ReadonlyMap<string, string>) => string;

function keyOf(name: string, attributes: ReadonlyMap<string, string>): string {
  if (fitted.test(name)) return name;
  const kept = [...attributes].filter(
    ([each, value]) =>
      // A shape may lead to a place in a sheet that has another name now.
      !(name === "Relationship" && each === "Target" && value.startsWith("#")) &&
      !textual.test(each) &&
      !(named.test(name) && /^(?:name|location|sheet|ref)$/.test(each)),
  );
  return [name, ...kept.map(([each, value]) => `${each}=${value}`).sort()].join(" ");
}

/** The same where a slide or sheet was mirrored, of which directions and places across are no part. */
const mirroredKeyOf: KeyOf = (name, attributes) => {
  const kept = [...attributes].filter(
    ([each]) =>
      !direction.test(each) && !(/^(?:a:off|a:chOff|a:fillRect)$/.test(name) && /^[xlr]$/.test(each)),
  );
  if (name === "w:jc") return name;
  return keyOf(name, new Map(kept));
};

type Run = { readonly name: string; look: string[]; text: string };

/** Reads the inventory of a part from its tokens. */
export function inventoryOf(tokens: readonly XmlToken[], isMirrored = false): Inventory {
  const keyed: KeyOf = isMirrored ? mirroredKeyOf : keyOf;
  const counts = new Map<string, number>();
  const kinds = new Set<string>();
  const looksOfAny = new Set<string>();
  const blocks: string[] = [];
  const broken: string[] = [];
  const add = (key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
  const path: string[] = [];
  const runs: Run[] = [];
  const links: { key: string; text: string }[] = [];
  const fields: { code: string; phase: string }[] = [];
  const started = new Set<string>();
  /** Depth at which the look of a run began. */
  let lookFrom = -1;
  let verbatim = "";
  for (const token of tokens) {
    if (token.kind === "text") {
      const parent = path.at(-1) ?? "";
      if (parent === "w:instrText") {
        if (fields.length > 0) fields.at(-1)!.code += token.text;
      } else if (/^(?:w:t|a:t|s:t)$/.test(parent)) {
        if (runs.length > 0) runs.at(-1)!.text += token.text;
        for (const link of links) link.text += token.text;
      } else if (/^(?:m:t|w:delText|w:delInstrText)$/.test(parent)) verbatim += token.text;
      else if (parent === "c:v" && path.includes("c:numCache")) verbatim += token.text;
      continue;
    }
    if (token.kind === "close") {
      const name = path.pop()!;
      if (lookFrom === path.length) lookFrom = -1;
      if (runs.at(-1)?.name === name && looks[name]) {
        const { look, text } = runs.pop()!;
        const whole = `look ${look.sort().join("; ")}`;
        if (text !== "") looksOfAny.add(whole);
        if (/[\p{L}\p{N}]/u.test(text) && look.length > 0) kinds.add(whole);
      }
      if (name === "w:hyperlink") {
        const { key, text } = links.pop()!;
        if (/[\p{L}\p{N}]/u.test(text)) kinds.add(`text of ${key}`);
      }
      if (verbatim !== "") add(`${name} “${verbatim}”`);
      verbatim = "";
      continue;
    }
    const { name, attributes } = token;
    const parent = path.at(-1) ?? "";
    const key = keyed(name, attributes);
    path.push(name);
    if (lookFrom >= 0) {
      if (name === "a:hlinkClick") kinds.add(key);
      else if (!invisible.has(name)) runs.at(-1)?.look.push(key);
      continue;
    }
    if (looks[parent] === name) {
      lookFrom = path.length - 1;
      const own = keyed(name, attributes);
      if (own !== name) runs.at(-1)?.look.push(own);
      continue;
    }
    if (looks[name]) runs.push({ name, look: [], text: "" });
    if (name === "w:hyperlink") links.push({ key: linkKey(attributes), text: "" });
    if (splittable.has(name)) kinds.add(name === "w:hyperlink" ? linkKey(attributes) : withoutId(key));
    // Paragraphs without properties get some where they are turned round.
    else if (!carriers.has(name) && !(isMirrored && key === "a:pPr")) add(key);
    if (blockNames.has(name) && !path.slice(0, -1).some((each) => each === "w:r")) blocks.push(name);
    if (name === "w:fldChar") stepField(attributes.get("w:fldCharType") ?? "", fields, add, broken);
    watchRange(name, attributes, started, broken);
  }
  if (fields.length > 0) broken.push(`${fields.length} fields without an end`);
  return { counts, kinds, looksOfAny, blocks, broken };
}

const linkKey = (attributes: ReadonlyMap<string, string>): string =>
  `link ${["r:id", "w:anchor", "w:docLocation", "w:tgtFrame"].map((name) => attributes.get(name) ?? "").join("|")}`;

const withoutId = (key: string): string => key.replace(/ w:id=\S+/, "");

function stepField(
  type: string,
  fields: { code: string; phase: string }[],
  add: (key: string) => void,
  broken: string[],
): void {
  const last = fields.at(-1);
  if (type === "begin") fields.push({ code: "", phase: "begin" });
  else if (last === undefined) broken.push(`a field's ${type} without its begin`);
  else if (type === "separate") {
    if (last.phase !== "begin") broken.push("a field with two separators");
    last.phase = "separate";
  } else {
    fields.pop();
    add(`field ${last.phase} ${last.code.trim()}`);
  }
}

function watchRange(
  name: string,
  attributes: ReadonlyMap<string, string>,
  started: Set<string>,
  broken: string[],
): void {
  const range = /^(w:.*?)(?:Range)?(Start|End)$/.exec(name);
  const id = attributes.get("w:id");
  if (!range || id === undefined) return;
  if (range[2] === "Start") started.add(`${range[1]} ${id}`);
  else if (!started.has(`${range[1]} ${id}`)) broken.push(`${name} ${id} before its start`);
}
