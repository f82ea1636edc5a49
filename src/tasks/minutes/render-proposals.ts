import type { ContentBlock, ContentRun } from "../../files/docx/create/content.ts";
import { shortDate } from "./dates-for-people.ts";
import type { MeetingProposals, ProposedTime } from "./types.ts";

const run = (text: string): ContentRun => ({ text });
const bold = (text: string): ContentRun => ({ text, bold: true });
const paragraph = (...runs: readonly ContentRun[]): ContentBlock => ({ kind: "paragraph", runs });

/** More sides than this would not fit beside each other on a page. */
const MOST_COLUMNS = 4;

/** The question to settle, and the times by each side's clocks, or why there are none. */
export function proposalBlocks(proposals: MeetingProposals): ContentBlock[] {
  const { question, times, reason, alternatives = [] } = proposals;
  return [
    ...(question === undefined ? [] : [paragraph(bold("Question: "), run(question))]),
    ...(times.length === 0 ? [] : timesBlocks(proposals)),
    ...(reason === undefined
      ? []
      : [paragraph(run(`No time suits everybody${within(proposals)}: ${reason}.`))]),
    ...alternatives.map(
      (text): ContentBlock => ({ kind: "list-item", ordered: false, runs: [run(`Possible ${text}`)] }),
    ),
  ];
}

const within = ({ period }: MeetingProposals): string =>
  period === undefined ? "" : ` within what the call named (“${period}”)`;

function timesBlocks(proposals: MeetingProposals): ContentBlock[] {
  const { times, durationMinutes } = proposals;
  const sides = times[0]?.local ?? [];
  const intro = `Times of ${durationMinutes} minutes at which everybody is free${within(proposals)}, from the calendars of ${sides.map((one) => one.side).join(", ")}:`;
  if (sides.length > MOST_COLUMNS)
    return [
      paragraph(run(intro)),
      ...times.map(
        (time): ContentBlock => ({
          kind: "list-item",
          ordered: true,
          runs: [run(time.local.map((one) => `${one.side}: ${one.text}`).join("; "))],
        }),
      ),
    ];
  return [
    paragraph(run(intro)),
    {
      kind: "table",
      widths: [0.5, ...sides.map(() => 12 / sides.length)],
      header: [[run("#")], ...sides.map((one) => [run(`${one.side} (${placeOf(one.timeZone)})`)])],
      rows: times.map((time, index) => [
        [run(String(index + 1))],
        ...time.local.map((_one, column) => [run(cellOf(time, column))]),
      ]),
    },
  ];
}

const placeOf = (timeZone: string): string => (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");

/** `Tue 24 Nov 2026, 15:00–15:45`, by the clocks of one side. */
function cellOf(time: ProposedTime, column: number): string {
  const local = time.local[column];
  if (local === undefined) return "";
  return `${shortDate(local.start.slice(0, 10))}, ${local.start.slice(11, 16)}–${local.end.slice(11, 16)}`;
}
