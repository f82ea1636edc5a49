import type { AtomCode } from "../../units/types.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import { attribute, childNamed, childrenOf, descendantsNamed, nameOf, textOf } from "../../xml/xml-tree.ts";
import { keptControl } from "./content-controls.ts";
import { isProseField } from "./field-results.ts";
import type { Container, FieldEvent, Inline, Token } from "./inline-token.ts";
import type { RunLooks } from "./run-looks.ts";

/** What reading a paragraph needs to know beside its XML. */
export type TokenContext = {
  readonly tree: XmlTree;
  readonly looks: RunLooks;
  /** Hidden text is text too. */
  readonly withHidden: boolean;
  /** What the paragraph's style says of being hidden. */
  readonly isHidden: boolean;
};

type Reader = TokenContext & Inline;

const noEvents: readonly FieldEvent[] = [];

/** The content of a `w:p` as tokens with the containers around them. */
export function readTokens(context: TokenContext, paragraph: number): Inline {
  const reader: Reader = { ...context, tokens: [], containers: [] };
  readChildren(reader, paragraph, -1);
  return { tokens: reader.tokens, containers: reader.containers };
}

function readChildren(reader: Reader, parent: number, container: number): void {
  const end = reader.tree.next[parent]!;
  for (let child = parent + 1; child < end; child = reader.tree.next[child]!)
    readElement(reader, child, container);
}

const skipped = new Set(["w:pPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:dirPr"]);

type Shape = Pick<Container, "kind" | "canCopy">;

const copied: Shape = { kind: "container", canCopy: true };
const single: Shape = { kind: "container", canCopy: false };

const shapes: ReadonlyMap<string, Shape> = new Map([
  ["w:hyperlink", { kind: "link", canCopy: true }],
  ["w:ins", copied],
  ["w:smartTag", copied],
  ["w:dir", copied],
  ["w:bdo", copied],
  ["w:moveTo", single],
  ["w:customXml", single],
  ["w:fldSimple", single],
  ["w:sdt", single],
]);

const atoms: ReadonlyMap<string, Token["kind"]> = new Map([
  ["w:fldSimple", "field"],
  ["w:sdt", "object"],
  ["m:oMath", "object"],
  ["m:oMathPara", "object"],
  ["mc:AlternateContent", "picture"],
  ["w:proofErr", "noise"],
]);

function readElement(reader: Reader, element: number, container: number): void {
  const { tree } = reader;
  const name = nameOf(tree, element);
  if (skipped.has(name)) return;
  const shape = shapes.get(name);
  if (name === "w:r") readRun(reader, element, container);
  else if (shape !== undefined && isFree(tree, element, name))
    openContainer(reader, element, container, shape);
  else {
    const kind = atoms.get(name) ?? "mark";
    add(reader, element, container, kind, kind === "mark" ? "" : shownText(tree, element));
  }
}

/** False for fields and content controls whose text is not ours to translate. */
function isFree(tree: XmlTree, element: number, name: string): boolean {
  if (name === "w:fldSimple")
    return isProseField(attribute(tree, element, "w:instr") ?? "") && /\p{L}/u.test(shownText(tree, element));
  if (name !== "w:sdt") return true;
  return keptControl(tree, element) === undefined && childNamed(tree, element, "w:sdtContent") >= 0;
}

function openContainer(reader: Reader, element: number, parent: number, { kind, canCopy }: Shape): void {
  const { tree, containers, tokens } = reader;
  const index = containers.length;
  const before = tokens.length;
  const holder = nameOf(tree, element) === "w:sdt" ? childNamed(tree, element, "w:sdtContent") : element;
  const properties = childrenOf(tree, holder).filter((child) => skipped.has(nameOf(tree, child)));
  const contentStart = properties.length > 0 ? tree.end[properties.at(-1)!]! : tree.openEnd[holder]!;
  const contentEnd = tree.closeStart[holder]!;
  containers.push({ kind, canCopy, parent, element, contentStart, contentEnd });
  readChildren(reader, holder, index);
  if (tokens.slice(before).some((token) => token.kind !== "noise")) return;
  tokens.length = before;
  containers.length = index;
  add(reader, element, parent, "mark", "");
}

