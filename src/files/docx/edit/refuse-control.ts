import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, nameOf } from "../../xml/xml-tree.ts";
import { contentControlLock } from "../read/read-inline.ts";
import type { RefusalReason } from "./run-edit.ts";

const kinds: readonly (readonly [names: readonly string[], reason: string, fix: string])[] = [
  [
    ["w:dataBinding", "w15:dataBinding"],
    "the text is in a content control that is bound to data elsewhere in the file",
    "Change the value in Word, or the data that it shows.",
  ],
  [
    ["w:dropDownList"],
    "the text is in a content control that offers a fixed list of choices",
    "Choose another entry in Word.",
  ],
  [["w14:checkbox"], "the text is the mark of a check box", "Tick or clear the box in Word."],
  [
    ["w:citation", "w:equation", "w:picture"],
    "the text is in a content control that Word fills",
    "Change it in Word.",
  ],
  [
    ["w:showingPlcHdr"],
    "the text is the placeholder of a content control that is not filled in yet",
    "Fill the control in in Word; the placeholder is no text of the document.",
  ],
];

/** Why the text of the content control around an element is not free (17.5.2). */
export function refuseControl(tree: XmlTree, element: number): RefusalReason {
  let control = tree.parent[element]!;
  while (
    control > 0 &&
    !(nameOf(tree, control) === "w:sdt" && contentControlLock(tree, control) !== undefined)
  ) {
    control = tree.parent[control]!;
  }
  const properties = control > 0 ? childNamed(tree, control, "w:sdtPr") : -1;
  const has = (name: string): boolean => properties >= 0 && childNamed(tree, properties, name) >= 0;
  const lock = has("w:lock") ? attribute(tree, childNamed(tree, properties, "w:lock"), "w:val") : undefined;
  const kind = /^(sdtC|c)ontentLocked$/.test(lock ?? "")
    ? undefined
    : kinds.find(([names]) => names.some(has));
  return {
    code: "locked",
    reason: kind?.[1] ?? "the text is in a content control that is locked",
    fix: kind?.[2] ?? "Unlock the control in Word: Developer, Properties, Locking.",
  };
}
