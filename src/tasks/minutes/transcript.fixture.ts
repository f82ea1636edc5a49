import type { Cue, Speaker, Transcript } from "../../files/transcript/transcript.ts";
import type { TaskContext } from "../task.ts";

/** People of the small calls in the tests: two companies. */
const PEOPLE: Readonly<Record<string, Speaker>> = {
  M: { name: "Marta Lindqvist", domain: "nordfrakt.example" },
  D: { name: "Daniel Okafor", domain: "parcelwise.example" },
  P: { name: "Priya Raman", domain: "parcelwise.example" },
  E: { name: "Elif Aydin", domain: "nordfrakt.example" },
};

/** A small call with a decision, a request, two promises, a maybe, an open question and a next meeting. */
export const SANDBOX_CALL: readonly string[] = [
  "M: Good morning Daniel, shall we start with the sandbox for the integration?",
  "D: Yes. The sandbox needs the shipment events and the customs data set.",
  "M: I propose that we host the sandbox in Dublin for the pilot.",
  "D: Agreed, that works for us.",
  "M: Could you send me the API description by Friday?",
  "D: Sure, I'll send it on Friday.",
  "M: And I'll prepare a sample of 5,000 shipments by Monday.",
  "D: I might send you the processing agreement next week if legal is done.",
  "M: Who pays for the customs scanner in the production phase?",
  "D: I don't know, I have to ask our finance team.",
  "M: Let's meet again next Tuesday at 3 pm Lisbon time for an hour.",
  "D: Works for me, see you then.",
];

/** A transcript of lines such as `M: I'll send you the file.`; ten seconds a line, Wednesday 18 November 2026. */
export function callOf(
  lines: readonly string[],
  options: { readonly date?: string | null } = {},
): Transcript {
  const cues = lines.map((line, index): Cue => {
    const [, key = "", text = ""] = /^(\w+): (.*)$/su.exec(line) ?? [];
    const seconds = 9 * 3600 + index * 10;
    const time = new Date(seconds * 1000).toISOString().slice(11, 19);
    const speaker = key === "X" ? undefined : (PEOPLE[key] ?? { name: key });
    return { index, start: seconds, time, text, flags: [], ...(speaker === undefined ? {} : { speaker }) };
  });
  const speakers = [
    ...new Map(cues.flatMap((cue) => (cue.speaker ? [[cue.speaker.name, cue.speaker]] : []))).values(),
  ] as Speaker[];
  const date = options.date === undefined ? "2026-11-18" : options.date;
  return {
    format: "chat-log",
    timeKind: "clock",
    ...(date === null ? {} : { date }),
    speakers,
    cues,
    warnings: [],
  };
}

/** A context without a model, in Lisbon. */
export function contextOf(more: Partial<TaskContext> = {}): TaskContext {
  return { now: new Date("2026-11-18T12:00:00Z"), timeZone: "Europe/Lisbon", emit: () => {}, ...more };
}