function readRun(reader: Reader, run: number, container: number): void {
  const { tree } = reader;
  const look = reader.looks(run);
  const isHidden = !reader.withHidden && (look.isHidden ?? reader.isHidden);
  const end = tree.next[run]!;
  for (let child = run + 1; child < end; child = tree.next[child]!) {
    const name = nameOf(tree, child);
    if (name === "w:rPr") continue;
    const text = characters(tree, child, name);
    if (text === undefined) {
      const [kind, shows] = runChild(tree, child, name);
      add(reader, child, container, kind, shows, run);
    } else if (text === "") add(reader, child, container, "noise", "", run);
    else if (look.isKept || isHidden) add(reader, child, container, "object", isHidden ? "" : text, run);
    else add(reader, child, container, "text", text, run, look.key);
  }
}

/** The characters that an element of a run stands for; undefined for one that is no text. */
function characters(tree: XmlTree, element: number, name: string): string | undefined {
  switch (name) {
    case "w:t": {
      const text = textOf(tree, element);
      // Word drops white space at the ends unless told to keep it, and shows line ends as spaces.
      const kept = attribute(tree, element, "xml:space") === "preserve" ? text : trimmed(text);
      return kept.replace(/[\t\n]+/g, " ");
    }
    case "w:noBreakHyphen":
      return "\u2011";
    case "w:softHyphen":
      return "\u00ad";
    default:
      return undefined;
  }
}

function trimmed(text: string): string {
  return text.replace(/^[ \t\n]+|[ \t\n]+$/g, "");
}

function runChild(tree: XmlTree, element: number, name: string): [kind: Token["kind"], shows: string] {
  switch (name) {
    case "w:tab":
    case "w:ptab":
      return ["tab", ""];
    case "w:br":
    case "w:cr":
      return ["break", ""];
    case "w:lastRenderedPageBreak":
      return ["rider", ""];
    case "w:footnoteReference":
    case "w:endnoteReference":
    case "w:footnoteRef":
    case "w:endnoteRef":
      return ["note", ""];
    case "w:commentReference":
    case "w:annotationRef":
      return ["mark", ""];
    case "w:fldChar":
    case "w:instrText":
    case "w:delInstrText":
      return ["field", ""];
    case "w:drawing":
    case "w:pict":
    case "mc:AlternateContent":
      return ["picture", ""];
    case "w:ruby": {
      const base = childNamed(tree, element, "w:rubyBase");
      return ["object", base < 0 ? "" : shownText(tree, base)];
    }
    default:
      return ["object", ""];
  }
}

function add(
  reader: Reader,
  element: number,
  container: number,
  kind: Token["kind"],
  text: string,
  run = -1,
  look = "",
): void {
  reader.tokens.push({ kind, element, run, container, text, events: eventsIn(reader.tree, element), look });
}

/** The text that the element shows, that of text boxes in it left out. */
export function shownText(tree: XmlTree, element: number): string {
  let text = "";
  const end = tree.next[element]!;
  for (let at = element; at < end; ) {
    const name = nameOf(tree, at);
    if (name === "w:txbxContent" || name === "w:del" || name === "w:moveFrom") {
      at = tree.next[at]!;
      continue;
    }
    if (name === "m:t") text += textOf(tree, at);
    else text += characters(tree, at, name) ?? "";
    at++;
  }
  return text;
}

const fieldKinds = new Set(["begin", "separate", "end"]);

function eventsIn(tree: XmlTree, element: number): readonly FieldEvent[] {
  const name = nameOf(tree, element);
  if (tree.next[element] === element + 1 || name === "w:fldChar") {
    const event = eventAt(tree, element, name);
    return event === undefined ? noEvents : [event];
  }
  if (descendantsNamed(tree, element, "w:fldChar").length === 0) return noEvents;
  const events: FieldEvent[] = [];
  const end = tree.next[element]!;
  for (let at = element + 1; at < end; ) {
    const inner = nameOf(tree, at);
    // Fields of a text box are its own.
    if (inner === "w:txbxContent" || inner === "mc:Fallback") {
      at = tree.next[at]!;
      continue;
    }
    const event = eventAt(tree, at, inner);
    if (event !== undefined) events.push(event);
    at++;
  }
  return events;
}

function eventAt(tree: XmlTree, element: number, name: string): FieldEvent | undefined {
  if (name === "w:instrText" || name === "w:delInstrText")
    return { kind: "code", text: textOf(tree, element) };
  if (name !== "w:fldChar") return undefined;
  const kind = attribute(tree, element, "w:fldCharType") ?? "";
  return fieldKinds.has(kind) ? { kind: kind as "begin" } : undefined;
}

/** The kinds of atom that a token can stand for. */
export function atomKind(token: Token): AtomCode["kind"] {
  if (token.kind === "rider") return "break";
  return token.kind === "text" || token.kind === "noise" ? "object" : token.kind;
}
