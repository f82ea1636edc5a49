import { cellProblems, type Renamed, renamedIn } from "./translate-cells.ts";
import { type Inventory, inventoryOf } from "./translate-inventory.ts";
import { decodeXml, type XmlToken, xmlTokens, zipEntries } from "./translate-xml.ts";

/** Parts whose text, languages or references to renamed sheets a translation may write; all others stay to the byte. */
const translated =
  /^(?:word\/(?:glossary\/)?(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments\w*|styles\w*|settings|charts\/[^/]+|diagrams\/[^/]+|drawings\/[^/]+)\.xml|xl\/(?:workbook|sharedStrings|styles|comments\d*|(?:worksheets|chartsheets|charts|drawings|tables|threadedComments|comments|pivotTables|pivotCache|diagrams|slicers|slicerCaches|queryTables)\/(?:[^/]+\/)?[^/]+)\.(?:xml|vml)|ppt\/(?:presentation|\w+\/[^/]+|\w+\/\w+\/[^/]+)\.xml|docProps\/(?:core|app|custom)\.xml|package\/services\/metadata\/core-properties\/\w+\.psmdcp|xl\/drawings\/_rels\/[^/]+\.rels|(?:word|xl|ppt)\/embeddings\/[^/]+\.xlsx|\w+\/(?:drawings|charts)\/[^/]+\.xml)$/i;

/** What a target's script may change: fonts and weights are named for it beside the others, a direction is set. */
export type TargetScript = "latin" | "east-asian" | "right-to-left";

/**
 * What was lost, doubled or changed between a file and its translation, by a reading that shares nothing with the writer.
 * Names of parts in front; nothing where all is well.
 */
export function translationProblems(
  before: Uint8Array,
  after: Uint8Array,
  script: TargetScript = "latin",
): string[] {
  const [old, now] = [zipEntries(before), zipEntries(after)];
  const problems: string[] = [];
  if ([...old.keys()].join("\n") !== [...now.keys()].join("\n"))
    problems.push("other entries in the package");
  const renamed = renamedIn(old, now);
  for (const [name, bytes] of old) {
    const other = now.get(name);
    if (other === undefined || Buffer.compare(bytes, other) === 0) continue;
    if (!mayChange(name, old)) problems.push(`${name} was changed`);
    else if (name.endsWith(".xlsx"))
      problems.push(...translationProblems(bytes, other, script).map((each) => `${name} ${each}`));
    else problems.push(...partProblems(bytes, other, renamed, script).map((each) => `${name}: ${each}`));
  }
  return problems;
}

/** By its usual name, or by the type that the package's list of contents gives it. */
function mayChange(name: string, entries: ReadonlyMap<string, Uint8Array>): boolean {
  if (translated.test(name.replaceAll("\\", "/"))) return true;
  const types = entries.get("[Content_Types].xml");
  if (types === undefined || !name.endsWith(".xml")) return false;
  const found = xmlTokens(decodeXml(types)).find(
    (token) =>
      token.kind === "open" &&
      token.attributes.get("PartName")?.toLowerCase() === `/${name}`.toLowerCase() &&
      /main\+xml|document\.|header|footer|notes|comments|styles|sharedStrings|worksheet|slide|chart|diagram|table/.test(
        token.attributes.get("ContentType") ?? "",
      ),
  );
  return found !== undefined;
}

function partProblems(
  before: Uint8Array,
  after: Uint8Array,
  renamed: Renamed,
  script: TargetScript,
): string[] {
  let now: readonly XmlToken[];
  try {
    now = xmlTokens(decodeXml(after));
  } catch (error) {
    return [(error as Error).message];
  }
  const old = xmlTokens(decodeXml(before));
  const isMirrored = script === "right-to-left";
  const [had, has] = [inventoryOf(old, isMirrored), inventoryOf(now, isMirrored)];
  return [...inventoryProblems(had, has, script), ...cellProblems(old, now, renamed)];
}

function inventoryProblems(old: Inventory, now: Inventory, script: TargetScript): string[] {
  const keys = new Set([...old.counts.keys(), ...now.counts.keys()]);
  const [had, has] = [old.counts, now.counts];
  return [
    ...[...keys]
      .filter((key) => (had.get(key) ?? 0) !== (has.get(key) ?? 0))
      .map((key) => `${key}: ${had.get(key) ?? 0} became ${has.get(key) ?? 0}`),
    ...[...old.kinds].filter((key) => !isThere(key, now, script)).map((key) => `gone: ${key}`),
    ...[...now.kinds]
      .filter((key) => !key.startsWith("look") && !old.kinds.has(key))
      .map((key) => `new: ${key}`),
    ...(old.blocks.join() === now.blocks.join() ? [] : ["the blocks stand in another order"]),
    ...(old.broken.length === 0 ? now.broken : []),
  ];
}

/** A look counts as kept when a font or a weight for the target's script was added to it. */
function isThere(key: string, { kinds, looksOfAny }: Inventory, script: TargetScript): boolean {
  if (kinds.has(key) || looksOfAny.has(key)) return true;
  if (script === "latin" || !key.startsWith("look ")) return false;
  const wanted = wordsOf(key);
  return [...looksOfAny].some((each) => {
    const has = new Set(wordsOf(each));
    return each.startsWith("look ") && wanted.every((word) => has.has(word));
  });
}

const wordsOf = (look: string): string[] => look.slice("look ".length).split(/; | (?=\S+=)/);
