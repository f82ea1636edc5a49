import type { XmlTree } from "../../xml/scan-xml.ts";
import {
  attribute,
  childNamed,
  childrenOf,
  descend,
  descendantsNamed,
  nameOf,
  textOf,
} from "../../xml/xml-tree.ts";
import { childValue } from "../read/child-value.ts";

export type ControlKind =
  | "rich-text"
  | "text"
  | "dropdown"
  | "combo-box"
  | "checkbox"
  | "date"
  | "picture"
  | "gallery"
  | "repeating-section"
  | "group"
  | "citation"
  | "bibliography"
  | "equation";

/** Where a control's value is kept besides its text (17.5.2.6). */
export type DataBinding = {
  readonly xpath: string;
  /** As XML writes them: `xmlns:ns0='…'`. */
  readonly prefixMappings: string;
  readonly storeItemId: string;
};

/** A content control of a story (17.5.2). */
export type Control = {
  /** The `w:sdt`. */
  readonly element: number;
  readonly tag?: string;
  readonly title?: string;
  readonly kind: ControlKind;
  /** What the control stands around. */
  readonly level: "block" | "inline" | "cell" | "row";
  /** True when people may not change the content or delete the control. */
  readonly isLocked: boolean;
  /** True as long as nobody has filled it in. */
  readonly isPlaceholder: boolean;
  readonly text: string;
  /** What a list offers: the text shown and the value kept. */
  readonly choices: readonly { readonly text: string; readonly value: string }[];
  readonly binding?: DataBinding;
  /** True when the bound data holds a whole document, as that of rich text does. */
  readonly isBoundToDocument: boolean;
};

const kinds: Readonly<Record<string, ControlKind>> = {
  "w:text": "text",
  "w:dropDownList": "dropdown",
  "w:comboBox": "combo-box",
  "w14:checkbox": "checkbox",
  "w:date": "date",
  "w:picture": "picture",
  "w:docPartObj": "gallery",
  "w:docPartList": "gallery",
  "w15:repeatingSection": "repeating-section",
  "w15:repeatingSectionItem": "repeating-section",
  "w:group": "group",
  "w:citation": "citation",
  "w:bibliography": "bibliography",
  "w:equation": "equation",
};

/** The content controls of a story in reading order. */
export function readControls(tree: XmlTree): Control[] {
  return descendantsNamed(tree, 0, "w:sdt").flatMap((element) => {
    const properties = childNamed(tree, element, "w:sdtPr");
    return properties < 0 ? [] : [readControl(tree, element, properties)];
  });
}

function readControl(tree: XmlTree, element: number, properties: number): Control {
  const value = (name: string): string | undefined => childValue(tree, properties, name);
  const children = childrenOf(tree, properties);
  const kindElement = children.find((each) => kinds[nameOf(tree, each)] !== undefined);
  const [tag, title] = [value("w:tag"), value("w:alias")];
  const binding = childNamed(tree, properties, "w:dataBinding");
  const placeholder = childNamed(tree, properties, "w:showingPlcHdr");
  return {
    element,
    ...(tag !== undefined && { tag }),
    ...(title !== undefined && { title }),
    kind: kindElement === undefined ? "rich-text" : kinds[nameOf(tree, kindElement)]!,
    level: levelOf(tree, element),
    isLocked: /locked/i.test(value("w:lock") ?? ""),
    isPlaceholder: placeholder >= 0 && !/^(0|false|off)$/.test(attribute(tree, placeholder, "w:val") ?? ""),
    text: descendantsNamed(tree, element, "w:t")
      .map((each) => textOf(tree, each))
      .join(""),
    choices: kindElement === undefined ? [] : readChoices(tree, kindElement),
    ...(binding >= 0 && { binding: readBinding(tree, binding) }),
    isBoundToDocument: childNamed(tree, properties, "w15:dataBinding") >= 0,
  };
}

function levelOf(tree: XmlTree, element: number): Control["level"] {
  const content = childNamed(tree, element, "w:sdtContent");
  const inside = content < 0 ? [] : childrenOf(tree, content).map((each) => nameOf(tree, each));
  if (inside.includes("w:tc")) return "cell";
  if (inside.includes("w:tr")) return "row";
  if (inside.some((name) => name === "w:p" || name === "w:tbl")) return "block";
  if (inside.includes("w:r")) return "inline";
  const parent = nameOf(tree, tree.parent[element]!);
  return /^w:(body|tc|sdtContent|hdr|ftr|txbxContent)$/.test(parent) ? "block" : "inline";
}

function readChoices(tree: XmlTree, element: number): Control["choices"] {
  return childrenOf(tree, element)
    .filter((each) => nameOf(tree, each) === "w:listItem")
    .flatMap((each) => {
      const value = attribute(tree, each, "w:value");
      const text = attribute(tree, each, "w:displayText") ?? value;
      return text === undefined || (value ?? text) === "" ? [] : [{ text, value: value ?? text }];
    });
}

function readBinding(tree: XmlTree, element: number): DataBinding {
  return {
    xpath: attribute(tree, element, "w:xpath") ?? "",
    prefixMappings: attribute(tree, element, "w:prefixMappings") ?? "",
    storeItemId: attribute(tree, element, "w:storeItemID") ?? "",
  };
}

/** The item ids by which controls name the core properties, the extended ones and those of a cover page. */
export const propertyStores = {
  core: "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}",
  extended: "{6668398D-A668-4E3E-A5EB-62B293D839F1}",
  cover: "{55AF091B-3C7A-41E3-B477-F2FDAA23CFDA}",
} as const;

/** What a document says of itself and a control may be bound to. */
export type DocumentProperty = "title" | "author" | "subject" | "date";

export const documentProperties: readonly DocumentProperty[] = ["title", "author", "subject", "date"];

const boundPaths: Readonly<Record<DocumentProperty, readonly [store: string, path: RegExp]>> = {
  title: [propertyStores.core, /(^|[/:])title(\[1\])?$/],
  author: [propertyStores.core, /(^|[/:])creator(\[1\])?$/],
  subject: [propertyStores.core, /(^|[/:])subject(\[1\])?$/],
  date: [propertyStores.cover, /(^|[/:])PublishDate(\[1\])?$/],
};

/** True for a control that shows that property of the document, as Word's own ones do. */
export function isBoundTo({ binding }: Control, property: DocumentProperty): boolean {
  if (binding === undefined) return false;
  const [store, path] = boundPaths[property];
  return binding.storeItemId.toUpperCase() === store && path.test(binding.xpath.trim());
}

/** The element of a control's own kind among its properties (`w:date`, `w14:checkbox`), -1 for none. */
export function kindElement(tree: XmlTree, control: number): number {
  const properties = descend(tree, control, "w:sdtPr");
  return childrenOf(tree, properties).find((each) => kinds[nameOf(tree, each)] !== undefined) ?? -1;
}
