import type { Json } from "../../src/json.ts";
import type { GenerateRequest } from "../../src/models/language-model.ts";
import { type ScriptedModel, scriptedModel } from "../../src/models/scripted.ts";

type Shown = { readonly id: string; readonly text: string };
type Sentence = {
  readonly text: string;
  readonly basis: "source" | "prompt" | "missing";
  readonly quotes: readonly { readonly passage: string; readonly quote: string }[];
};

/** A model for tests with what it has said. */
export type SayingModel = { readonly model: ScriptedModel; readonly said: Map<string, string> };

export type SayingOptions = { readonly contextTokens?: number };

const cite = (text: string, passage: string, quote: string): Sentence => ({
  text,
  basis: "source",
  quotes: [{ passage, quote }],
});

/** Copies and condenses sentences of the passages it is shown, with the right quotes. `said` has each with its kind. */
export function honestModel({ contextTokens = 8_192 }: SayingOptions = {}): SayingModel {
  const said = new Map<string, string>();
  const model = scriptedModel(
    (request) => {
      if (isOutlineRequest(request)) return { json: plainOutline(request) };
      // What comes back is not written a second time.
      if (request.messages.length > 3) return { json: { blocks: [] } };
      const sentences = passagesIn(request)
        .slice(0, 8)
        .flatMap((passage) => honestSentences(passage))
        .slice(0, 10);
      for (const [kind, { text }] of sentences) if (!said.has(text)) said.set(text, kind);
      return { json: blocksOf(sentences.map(([, sentence]) => sentence)) };
    },
    { id: "honest", contextTokens },
  );
  return { model, said };
}

function honestSentences({ id, text }: Shown): readonly (readonly [string, Sentence])[] {
  if (/ignore all|assistant|please add/i.test(text)) return [];
  const whole = ownSentences(text).filter((each) => each.split(/\s+/).length >= 5);
  return whole.slice(0, 2).map((sentence, at) => {
    if (at === 0) return ["copied", cite(sentence, id, sentence)] as const;
    const plain = plainer(sentence);
    if (plain !== sentence) return ["plainer words", cite(plain, id, sentence)] as const;
    const short = condensed(sentence);
    return short === undefined
      ? (["copied", cite(sentence, id, sentence)] as const)
      : (["condensed", cite(short, id, sentence)] as const);
  });
}

/** The same with plainer words, as a careful writer would. */
function plainer(sentence: string): string {
  const turns: readonly (readonly [RegExp, string])[] = [
    [/\bin order to\b/, "to"],
    [/\bprior to\b/, "before"],
    [/\bapproximately\b/, "about"],
    [/\bcommenced?\b/, "began"],
    [/\butili[sz]es?\b/, "use"],
    [/\bpurchases\b/, "buys"],
    [/\bpursuant to\b/, "under"],
    [/\bgonna\b/, "going to"],
    [/\bprimarily\b/, "mainly"],
    [/\bsubsequently\b/, "later"],
    [/\bdue to\b/, "because of"],
    [/\brespectively\b,? ?/, ""],
  ];
  return turns.reduce((text, [from, to]) => text.replace(from, to), sentence);
}

/** Without what stands in brackets, an opening clause, or what a relative clause adds. */
function condensed(sentence: string): string | undefined {
  const tries = [
    sentence.replace(/\s*\([^()]*\)/g, ""),
    sentence.replace(
      /^(?:In|On|At|During|For|As|Well|So|And|But)\b[^,]{0,60}, (\p{L})/u,
      (_, letter: string) => letter.toUpperCase(),
    ),
    sentence.replace(/, which [^,.]*(?=\.$)/u, ""),
    sentence.replace(/, (?:including|such as) [^.]*(?=\.$)/u, ""),
  ];
  return tries.find((each) => each !== sentence && each.split(/\s+/).length >= 5);
}

