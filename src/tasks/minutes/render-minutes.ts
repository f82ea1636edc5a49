import type { ContentBlock, ContentRun, DocumentProperties } from "../../files/docx/create/content.ts";
import { organisationLabel } from "./people.ts";
import {
  type Action,
  type Evidence,
  type Item,
  type Minutes,
  type Participant,
  UNASSIGNED,
} from "./types.ts";

export type RenderOptions = { readonly created: Date };

/** Minutes as a document: what to write and its properties. */
export type RenderedMinutes = {
  readonly blocks: readonly ContentBlock[];
  readonly properties: DocumentProperties;
};

const run = (text: string): ContentRun => ({ text });
const bold = (text: string): ContentRun => ({ text, bold: true });
const italic = (text: string): ContentRun => ({ text, italic: true });

const paragraph = (...runs: readonly ContentRun[]): ContentBlock => ({ kind: "paragraph", runs });
const heading = (text: string): ContentBlock => ({ kind: "heading", level: 1, runs: [run(text)] });

/** Lays the minutes out as a company would send them; every item shows who said it, when, and the words. */
export function renderMinutes(minutes: Minutes, options: RenderOptions): RenderedMinutes {
  const blocks: ContentBlock[] = [
    { kind: "paragraph", style: "Title", runs: [run(minutes.title)] },
    ...whenAndWho(minutes),
    ...section(
      "Summary",
      minutes.summary.flatMap((item) => listItem(item)),
      "Nothing in the call stood out enough to sum it up.",
    ),
    ...section(
      "Decisions",
      minutes.decisions.flatMap((item) => listItem(item, true)),
      "No decision was spoken out in so many words.",
    ),
    ...section(
      "Actions",
      actionBlocks(minutes.actions),
      "Nobody took on or was given work in so many words.",
    ),
    ...section(
      "Open questions",
      minutes.openQuestions.flatMap((item) => listItem(item)),
      "No question was left open.",
    ),
    ...section("Next meeting", nextMeetingBlocks(minutes), "No next meeting was spoken of."),
    ...section("Topics", topicBlocks(minutes), "There is nothing to divide."),
    ...closing(minutes),
  ];
  return {
    blocks,
    properties: {
      title: minutes.title,
      subject: "Minutes",
      language: localeOf(minutes.language),
      created: options.created,
    },
  };
}

const localeOf = (language: string): string => (language === "en" ? "en-GB" : language);

function section(title: string, blocks: readonly ContentBlock[], whenEmpty: string): ContentBlock[] {
  return [heading(title), ...(blocks.length > 0 ? blocks : [paragraph(italic(whenEmpty))])];
}

/** `2026-11-18` as `Wednesday, 18 November 2026`. */
function longDate(date: string): string {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" }).format(
    new Date(`${date}T12:00:00Z`),
  );
}

function whenAndWho(minutes: Minutes): ContentBlock[] {
  const groups = new Map<string, Participant[]>();
  for (const one of minutes.participants) {
    const label = organisationLabel(one) ?? "";
    groups.set(label, [...(groups.get(label) ?? []), one]);
  }
  const times = minutes.topics;
  const span =
    times[0]?.start === undefined ? "" : `, ${times[0].start} to ${times.at(-1)?.end ?? "the end"}`;
  const rows: ContentRun[][][] = [
    [
      [bold("Date")],
      [run(minutes.date === undefined ? `not known${span}` : `${longDate(minutes.date)}${span}`)],
    ],
    ...[...groups].map(([label, people]) => [
      [bold(label === "" ? "Took part" : label)],
      [run(people.map(nameOf).join(", "))],
    ]),
  ];
  return [{ kind: "table", widths: [1, 3], header: rows[0] ?? [], rows: rows.slice(1) }];
}

const nameOf = (one: Participant): string => (one.turns === 0 ? `${one.name} (did not speak)` : one.name);

/** Who said it, when, and the words. */
function sourceRuns(evidence: readonly Evidence[]): ContentRun[] {
  return evidence.flatMap((one, index) => [
    ...(index === 0 ? [] : [run(" · ")]),
    run(
      `${[one.speaker, one.time].filter((part) => part !== undefined).join(", ")}${one.speaker === undefined && one.time === undefined ? `line ${one.cue + 1}` : ""}: `,
    ),
    italic(`“${shorten(one.quote)}”`),
  ]);
}

const LONGEST = 260;

/** A very long quote is cut at a word with an ellipsis; the whole one stands in the JSON. */
function shorten(quote: string): string {
  const flat = quote.replace(/\s+/gu, " ").trim();
  return flat.length <= LONGEST ? flat : `${flat.slice(0, LONGEST).replace(/\s\S*$/u, "")} …`;
}

