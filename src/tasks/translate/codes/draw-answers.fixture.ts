import type { AtomCode, CodedText, SpanCode } from "../../../files/units/types.ts";
import type { TagSupport } from "../../../models/translation/translation-engine.ts";
import { encodeFor } from "./encode-for.ts";

/** Numbers from 0 up to 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;

const words =
  'the report of 2024 costs 12.5% more than Contoso & Sons <b> said "so" é e\u0301 naïve 😀 👩‍👩‍👧 🇩🇪🇫🇷 日本語 レポート отчёт &amp; a_b x1 g2 — ( ) .'.split(
    " ",
  );

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
const upTo = (random: Random, most: number): number => Math.floor(random() * (most + 1));

function drawText(random: Random): string {
  return Array.from({ length: 1 + upTo(random, 14) }, () => pick(random, words)).join(
    random() < 0.1 ? "" : " ",
  );
}

/** A text with codes as files have them: nested containers, formatting side by side, atoms, pairs of marks. */
export function drawSegment(random: Random): CodedText {
  const text = drawText(random);
  const spans: Omit<SpanCode, "id">[] = [];
  const addContainers = (start: number, end: number, depth: number): void => {
    for (let at = start; at < end && depth < 3; ) {
      const from = at + upTo(random, end - at);
      const to = from + 1 + upTo(random, end - from);
      at = to + 1;
      if (to > end || random() < 0.4) continue;
      const kind = random() < 0.5 ? "link" : "container";
      spans.push({ kind, start: from, end: to, canCopy: kind === "link" && random() < 0.7 });
      if (random() < 0.4) addContainers(from, to, depth + 1);
    }
  };
  addContainers(0, text.length, 0);
  const edges = [0, text.length, ...spans.flatMap(({ start, end }) => [start, end])].sort((a, b) => a - b);
  for (const [index, start] of edges.entries()) {
    const end = edges[index + 1];
    // Formatting leaves the container a character of its own half of the time, as real runs do.
    if (end !== undefined && end > start && random() < 0.4)
      spans.push({ kind: "format", start: start + upTo(random, (end - start - 1) >> 1), end, canCopy: true });
  }
  return numbered(random, text, spans);
}

function numbered(random: Random, text: string, drawn: readonly Omit<SpanCode, "id">[]): CodedText {
  const depth = (span: Omit<SpanCode, "id">): number => (span.kind === "format" ? 1 : 0);
  const inOrder = drawn.toSorted((a, b) => a.start - b.start || b.end - a.end || depth(a) - depth(b));
  const spans = inOrder.map((span, index) => ({ ...span, id: String(index + 1) }));
  const offsets = Array.from({ length: upTo(random, 3) }, () => upTo(random, text.length)).sort(
    (a, b) => a - b,
  );
  const kinds = ["field", "note", "break", "tab", "picture", "mark"] as const;
  const atoms = offsets.map((offset, index): AtomCode => {
    const holder = spans.findLast(
      ({ kind, start, end }) => kind !== "format" && start < offset && offset < end,
    );
    const kind = pick(random, kinds);
    const shows = kind === "field" ? { shows: pick(random, ["12", "Table 5", "a & b"]) } : {};
    return {
      id: String(spans.length + index + 1),
      kind,
      offset,
      ...shows,
      ...(holder && { within: holder.id }),
    };
  });
  if (atoms.length > 1 && random() < 0.4 && atoms[0]!.within === atoms.at(-1)!.within)
    atoms[0] = { ...atoms[0]!, kind: "mark", closedBy: atoms.at(-1)!.id };
  return { text, spans, atoms };
}

type Damage = (random: Random, pieces: string[]) => void;

const isTag = (piece: string): boolean => piece.startsWith("<");
const someTag = (random: Random, pieces: readonly string[]): number => {
  const tags = pieces.flatMap((piece, index) => (isTag(piece) ? [index] : []));
  return tags.length === 0 ? -1 : pick(random, tags);
};
const onTag =
  (change: (random: Random, tag: string) => string[]): Damage =>
  (random, pieces) => {
    const at = someTag(random, pieces);
    if (at >= 0) pieces.splice(at, 1, ...change(random, pieces[at]!));
  };

const damages: readonly Damage[] = [
  onTag(() => []),
  onTag((_, tag) => [tag, tag]),
  onTag((random, tag) => [tag.replace(/\d+/, String(upTo(random, 12)))]),
  onTag((random, tag) => [pick(random, [tag.toUpperCase(), tag.replace("<", "< "), tag.replace(">", " >")])]),
  onTag((_, tag) => [tag.replace("<", "&lt;").replace(">", "&gt;")]),
  onTag((_, tag) => [" ", tag, " "]),
  onTag((_, tag) => [tag.slice(0, -1)]),
  onTag((_, tag) => [tag.startsWith("</") ? tag.replace("/", "") : tag.replace("<", "</")]),
  (random, pieces) => {
    const at = someTag(random, pieces);
    if (at < 0) return;
    const [tag] = pieces.splice(at, 1);
    pieces.splice(upTo(random, pieces.length), 0, tag!);
  },
  (random, pieces) => void pieces.splice(upTo(random, pieces.length), 1 + upTo(random, 3)),
  (random, pieces) =>
    void pieces.splice(
      upTo(random, pieces.length),
      0,
      pick(random, ["<g99>", "</b>", "<i>", "&", "<", "\u0301"]),
    ),
  (random, pieces) => void pieces.splice(upTo(random, pieces.length), pieces.length),
];

/** An answer as engines at their worst give it: other words in another order, tags dropped, doubled, moved, broken. */
export function drawAnswer(random: Random, tags: TagSupport, segment: CodedText): string {
  const sent = encodeFor(tags, segment).text;
  if (random() < 0.02) return pick(random, ["", " ", "<", drawText(random)]);
  const pieces = sent.split(/(<[^>]*>|\s+)/).filter((piece) => piece !== "");
  for (const [index, piece] of pieces.entries())
    if (!isTag(piece) && piece.trim() !== "" && random() < 0.4)
      pieces[index] = drawText(random).replaceAll("<b>", "");
  for (let times = upTo(random, 6); times > 0; times--) pick(random, damages)(random, pieces);
  return pieces.join("");
}