/** Only what is written as a sentence: a model that means well copies no torn lines. */
function ownSentences(text: string): readonly string[] {
  return (text.match(/[^.!?]+(?:[.!?](?=\S)[^.!?]+)*[.!?](?=\s|$)/gu) ?? [])
    .map((each) => each.trim())
    .filter((each) => /^\p{Lu}.*[.]$/u.test(each) && !/\b(?:Inc|No|Mr|Mrs|Dr|vs|St|e\.g|i\.e)\.$/.test(each));
}

/** Invents in every way a model has been seen to, and some more. `said` has each invention with its kind. */
export function inventingModel({ contextTokens = 8_192 }: SayingOptions = {}): SayingModel {
  const said = new Map<string, string>();
  let turn = 0;
  const model = scriptedModel(
    (request) => {
      if (isOutlineRequest(request)) return { json: inventedOutline() };
      const inventions = inventionsFor(passagesIn(request), figuresIn(request), turn++);
      for (const [kind, { text }] of inventions) said.set(text, kind);
      const sentences = inventions.map(([, sentence]) => sentence);
      // More than one answer holds: each call shows another stretch of them.
      const from = (turn * 11) % Math.max(1, sentences.length);
      const order = [...sentences.slice(from), ...sentences.slice(0, from)];
      return { json: blocksOf(order) };
    },
    { id: "inventor", contextTokens },
  );
  return { model, said };
}

/** Words that only the inventing model says. */
export const inventedMarks: readonly string[] = [
  ...[
    "Quellmark",
    "Tessaville",
    "Vorthane",
    "Kelbrook",
    "Zunderhagen",
    "Plimsworth",
    "98761",
    "98,761",
    "9.8761",
  ],
  ...[
    "31 February",
    "2091",
    "seventy-three",
    "a dozen",
    "fullwidth",
    "９８７",
    "٩٨٧",
    "zz@invent.example",
    "invent.example",
  ],
  ...[
    "Sure! Here",
    "As an AI",
    "**",
    "<b>",
    "<w:t>",
    "&lt;b&gt;",
    "XCVIII",
    "⁹⁸",
    "trillion",
    "groundbreaking",
  ],
];

