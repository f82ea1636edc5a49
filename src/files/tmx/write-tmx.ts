import { type InlineStretch, inlineEvents } from "../xliff/inline-events.ts";
import { withoutOdd, writeAttribute, writeCharacters } from "../xliff/write-inline.ts";
import type { TmxHistory, TmxMemory, TmxText, TmxUnit, TmxVariant } from "./types.ts";

export type WriteTmxOptions = {
  /** Version of the program, for the header. Defaults to `1`. */
  readonly toolVersion?: string;
};

/** A translation memory as TMX 1.4b: spans as `bpt` and `ept`, atoms as `ph`. Characters that XML lacks are left out. */
export function writeTmx(memory: TmxMemory, options: WriteTmxOptions = {}): string {
  const version = writeAttribute(options.toolVersion ?? "1");
  return `<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
<header creationtool="Tandem" creationtoolversion="${version}" segtype="sentence" o-tmf="Tandem" adminlang="en" srclang="${writeAttribute(memory.source)}" datatype="plaintext"/>
<body>
${memory.units.map(writeUnit).join("")}</body>
</tmx>
`;
}

function writeUnit(unit: TmxUnit): string {
  const id = unit.id === undefined ? "" : ` tuid="${writeAttribute(unit.id)}"`;
  const notes = (unit.notes ?? []).map((text) => `<note>${characters(text)}</note>\n`);
  const properties = (unit.properties ?? []).map(
    ({ type, text }) => `<prop type="${writeAttribute(type)}">${characters(text)}</prop>\n`,
  );
  const numbers = codeNumbers(unit);
  const variants = unit.variants.map((variant) => writeVariant(variant, numbers));
  return `<tu${id}${history(unit)}>\n${notes.join("")}${properties.join("")}${variants.join("")}</tu>\n`;
}

function writeVariant(variant: TmxVariant, numbers: ReadonlyMap<string, number>): string {
  const language = writeAttribute(variant.language);
  return `<tuv xml:lang="${language}"${history(variant)}><seg>${writeSegment(variant.content, numbers)}</seg></tuv>\n`;
}

function history({ created, createdBy, changed, changedBy }: TmxHistory): string {
  const date = (name: string, value: string | undefined): string =>
    value === undefined ? "" : ` ${name}="${writeAttribute(value.replace(/[-:]|\.\d+/g, ""))}"`;
  const person = (name: string, value: string | undefined): string =>
    value === undefined ? "" : ` ${name}="${writeAttribute(value)}"`;
  return (
    date("creationdate", created) +
    person("creationid", createdBy) +
    date("changedate", changed) +
    person("changeid", changedBy)
  );
}

/** TMX names codes by numbers: their own where all are numbers, else in the order in which they come. */
function codeNumbers({ variants }: TmxUnit): ReadonlyMap<string, number> {
  const ids = new Set(
    variants.flatMap(({ content }) => [...content.spans, ...content.atoms].map(({ id }) => id)),
  );
  const areNumbers = [...ids].every((id) => /^[1-9]\d{0,8}$/.test(id));
  return new Map([...ids].map((id, index) => [id, areNumbers ? Number(id) : index + 1]));
}

function writeSegment({ text, spans, atoms }: TmxText, numbers: ReadonlyMap<string, number>): string {
  const kinds = new Map([...spans, ...atoms].map(({ id, kind }) => [id, kind]));
  const stretches = spans
    .filter(({ start, end }) => start < end)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const pairs = new Map<InlineStretch, number>();
  let xml = "";
  let at = 0;
  for (const event of inlineEvents(stretches, atoms, new Map())) {
    xml += characters(text.slice(at, event.offset));
    at = event.offset;
    if (event.kind === "atom") {
      xml += `<ph x="${numbers.get(event.id)}" type="${kinds.get(event.id)}"/>`;
    } else if (event.kind === "open") {
      const { id } = event.stretch;
      pairs.set(event.stretch, pairs.size + 1);
      xml += `<bpt i="${pairs.size}" x="${numbers.get(id)}" type="${kinds.get(id)}"/>`;
    } else {
      xml += `<ept i="${pairs.get(event.stretch)}"/>`;
    }
  }
  return xml + characters(text.slice(at));
}

function characters(text: string): string {
  return writeCharacters(withoutOdd(text));
}
