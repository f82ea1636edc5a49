import { type Paragraph, paragraphText, type WordDocument } from "../../files/index.ts";
import { guardedRanges, joinRanges } from "./guarded-ranges.ts";
import { type KnownWords, knownWords } from "./known-words.ts";
import { styleLanguageOf } from "./style-language.ts";
import type { StyleLanguage, TextRange } from "./types.ts";

/** A text with all that checking it needs to know. */
export type StyleText = {
  readonly text: string;
  /** Id of the paragraph; absent for plain text. */
  readonly paragraph?: string;
  /** Rules about sentences are for prose, rules about number formats not for cells of figures. */
  readonly kind: "prose" | "heading" | "cell";
  readonly language: StyleLanguage | undefined;
  /** What no rule touches: quotations, code, links, fields, …. */
  readonly guarded: readonly TextRange[];
  /** The part of `guarded` that the text alone does not show: links, terms, what Word locks. */
  readonly held: readonly TextRange[];
  /** The part of `held` that can't be changed at all: fields, notes, locked controls. */
  readonly locked: readonly TextRange[];
  readonly known: KnownWords;
};

const LEFT_ALONE =
  /^(?:toc|table of|index|html|code|source|macro|(?:intense )?quote|block text|bibliography|reference list|signature|envelope|balloon)|code|listing|verbatim|zitat|citation|literatur|bibliogr|referenc|verzeichnis/iu;
const CODE_STYLE = /code|verbatim|source|html|keyboard|quote|zitat|citation|hyperlink/iu;
const LEAST_LETTERS_OF_LANGUAGE = 400;

/** The texts of a document that a house style is about; contents, code, quotations and bibliographies are left out. */
export function documentTexts(document: WordDocument): readonly StyleText[] {
  const paragraphs = document.paragraphs.filter(isAboutStyle);
  const whole = paragraphs.map((each) => paragraphText(each)).join("\n");
  const language = styleLanguageOf(
    whole.slice(0, 20_000),
    whole.length < LEAST_LETTERS_OF_LANGUAGE ? "en" : undefined,
  );
  const known = knownWords(paragraphs.filter((each) => !isHeading(each)).map((each) => paragraphText(each)));
  return paragraphs.map((paragraph) => paragraphStyleText(paragraph, language, known));
}

function isHeading(paragraph: Paragraph): boolean {
  return paragraph.headingLevel !== undefined || /^(?:sub)?title/iu.test(paragraph.styleName ?? "");
}

/** Plain text as one text to check. `language` is taken where the text is too short to tell; defaults to English. */
export function plainText(
  text: string,
  options: { readonly language?: StyleLanguage; readonly known?: KnownWords } = {},
): StyleText {
  const known = options.known ?? knownWords([text]);
  const held = joinRanges(definedTerms(text, known));
  const language = styleLanguageOf(text, options.language ?? "en");
  return {
    text,
    kind: "prose",
    language,
    guarded: joinRanges([...guardedRanges(text), ...held]),
    held,
    locked: [],
    known,
  };
}

function isAboutStyle(paragraph: Paragraph): boolean {
  const style = paragraph.styleName ?? paragraph.styleId ?? "";
  return (
    paragraph.story.kind !== "comment" &&
    paragraph.markDeleted === undefined &&
    !LEFT_ALONE.test(style) &&
    paragraphText(paragraph).trim() !== ""
  );
}

function paragraphStyleText(
  paragraph: Paragraph,
  language: StyleLanguage | undefined,
  known: KnownWords,
): StyleText {
  const text = paragraphText(paragraph);
  const { locked, set } = spanRanges(paragraph);
  const held = joinRanges([...locked, ...set, ...definedTerms(text, known)]);
  return {
    text,
    paragraph: paragraph.id,
    kind: isHeading(paragraph) ? "heading" : paragraph.cell === undefined ? "prose" : "cell",
    language: styleLanguageOf(text, language),
    locked,
    held,
    guarded: joinRanges([...guardedRanges(text), ...held]),
    known,
  };
}

/** Stretches that are locked, and those that are links, code or set above or below the line. */
function spanRanges(paragraph: Paragraph): {
  readonly locked: readonly TextRange[];
  readonly set: readonly TextRange[];
} {
  const locked: TextRange[] = [];
  const set: TextRange[] = [];
  let start = 0;
  for (const span of paragraph.spans) {
    if (span.deleted !== undefined) continue;
    const range = { start, end: start + span.text.length };
    if (span.lock !== undefined) locked.push(range);
    else if (
      span.link !== undefined ||
      span.marks.vertical !== undefined ||
      span.marks.strike ||
      CODE_STYLE.test(span.marks.styleId ?? "")
    )
      set.push(range);
    start = range.end;
  }
  return { locked, set };
}

function definedTerms(text: string, { terms }: KnownWords): readonly TextRange[] {
  return terms.flatMap((term) => {
    const ranges: TextRange[] = [];
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length))
      ranges.push({ start: at, end: at + term.length });
    return ranges;
  });
}