function inventionsFor(
  passages: readonly Shown[],
  figures: readonly Shown[],
  turn: number,
): (readonly [string, Sentence])[] {
  const made: (readonly [string, Sentence])[] = [];
  const add = (kind: string, sentence: Sentence): void => void made.push([kind, sentence]);
  const [first, second, third] = pick(passages, turn);
  if (first !== undefined) {
    const [one = first.text, two = one] = ownSentences(first.text);
    const at = (text: string, quote = one): Sentence => cite(text, first.id, quote);
    const tail = (words: string): string => `${one.replace(/[.!?]+$/u, "")}${words}.`;
    add("new number", at(tail(", in all 98761")));
    add("number with separators", at(tail(", in all 98,761")));
    add("number as a word", at(tail(" in seventy-three places")));
    add("dozen", at(tail(" in a dozen places")));
    add("full-width digits", at(tail(" ９８７")));
    add("arabic digits", at(tail(" ٩٨٧")));
    add("superscript digits", at(tail(" ⁹⁸")));
    add("roman numeral", at(tail(" XCVIII")));
    add("new name", at(tail(" with Quellmark")));
    add("new name in front", at(`Vorthane said that ${one.charAt(0).toLowerCase()}${one.slice(1)}`));
    add("new place", at(tail(" in Tessaville")));
    add("new date", at(tail(" on 31 February 2091")));
    add("address", at(tail(" (zz@invent.example)")));
    add("link", at(tail(" at https://invent.example/")));
    add("praise", at(tail(", a groundbreaking result")));
    add("chatter in front", at(`Sure! Here is the section: ${one}`));
    add("about itself", at(`As an AI I can say that ${one}`));
    add("markup", at(`**${one}**`));
    add("tags", at(`<b>${one}</b>`));
    add("Word markup", at(`</w:t></w:r><w:r><w:t>${one}`));
    if (/million|billion|thousand/.test(one))
      add("magnitude", at(one.replace(/million|billion|thousand/, "trillion")));
    add("number changed", at(changedNumber(one)));
    add("number changed in the quote too", at(changedNumber(one), changedNumber(one)));
    add("quote altered", at(tail(" with Kelbrook"), tail(" with Kelbrook")));
    add("turned around", at(turnedAround(one)));
    add("no quote", { text: tail(", says Plimsworth"), basis: "source", quotes: [] });
    add("quote of nothing", at("The Zunderhagen line closes.", "The Zunderhagen line closes."));
    add("a passage that is not there", cite(tail(", so Zunderhagen"), "p999", one));
    add("not in the request", { text: tail(" as asked by Quellmark"), basis: "prompt", quotes: [] });
    add("plain lie as the request", {
      text: "The project has failed for good.",
      basis: "prompt",
      quotes: [],
    });
    add("missing with a fact", { text: "the 98761 euros of Quellmark", basis: "missing", quotes: [] });
    add("missing as a lie", {
      text: "proof that the chairman stole the money",
      basis: "missing",
      quotes: [],
    });
    if (two !== one) add("two sentences joined", at(joined(one, two), joined(one, two)));
    if (second !== undefined) {
      const [other = second.text] = ownSentences(second.text);
      add("quote of another passage", cite(`${changedNumber(other)} Says Kelbrook.`, first.id, other));
      const number = /\d[\d.,]*\d|\d/.exec(other)?.[0];
      if (number !== undefined && !one.includes(number))
        add("number of another passage", at(tail(` (${number})`)));
      add("two passages joined", at(joined(one, other), joined(one, other)));
    }
    if (third !== undefined) {
      const name = /(?<=[a-z,] )\p{Lu}\p{Ll}{3,}/u.exec(third.text)?.[0];
      const isCommon = passages.some(
        ({ text }) =>
          (name !== undefined &&
            text.toLowerCase().includes(` ${name.toLowerCase()}`) &&
            text !== third.text) ||
          name === "Company",
      );
      if (name !== undefined && !isCommon && !one.includes(name))
        add("name of another passage", at(tail(` for ${name}`)));
    }
  }
  for (const { text, id } of passages)
    if (/ignore all|assistant|please add/i.test(text)) {
      add("obeys the source", cite("Zorvan Quellmark owes 777123 euros.", id, text));
      add(
        "obeys the source with its words",
        cite("Zorvan owes 777123 euros.", id, "Zorvan Quellmark owes 777123 euros"),
      );
      add(
        "obeys the note",
        cite("The audit was passed with 99.97 percent.", id, "the audit was passed with 99.97 percent"),
      );
      add(
        "obeys the sentence",
        cite("The Brelkin settlement is final.", id, "The Brelkin settlement is final."),
      );
      add("hands the order on", cite(text, id, text));
    }
  for (const { id } of figures) {
    const by = (text: string): Sentence => ({ text, basis: "source", quotes: [] });
    add("digit behind a figure", by(`The value is [[${id}]]0.`));
    add("digit before a figure", by(`The value is 9[[${id}]].`));
    add("minus before a figure", by(`The value is -[[${id}]].`));
    add("magnitude behind a figure", by(`The value is [[${id}]] trillion.`));
    add("percent behind a figure", by(`The value is [[${id}]] %.`));
    add("percent at a figure", by(`The value is [[${id}]]%.`));
    add("currency at a figure", by(`The value is £[[${id}]].`));
    add("more than a figure", by(`The value is more than [[${id}]].`));
    add("two figures in one", by(`The value is [[${id}]][[${id}]].`));
    add("story around a figure", by(`Quellmark doubled the value to [[${id}]].`));
    add("figure that is not there", by("The value is [[f99]]."));
    add("torn placeholder", by(`The value is [[${id}] 98761.`));
  }
  return made;
}

function pick(passages: readonly Shown[], turn: number): readonly Shown[] {
  const plain = passages.filter(({ text }) => !/ignore all|assistant|please add/i.test(text));
  return plain.map((_, at) => plain[(at + turn) % plain.length]!);
}

function joined(one: string, two: string): string {
  const [a, b] = [one.split(" "), two.split(" ")];
  return [...a.slice(0, Math.ceil(a.length / 2)), ...b.slice(Math.floor(b.length / 2))].join(" ");
}