/** True when the text is the quote itself, so that printing both says everything twice. */
function isQuoteItself(text: string, evidence: readonly Evidence[]): boolean {
  const fold = (one: string): string =>
    one
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const quote = fold(evidence[0]?.quote ?? "");
  return quote.endsWith(fold(text)) && fold(text).length > 0.6 * quote.length;
}

function itemRuns(item: Item): ContentRun[] {
  const [first, ...rest] = item.evidence;
  if (first === undefined || !isQuoteItself(item.text, item.evidence))
    return [bold(item.text), run(" "), run("("), ...sourceRuns(item.evidence), run(")")];
  const place = [first.speaker, first.time].filter((part) => part !== undefined).join(", ");
  return [
    run(`“${shorten(first.quote)}”`),
    run(` (${place === "" ? `line ${first.cue + 1}` : place})`),
    ...(rest.length > 0 ? [run(" · "), ...sourceRuns(rest.slice(0, 2))] : []),
  ];
}

function listItem(item: Item, ordered = false): ContentBlock[] {
  return [{ kind: "list-item", ordered, runs: itemRuns(item) }];
}

function whatRuns(action: Action): ContentRun[] {
  // Words that are the quote itself are not printed twice.
  if (isQuoteItself(action.text, action.evidence)) return itemRuns(action);
  return [bold(action.text), run(" — "), ...sourceRuns(action.evidence.slice(0, 3))];
}

function actionBlocks(actions: readonly Action[]): ContentBlock[] {
  if (actions.length === 0) return [];
  const rows = actions.map((action, index) => [
    [run(String(index + 1))],
    whatRuns(action),
    [
      action.owner === UNASSIGNED ? italic(UNASSIGNED) : bold(action.owner),
      ...(action.counterpart === undefined ? [] : [run(` for ${action.counterpart}`)]),
    ],
    dueRuns(action),
    [run(action.status)],
  ]);
  return [
    {
      kind: "table",
      widths: [0.5, 6, 2.2, 1.9, 1.5],
      header: [[run("#")], [run("What")], [run("Owner")], [run("Due")], [run("Status")]],
      rows,
    },
    paragraph(
      italic(
        "Stated: the owner took it on. Implied: named or asked by somebody else. Conditional: hedged or tied to a condition, no commitment. Unassigned: the words do not say who.",
      ),
    ),
  ];
}

function dueRuns(action: Action): ContentRun[] {
  if (action.due === undefined) return [run("no date")];
  if (action.due.date === undefined) return [italic(`“${action.due.text}”`)];
  return action.due.date === action.due.text
    ? [run(action.due.date)]
    : [run(`${action.due.date} (“${action.due.text}”)`)];
}

function nextMeetingBlocks(minutes: Minutes): ContentBlock[] {
  const next = minutes.nextMeeting;
  if (next === undefined) return [];
  const when =
    next.resolved && next.start !== undefined
      ? [
          bold(zoned(next.start, next.timeZone ?? "UTC")),
          ...(next.durationMinutes === undefined ? [] : [run(`, ${next.durationMinutes} minutes`)]),
        ]
      : [bold(`“${next.text}”`), run(` – not settled: ${next.reason ?? "its time is open"}.`)];
  return [paragraph(...when), paragraph(run("Said: "), ...sourceRuns(next.evidence))];
}

function zoned(start: string, timeZone: string): string {
  const text = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone }).format(
    new Date(start),
  );
  return `${text} (${timeZone.replaceAll("_", " ")})`;
}

function topicBlocks(minutes: Minutes): ContentBlock[] {
  return minutes.topics.map((topic) => ({
    kind: "list-item",
    ordered: false,
    runs: [
      ...(topic.start === undefined
        ? []
        : [bold(`${topic.start}${topic.end === undefined ? "" : `–${topic.end}`}`), run("  ")]),
      run(topic.title),
    ],
  }));
}

function closing(minutes: Minutes): ContentBlock[] {
  const { checks } = minutes;
  const dropped = checks.itemsDropped.reduce((sum, one) => sum + one.count, 0);
  const refused = checks.wordingsRefused.reduce((sum, one) => sum + one.count, 0);
  const how =
    `Made from the transcript by Tandem. ${checks.itemsKept} of ${checks.candidates} places that sounded like an action, a decision or a question are in these minutes` +
    `${dropped === 0 ? "" : `; ${dropped} were left out (${checks.itemsDropped.map((one) => `${one.count} ${one.reason}`).join("; ")})`}. ` +
    `Every quote was checked against the transcript, word for word.${checks.modelCalls === 0 ? "" : ` A model was asked ${checks.modelCalls} times; ${refused} of its wordings failed their check and were not used.`}`;
  return [
    heading("How these minutes were made"),
    paragraph(run(how)),
    ...minutes.notes.map((note): ContentBlock => ({ kind: "list-item", ordered: false, runs: [run(note)] })),
  ];
}
