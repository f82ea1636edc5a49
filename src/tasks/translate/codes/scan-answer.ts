import { decodeEntities, hasEntity } from "./entities.ts";

/** A piece of an engine's answer. `id` is undefined for a closing tag that names none, or for a tag that isn't ours. */
export type AnswerPiece =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "tag";
      readonly form: "open" | "close" | "alone";
      readonly name: string;
      readonly id?: string;
    };

type Tag = Extract<AnswerPiece, { kind: "tag" }>;

const longestTag = 300;
const htmlNames =
  /^(?:a|abbr|b|big|body|br|code|div|em|font|html|i|img|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strike|strong|sub|sup|tt|u|ul|var|wbr)$/;

/**
 * Cuts an answer into text and tags, in one pass. Tags of other cases, with spaces, quotes or attributes that an engine put
 * in, in full-width or escaped brackets count; markup that the source text itself holds is text.
 */
export function scanAnswer(answer: string, sourceText: string): AnswerPiece[] {
  const readable = escapedTagsOpened(answer, sourceText);
  const pieces: AnswerPiece[] = [];
  const keepsEntities = hasEntity(sourceText);
  let text = "";
  const addText = (): void => {
    if (text !== "") pieces.push({ kind: "text", text: plainText(text, keepsEntities) });
    text = "";
  };
  for (let at = 0; at < readable.length; ) {
    const end = isOpening(readable[at]!) ? tagEnd(readable, at) : -1;
    const tag = end < 0 ? undefined : readTag(readable.slice(at + 1, end), sourceText);
    if (tag === undefined) text += readable[at++]!;
    else {
      addText();
      if (tag !== "dropped") pieces.push(tag);
      at = end + 1;
    }
  }
  addText();
  return pieces;
}

/** Text of an answer that went and came without markup. */
export function plainAnswer(answer: string, sourceText: string): string {
  return hasEntity(answer) && !hasEntity(sourceText) ? decodeEntities(answer) : answer;
}

function plainText(text: string, keepsEntities: boolean): string {
  const once = decodeEntities(text);
  return keepsEntities ? once : decodeEntities(once);
}

/** An answer whose tags came back escaped, with these tags as tags. */
function escapedTagsOpened(answer: string, sourceText: string): string {
  if (!/&(?:amp;)?lt;/i.test(answer) || /<\/?[gx]\d/i.test(sourceText)) return answer;
  return answer.replace(
    /&(?:amp;)?lt;(\/?\s?(?:[gx]\s?\d{1,6}|span|img)(?: [^&<>]{0,120})?\s?\/?)&(?:amp;)?gt;/gi,
    "<$1>",
  );
}

function isOpening(letter: string): boolean {
  return letter === "<" || letter === "＜";
}

/** The place of the bracket that closes the one at `at`, or -1. */
function tagEnd(text: string, at: number): number {
  const last = Math.min(text.length, at + longestTag);
  for (let place = at + 1; place < last; place++) {
    const letter = text[place]!;
    if (letter === ">" || letter === "＞") return place;
    if (isOpening(letter)) return -1;
  }
  return -1;
}

/** What stands between the brackets as a tag, "dropped" for markup of no use, or undefined for text. */
function readTag(body: string, sourceText: string): Tag | "dropped" | undefined {
  const trimmed = body.trim();
  const closing = trimmed.startsWith("/");
  const alone = trimmed.endsWith("/") && !closing;
  const inner = trimmed.replace(/^\//, "").replace(/\/$/, "").trim();
  const own = /^([gx])\s?(?:id\s?=\s?["'“”„«»]?\s?[gx]?)?(\d{1,9})\b/i.exec(inner);
  if (own) return tagOf(own[1]!, own[2], closing, alone);
  const name = /^[a-z][a-z\d]*(?=\s|$)/i.exec(inner)?.[0].toLowerCase();
  if (name === undefined || /^\s/.test(body) || (name.length > 1 && !htmlNames.test(name))) return undefined;
  const id = /\bid\s?=\s?["'“”„«»]?\s?([gx])\s?(\d{1,9})\b/i.exec(inner);
  if (id) return tagOf(name, id[2], closing, alone || name === "img");
  if (sourceText.includes(`<${body}>`)) return undefined;
  if (/^[gx]$/.test(name)) return closing ? tagOf(name, undefined, true, false) : "dropped";
  if (!htmlNames.test(name) || (inner.length > name.length && !inner.includes("="))) return undefined;
  if (name === "img" || name === "br" || name === "wbr" || alone) return "dropped";
  return tagOf(name, undefined, closing, false);
}

function tagOf(name: string, id: string | undefined, closing: boolean, alone: boolean): Tag {
  const form = closing ? "close" : alone ? "alone" : "open";
  const number = id?.replace(/^0+(?=\d)/, "");
  return { kind: "tag", form, name: name.toLowerCase(), ...(number === undefined ? {} : { id: number }) };
}