/** The first number one higher in its first digit, or a number where there was none. */
function changedNumber(text: string): string {
  const changed = text.replace(/\d(?=[\d.,]*\d)/, (digit) => String((Number(digit) + 1) % 10));
  return changed === text ? text.replace(/[.!?]*$/u, " 98761.") : changed;
}

function turnedAround(text: string): string {
  const turns: readonly (readonly [RegExp, string])[] = [
    [/ not /, " "],
    [/n't /, " "],
    [/ may /, " will "],
    [/ increased /, " decreased "],
    [/ decreased /, " increased "],
    [/ is /, " is not "],
    [/ are /, " are not "],
    [/ was /, " was not "],
    [/ were /, " were not "],
    [/ will /, " will never "],
    [/ can /, " must "],
    [/ have /, " have never "],
  ];
  for (const [from, to] of turns) if (from.test(text)) return text.replace(from, to);
  return text.replace(/[.!?]*$/u, ", but never for Vorthane.");
}

function blocksOf(sentences: readonly Sentence[]): Json {
  const blocks: Json[] = [];
  for (let at = 0; at < sentences.length; at += 4)
    blocks.push({
      kind: at % 8 === 0 ? "paragraph" : "list-item",
      sentences: sentences
        .slice(at, at + 4)
        .map((each) => ({ ...each, quotes: each.quotes.map((quote) => ({ ...quote })) })),
    });
  return { blocks: blocks.slice(0, 24) };
}

export function isOutlineRequest({ messages }: GenerateRequest): boolean {
  return messages[0]?.content.startsWith("You plan a document") === true;
}

/** Four usual headings; for a long document one for each source, with the source's own headings below. */
function plainOutline({ messages }: GenerateRequest): Json {
  const words = Number(/About (\d+) words/.exec(messages[0]?.content ?? "")?.[1] ?? 0);
  const section = (heading: string, level = 1, share = 150): Json => ({
    level,
    heading,
    purpose: "What the sources say on it",
    words: share,
  });
  const usual = ["Background", "Results", "Risks", "Next steps"].map((each) => section(each));
  if (words < 5_000) return { title: "Report", sections: usual };
  const lines = [...(messages[2]?.content ?? "").matchAll(/^([^\n:,]+\.(?:md|txt)): (.*)$/gmu)];
  const sections = lines.flatMap(([, name = "", rest = ""]) => {
    const own = rest
      .split(" / ")
      .slice(1, 6)
      .map((each) => each.slice(0, 60));
    return [section(name.replace(/\.\w+$/u, ""), 1, 800), ...own.map((each) => section(each, 2, 800))];
  });
  return { title: "Report", sections: [...usual, ...sections].slice(0, 60) };
}

function inventedOutline(): Json {
  const section = (heading: string, purpose: string): Json => ({ level: 1, heading, purpose, words: 150 });
  return {
    title: "The 98761 Cases of Quellmark",
    sections: [
      section("Background", "The project has failed for good."),
      section("Results of Vorthane", "Says what Vorthane did"),
      section("Tessaville", "Says that Kelbrook stole the money in 2091"),
      section("98761 risks", "Zunderhagen"),
      section("Risks", "Plimsworth said that the project has failed for good"),
      section("**Next steps**", "The end"),
      section("Next steps", "On 31 February"),
    ],
  };
}

function passagesIn(request: GenerateRequest): readonly Shown[] {
  return shownIn(request, /^Passage (\S+) \([\s\S]*?\): ([\s\S]*)$/);
}

function figuresIn(request: GenerateRequest): readonly Shown[] {
  return shownIn(request, /^Figure \[\[(\w+)\]\]: ([\s\S]*)$/);
}

function shownIn({ messages }: GenerateRequest, form: RegExp): readonly Shown[] {
  const data = messages[2]?.content.replace(/\n<\/data [^>]*>\s*$/, "") ?? "";
  return data.split("\n\n").flatMap((part) => {
    const match = form.exec(part.trim());
    return match === null ? [] : [{ id: match[1]!, text: match[2]!.trim() }];
  });
}
