import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, descendantsNamed, nameOf, textOf } from "../../xml/xml-tree.ts";

/** A field of a story, simple or complex (17.16.2, 17.16.18, 17.16.19). */
export type StoryField = {
  /** The instruction: `DATE \@ "d MMMM yyyy"`. */
  readonly code: string;
  /** The `w:fldSimple`, or the `w:fldChar` that begins the field. */
  readonly begin: number;
  /** The `w:fldSimple`, or the `w:fldChar` that ends the field. */
  readonly finish: number;
  /** The `w:t` elements of the result. */
  readonly texts: readonly number[];
  /** Source offset where a run of the result may be put, when there is such a place. */
  readonly resultStart: number | undefined;
  /** True when another field stands inside the result. */
  readonly holdsFields: boolean;
  readonly isLocked: boolean;
};

type OpenField = {
  begin: number;
  code: string;
  texts: number[];
  resultStart: number | undefined;
  holdsFields: boolean;
};

/** The fields of a story in the order in which they end; one that never ends is left out. */
export function readFields(tree: XmlTree): StoryField[] {
  const found = descendantsNamed(tree, 0, "w:fldSimple").map((element) => simpleField(tree, element));
  const open: OpenField[] = [];
  for (let index = 0; index < tree.count; index++) {
    const name = nameOf(tree, index);
    const field = open.at(-1);
    if (name === "w:fldChar") {
      const kind = attribute(tree, index, "w:fldCharType");
      if (kind === "begin") {
        if (field !== undefined) field.holdsFields = true;
        open.push({ begin: index, code: "", texts: [], resultStart: undefined, holdsFields: false });
      } else if (kind === "separate" && field !== undefined) {
        field.resultStart = tree.end[tree.parent[index]!]!;
      } else if (kind === "end" && field !== undefined) {
        open.pop();
        found.push({ ...field, finish: index, isLocked: isOn(attribute(tree, field.begin, "w:fldLock")) });
      }
    } else if (name === "w:instrText" && field !== undefined) {
      field.code += textOf(tree, index);
    } else if (name === "w:t" && field?.resultStart !== undefined) {
      field.texts.push(index);
    }
  }
  return found;
}

function simpleField(tree: XmlTree, element: number): StoryField {
  const inside = (name: string): number[] => descendantsNamed(tree, element, name);
  return {
    code: attribute(tree, element, "w:instr") ?? "",
    begin: element,
    finish: element,
    texts: inside("w:t"),
    resultStart: tree.openEnd[element]! === tree.end[element]! ? undefined : tree.openEnd[element]!,
    holdsFields: inside("w:fldChar").length + inside("w:fldSimple").length > 0,
    isLocked: isOn(attribute(tree, element, "w:fldLock")),
  };
}

function isOn(value: string | undefined): boolean {
  return /^(1|true|on)$/.test(value ?? "");
}
