import type { ContentBlock, ContentRun, DocumentProperties } from "../../files/docx/create/content.ts";
import { longDate, meetingTime, shortDate, spanOf } from "./dates-for-people.ts";
import { organisationLabel } from "./people.ts";
import { actionRuns, itemRuns, sourceRuns } from "./render-items.ts";
import { proposalBlocks } from "./render-proposals.ts";
import { type Action, type Item, type Minutes, type Participant, UNASSIGNED } from "./types.ts";

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
      "No question was found that the call left open.",
    ),
    ...section("Next meeting", nextMeetingBlocks(minutes), "No next meeting was found in the call."),
    ...(minutes.proposals === undefined ? [] : proposalBlocks(minutes.proposals)),
    ...section("Topics", topicBlocks(minutes), "The call is too short to divide."),
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

function whenAndWho(minutes: Minutes): ContentBlock[] {
  const groups = new Map<string, Participant[]>();
  for (const one of minutes.participants) {
    const label = organisationLabel(one) ?? "";
    groups.set(label, [...(groups.get(label) ?? []), one]);
  }
  const span = spanOf(minutes.topics[0]?.start, minutes.topics.at(-1)?.end);
  const rows: ContentRun[][][] = [
    [
      [bold("Date")],
      [run([minutes.date === undefined ? "not known" : longDate(minutes.date), ...span].join(", "))],
    ],
    ...[...groups].map(([label, people]) => [
      [bold(label === "" ? "Took part" : label)],
      [run(people.map(nameOf).join(", "))],
    ]),
  ];
  return [{ kind: "table", widths: [1, 3], header: rows[0] ?? [], rows: rows.slice(1) }];
}

const nameOf = (one: Participant): string => (one.turns === 0 ? `${one.name} (did not speak)` : one.name);

function listItem(item: Item, ordered = false): ContentBlock[] {
  return [{ kind: "list-item", ordered, runs: itemRuns(item) }];
}

function actionBlocks(actions: readonly Action[]): ContentBlock[] {
  if (actions.length === 0) return [];
  const rows = actions.map((action, index) => [
    [run(String(index + 1))],
    actionRuns(action),
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
      widths: [0.5, 5.6, 2.2, 2.2, 1.6],
      header: [[run("#")], [run("What")], [run("Owner")], [run("Due")], [run("Status")]],
      rows,
    },
  ];
}

function dueRuns(action: Action): ContentRun[] {
  if (action.due === undefined) return [run("no date")];
  return [action.due.date === undefined ? italic(`“${action.due.text}”`) : run(shortDate(action.due.date))];
}

function nextMeetingBlocks(minutes: Minutes): ContentBlock[] {
  const next = minutes.nextMeeting;
  if (next === undefined) return [];
  const when =
    next.resolved && next.start !== undefined
      ? [bold(meetingTime(next.start, next.durationMinutes, next.timeZone ?? "UTC"))]
      : [bold(`“${next.text}”`), run(` – not settled: ${next.reason ?? "its time is open"}.`)];
  return [paragraph(...when), paragraph(...sourceRuns(next.evidence))];
}

function topicBlocks(minutes: Minutes): ContentBlock[] {
  return minutes.topics.map((topic) => ({
    kind: "list-item",
    ordered: false,
    runs: [
      ...(topic.start === undefined ? [] : [bold(spanOf(topic.start, topic.end).join("")), run("  ")]),
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
  const legend =
    "Status of an action. Stated: the owner took it on. Implied: named or asked by somebody else. " +
    "Conditional: hedged or tied to a condition, no commitment. Unassigned: the words do not say who.";
  return [
    heading("How these minutes were made"),
    ...(minutes.actions.length === 0 ? [] : [paragraph(run(legend))]),
    paragraph(run(how)),
    ...minutes.notes.map((note): ContentBlock => ({ kind: "list-item", ordered: false, runs: [run(note)] })),
  ];
}
