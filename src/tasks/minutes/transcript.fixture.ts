import type { Cue, Speaker, Transcript } from "../../files/transcript/transcript.ts";
import type { TaskContext } from "../task.ts";

/** People of the small calls in the tests: two companies. */
const PEOPLE: Readonly<Record<string, Speaker>> = {
  M: { name: "Marta Lindqvist", domain: "nordfrakt.example" },
  D: { name: "Daniel Okafor", domain: "parcelwise.example" },
  P: { name: "Priya Raman", domain: "parcelwise.example" },
  E: { name: "Elif Aydin", domain: "nordfrakt.example" },
};

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
