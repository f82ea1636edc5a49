import type { AtomCode, CodedText } from "../../../files/units/types.ts";
import { renumber } from "./renumber.ts";
import type { Repair } from "./repair.ts";
import type { AnswerPiece } from "./scan-answer.ts";

/** A piece of an answer in terms of the segment's own codes. What opens and closes together has one `element` number. */
export type CodePiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "atom"; readonly id: string; readonly isEmpty: boolean }
  | { readonly kind: "open"; readonly id: string; readonly element: number; readonly isClosed: boolean }
  | { readonly kind: "close"; readonly id: string; readonly element: number };

type Element = {
  readonly name: string;
  readonly id: string | undefined;
  /** The nearest element around it that holds what an atom shows. */
  readonly holder: Element | undefined;
  readonly shows: string | undefined;
  readonly number: number;
  isClosed: boolean;
  /** UTF-16 units of text right in it, counted for what an atom shows. */
  length: number;
};

type Draft =
  | { readonly kind: "text"; readonly text: string; readonly holder: Element | undefined }
  | { readonly kind: "atom" | "open" | "close"; readonly id: string; readonly element: Element };

/** The answer's tags as codes of the segment; those that are of no use are left out, and so is what an atom shows. */
export function readPieces(
  segment: CodedText,
  answer: readonly AnswerPiece[],
  repaired: Repair[],
): CodePiece[] {
  const reader: Reader = {
    atoms: new Map(segment.atoms.map((atom) => [atom.id, atom])),
    spans: new Set(segment.spans.map(({ id }) => id)),
    renumbered: renumber(segment, answer, repaired),
    repaired,
    drafts: [],
    stacks: new Map(),
    shown: [],
  };
  const slashless = idsNeverClosed(answer);
  const opened = new Set<string>();
  for (const piece of answer) {
    if (piece.kind === "text") addText(reader, piece.text);
    else if (piece.form === "close") close(reader, piece.name, piece.id);
    else if (slashless.has(piece.id ?? "") && opened.delete(piece.id!)) close(reader, piece.name, piece.id);
    else {
      if (piece.id !== undefined) opened.add(piece.id);
      open(reader, piece.name, piece.id, piece.form === "alone");
    }
  }
  return reader.drafts.flatMap(pieceOf);
}

/** Ids that open an even number of times and never close: the engine forgot the slash. */
function idsNeverClosed(answer: readonly AnswerPiece[]): ReadonlySet<string> {
  const opens = new Map<string, number>();
  for (const piece of answer) {
    if (piece.kind === "text" || piece.form === "alone" || piece.name !== "g") continue;
    const id = piece.id ?? "";
    opens.set(id, piece.form === "close" ? Number.NaN : (opens.get(id) ?? 0) + 1);
  }
  opens.delete("");
  return new Set([...opens].filter(([, count]) => count > 0 && count % 2 === 0).map(([id]) => id));
}

function pieceOf(draft: Draft): CodePiece[] {
  if (draft.kind === "text") {
    for (let holder = draft.holder; holder !== undefined; holder = holder.holder)
      if (holder.isClosed && holder.length <= 3 * holder.shows!.length + 12) return [];
    return [{ kind: "text", text: draft.text }];
  }
  const { kind, id, element } = draft;
  if (kind === "atom") return [{ kind, id, isEmpty: element.length === 0 }];
  if (kind === "close") return [{ kind, id, element: element.number }];
  return [{ kind, id, element: element.number, isClosed: element.isClosed }];
}

/** What is being read: the segment's codes, what has been found, and which elements are open. */
type Reader = {
  readonly atoms: ReadonlyMap<string, AtomCode>;
  readonly spans: ReadonlySet<string>;
  readonly renumbered: ReadonlyMap<string, string>;
  readonly repaired: Repair[];
  readonly drafts: Draft[];
  /** Open elements by id and by name; a closed one leaves its stack only when it comes to the top. */
  readonly stacks: Map<string, Element[]>;
  /** Open elements that hold what an atom shows. */
  readonly shown: Element[];
};

function addText({ shown, drafts }: Reader, text: string): void {
  const holder = topOf(shown);
  if (holder) holder.length += text.trim().length;
  drafts.push({ kind: "text", text, holder });
}

function open(reader: Reader, name: string, number: string | undefined, isAlone: boolean): void {
  const { atoms, spans, drafts, repaired, shown } = reader;
  const id = knownId(reader, number);
  const atom = atoms.get(id ?? "");
  const shows = isAlone || !atom?.shows ? undefined : atom.shows;
  const holder = topOf(shown);
  const element = { name, id, holder, shows, number: drafts.length, isClosed: isAlone, length: 0 };
  if (atom) drafts.push({ kind: "atom", id: atom.id, element });
  else if (id !== undefined && spans.has(id) && !isAlone) drafts.push({ kind: "open", id, element });
  else if (id !== undefined) repaired.push({ id, fault: spans.has(id) ? "empty" : "unknown" });
  if (isAlone) return;
  stackOf(reader, `name ${name}`).push(element);
  if (id !== undefined) stackOf(reader, `id ${id}`).push(element);
  if (shows !== undefined) shown.push(element);
}

function close(reader: Reader, name: string, number: string | undefined): void {
  const id = knownId(reader, number);
  const element = topOf(stackOf(reader, id === undefined ? `name ${name}` : `id ${id}`));
  if (element === undefined) {
    if (id !== undefined) reader.repaired.push({ id, fault: "stray" });
    return;
  }
  element.isClosed = true;
  if (element.id !== undefined && reader.spans.has(element.id))
    reader.drafts.push({ kind: "close", id: element.id, element });
}

function knownId({ renumbered }: Reader, number: string | undefined): string | undefined {
  return number === undefined ? undefined : (renumbered.get(number) ?? number);
}

function stackOf({ stacks }: Reader, key: string): Element[] {
  const stack = stacks.get(key) ?? [];
  stacks.set(key, stack);
  return stack;
}

function topOf(stack: Element[]): Element | undefined {
  while (stack.at(-1)?.isClosed) stack.pop();
  return stack.at(-1);
}
