import { BadRequestError, FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import { scanXml, type XmlTree } from "../xml/scan-xml.ts";
import { attribute, childrenOf, nameOf } from "../xml/xml-tree.ts";
import { codedSource, codedTarget, localName, readInline } from "./read-inline.ts";
import {
  ownNamespace,
  type XliffDocument,
  type XliffNote,
  type XliffSegment,
  type XliffState,
  type XliffUnit,
} from "./types.ts";
import { withLine } from "./with-line.ts";

export type ReadXliffOptions = {
  /** Digest of the source file that the translation has to belong to. Defaults to any. */
  readonly sourceHash?: string;
};

/**
 * Reads an XLIFF 2.x document, also one that a person or a translation tool has edited: in another order, with elements of
 * other namespaces, without some targets. Throws `BadRequestError` when it belongs to another source file, and
 * `FileDamagedError` with the line for what is no XLIFF.
 */
export function readXliff(text: string, options: ReadXliffOptions = {}): XliffDocument {
  const tree = withLine(text, () => scanXml(text));
  const root = withLine(text, () => readRoot(tree));
  return withLine(text, () => readDocument(tree, root, options));
}

function readRoot(tree: XmlTree): number {
  if (localName(tree, 0) === "xliff") return 0;
  if (nameOf(tree, 0).startsWith("{urn:oasis:names:tc:xliff:document:1"))
    throw new FileUnsupportedError("the file is XLIFF 1.x; XLIFF 2.0 and later are read", {
      hint: "Export it as XLIFF 2 from the translation tool.",
    });
  throw new FileDamagedError(`the file is no XLIFF document: its first element is ${nameOf(tree, 0)}`);
}

function readDocument(tree: XmlTree, root: number, { sourceHash }: ReadXliffOptions): XliffDocument {
  const files = childrenOf(tree, root).filter((child) => localName(tree, child) === "file");
  const file = files.find((each) => hashOf(tree, each) === sourceHash) ?? files[0];
  if (file === undefined) throw new FileDamagedError("the XLIFF document holds no file element");
  const found = hashOf(tree, file);
  if (sourceHash !== undefined && found !== sourceHash) throw otherSource(tree, file, found);
  return {
    original: attribute(tree, file, "original") ?? "",
    sourceHash: found ?? "",
    source: attribute(tree, root, "srcLang") ?? "",
    target: attribute(tree, root, "trgLang") ?? "",
    units: unitsBelow(tree, file).map((unit) => readUnit(tree, unit)),
  };
}

function otherSource(tree: XmlTree, file: number, found: string | undefined): BadRequestError {
  const name = attribute(tree, file, "original") ?? "another file";
  return found === undefined
    ? new BadRequestError(
        `the XLIFF file of "${name}" doesn't say which version of its source it belongs to`,
        {
          hint: "Export the XLIFF file again, and keep its notes when it is edited.",
        },
      )
    : new BadRequestError(`the XLIFF file belongs to another source: "${name}", or another version of it`, {
        hint: "Give the document that the XLIFF file was made from, or export it again.",
      });
}

/** The digest as attribute, or as note where a tool dropped what it doesn't know. */
function hashOf(tree: XmlTree, file: number): string | undefined {
  const own = attribute(tree, file, `{${ownNamespace}}sourceHash`);
  return own ?? notesOf(tree, file).find(({ category }) => category === "source-hash")?.text;
}

/** The units of a file, those in groups too. */
function unitsBelow(tree: XmlTree, element: number): number[] {
  return childrenOf(tree, element).flatMap((child) => {
    const name = localName(tree, child);
    if (name === "unit") return [child];
    return name === "group" ? unitsBelow(tree, child) : [];
  });
}

type OwnNote = XliffNote & { readonly segment: string | undefined };

function notesOf(tree: XmlTree, element: number): OwnNote[] {
  return childrenOf(tree, element)
    .filter((child) => localName(tree, child) === "notes")
    .flatMap((notes) => childrenOf(tree, notes))
    .filter((child) => localName(tree, child) === "note")
    .map((note) => ({
      category: attribute(tree, note, "category") ?? "",
      text: readInline(tree, note).text,
      segment: attribute(tree, note, `{${ownNamespace}}segment`),
    }));
}

function readUnit(tree: XmlTree, unit: number): XliffUnit {
  const notes = notesOf(tree, unit);
  const data = originalData(tree, unit);
  const segments: XliffSegment[] = [];
  for (const child of childrenOf(tree, unit)) {
    const name = localName(tree, child);
    const last = segments.at(-1);
    if (name === "segment") segments.push(readSegment(tree, child, data, notes, segments.length + 1));
    else if (name === "ignorable" && last !== undefined) {
      const source = childOf(tree, child, "source");
      if (source >= 0) segments[segments.length - 1] = { ...last, after: readInline(tree, source).text };
    }
  }
  const own = notes.filter(({ segment }) => segment === undefined);
  return {
    unit: attribute(tree, unit, "name") ?? attribute(tree, unit, "id") ?? "",
    ...(own.length === 0 ? {} : { notes: own.map(({ category, text }) => ({ category, text })) }),
    segments,
  };
}

function originalData(tree: XmlTree, unit: number): Map<string, string> {
  const all = childrenOf(tree, unit).filter((child) => localName(tree, child) === "originalData");
  return new Map(
    all
      .flatMap((element) => childrenOf(tree, element))
      .filter((child) => localName(tree, child) === "data")
      .map((child) => [attribute(tree, child, "id") ?? "", readInline(tree, child).text]),
  );
}

const states = ["initial", "translated", "reviewed", "final"] as const;

function readSegment(
  tree: XmlTree,
  segment: number,
  data: ReadonlyMap<string, string>,
  notes: readonly OwnNote[],
  number: number,
): XliffSegment {
  const [source, target] = [childOf(tree, segment, "source"), childOf(tree, segment, "target")];
  if (source < 0) throw new FileDamagedError(`a segment has no source, at character ${tree.start[segment]}`);
  const coded = codedSource(tree, readInline(tree, source), data);
  const id = attribute(tree, segment, "id") ?? `s${number}`;
  const state = attribute(tree, segment, "state");
  const known = new Set([...coded.spans, ...coded.atoms].map((code) => code.id));
  return {
    source: coded,
    ...(target < 0 ? {} : { target: codedTarget(coded, readInline(tree, target, known)) }),
    state: states.find((each): each is XliffState => each === state) ?? "initial",
    notes: notes.filter((note) => note.segment === id).map(({ category, text }) => ({ category, text })),
  };
}

function childOf(tree: XmlTree, element: number, name: string): number {
  return childrenOf(tree, element).find((child) => localName(tree, child) === name) ?? -1;
}
