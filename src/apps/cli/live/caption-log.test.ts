import { describe, expect, it } from "vitest";
import type { LiveDoubt, LiveKept, LiveReason, ServerMessage } from "../../server/protocol/live-messages.ts";
import { captionLog } from "./caption-log.ts";

const at = "2025-03-01T09:00:00.000Z";
const ada = { id: "1", name: "Ada", side: "acme", organisation: "Acme", language: "en" };
const rui = { id: "2", name: "Rui", side: "beta", organisation: "Beta", language: "pt" };

function open(
  untranslated: Parameters<typeof captionLog>[0]["untranslated"] = [],
  retention: LiveKept = { kind: "days", days: 7, text: "Kept for 7 days." },
) {
  const log = captionLog({ paint: (_, text) => text, untranslated, timeZone: "Europe/Lisbon" });
  const created: ServerMessage = {
    type: "session.created",
    room: { id: "r", title: "Delivery" },
    participant: ada,
    participants: [ada, rui],
    seq: 2,
    retention,
    engine: { id: "bergamot", isLocal: true },
    hears: false,
  };
  return { log, welcome: log.take(created) };
}

const said = (seq: number, speaker: string, language: string, text: string, line = `l${seq}`) =>
  ({ type: "line.said", seq, at, speaker, line, language, text }) as const;
const final = (seq: number, of: number, rest: { tgt?: string; reason?: LiveReason; doubts?: LiveDoubt[] }) =>
  ({
    type: "line.final",
    seq,
    at,
    said: of,
    language: "en",
    engine: "e",
    ms: 5,
    doubts: [],
    ...rest,
  }) as const;

describe("a call as lines", () => {
  it("says who one is, what translates, where, and what is kept", () => {
    expect(open().welcome).toEqual([
      "-- Delivery: you are Ada (Acme), en; translated by bergamot, on its own machine. Kept for 7 days.",
    ]);
  });

  it("shows one's own language at once, and another's when it is translated, with what was said", () => {
    const { log } = open();
    expect(log.take(said(3, "1", "en", "Hello."))).toEqual(["Ada (Acme): Hello."]);
    expect(log.take(said(4, "2", "pt", "Bom dia."))).toEqual([]);
    expect(log.take(said(5, "1", "en", "So?"))).toEqual(["Ada (Acme): So?"]);
    expect(
      log.take(final(6, 4, { tgt: "Good morning.", doubts: [{ kind: "end-mark", text: "no full stop" }] })),
    ).toEqual(["Rui (Beta): Good morning.", "    Bom dia.", "    doubt: no full stop"]);
  });

  it("shows what could not be translated as it was said, with the reason", () => {
    const { log } = open();
    log.take(said(3, "2", "pt", "Bom dia."));
    expect(log.take(final(4, 3, { reason: { code: "no-engine", text: "the engine is not there" } }))).toEqual(
      ["Rui (Beta): Bom dia.", "    not translated: the engine is not there"],
    );
  });

  it("knows lines from before it was started", () => {
    const { log } = open([said(2, "2", "pt", "Até já.")]);
    expect(log.take(final(3, 2, { tgt: "See you soon." }))).toEqual([
      "Rui (Beta): See you soon.",
      "    Até já.",
    ]);
  });

  it("keeps one entry for what somebody is saying, the translation before the words, until it is said", () => {
    const { log } = open();
    const delta = { speaker: "2", line: "a", rev: 1, stable: "", text: "Bom" } as const;
    log.take({ type: "input_transcript.delta", ...delta });
    expect(log.speaking).toEqual([{ name: "Rui (Beta)", stable: "", text: "Bom" }]);
    log.take({ type: "output_transcript.delta", ...delta, stable: "Good", text: "morning" });
    log.take({ type: "input_transcript.delta", ...delta, rev: 2, text: "Bom dia" });
    expect(log.speaking).toEqual([{ name: "Rui (Beta)", stable: "Good", text: "morning" }]);
    log.take({ type: "input_transcript.delta", ...delta, speaker: "1" });
    expect(log.speaking).toHaveLength(1);
    log.take(said(3, "2", "pt", "Bom dia.", "a"));
    expect(log.speaking).toEqual([]);
  });

  it("lists proposed times in the person's own time zone, to be chosen by number", () => {
    const { log } = open();
    const slots = [{ start: "2025-03-04T14:00:00.000Z", end: "2025-03-04T14:30:00.000Z" }];
    expect(log.take({ type: "meeting.proposed", seq: 3, at, slots }).join("\n")).toContain(
      "1  Tue 4 Mar, 14:00-14:30",
    );
    expect(log.slots).toEqual(slots);
    expect(log.take({ type: "meeting.chosen", seq: 4, at, slot: slots[0]!, participant: "2" })).toEqual([
      "-- Rui (Beta) chose Tue 4 Mar, 14:00-14:30 (Europe/Lisbon)",
    ]);
  });

  it("says so where there is no time for all, and where the copy went with the call", () => {
    const { log } = open();
    expect(log.take({ type: "meeting.proposed", seq: 3, at, slots: [] })).toEqual([
      "-- there is no time at which everybody is free",
    ]);
    expect(log.take({ type: "room.closed", seq: 4, at })).toEqual(["-- the call is over"]);
    const forgotten = open([], { kind: "until-closed", text: "Deleted when the call is closed." }).log;
    expect(forgotten.take({ type: "room.closed", seq: 3, at })).toEqual([
      "-- the call is over; its copy was deleted",
    ]);
  });

  it("lets no name or line steer the terminal", () => {
    const { log } = open();
    const hostile = { ...rui, id: "3", name: "E\u001b[2Jve\nAda (Acme): fake" };
    const joined = log.take({ type: "participant.joined", seq: 3, at, participant: hostile });
    const lines = [...joined, ...log.take(said(4, "3", "en", "a\u001b]0;x\u0007b\nc"))];
    expect(lines.join("")).not.toMatch(/[\u001b\u0007\n]/);
  });
});
