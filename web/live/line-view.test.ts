import { describe, expect, it } from "vitest";
import type { LiveParticipant } from "../../src/apps/server/protocol/live-messages.ts";
import { type Reader, viewLine } from "./line-view.ts";
import type { RoomLine } from "./room-state.ts";

const ana: LiveParticipant = { id: "a", name: "Ana", side: "1", organisation: "Norte", language: "pt-BR" };
const ben: LiveParticipant = { id: "b", name: "Ben", side: "2", organisation: "South", language: "en" };
const reader: Reader = { me: ana, known: { a: ana, b: ben }, mode: "balanced", joinedAtSeq: 0 };
const line = (part: Partial<RoomLine>): RoomLine => ({ key: "b x", speaker: "b", line: "x", ...part });
const said = (text: string, language: string) => ({ seq: 1, at: "2026-03-02T09:30:00Z", language, text });

const busy = { code: "engine-failed", text: "the model is busy" };
const missing = { kind: "numbers", text: "the number 5 is missing" };

describe("a line, as one person reads it,", () => {
  it("is the translation, with the words as they were said below", () => {
    const translation = { language: "pt-BR", text: "olá", engine: "e", doubts: [missing] };
    expect(viewLine(line({ said: said("hello", "en"), translation }), reader)).toMatchObject({
      isFinal: true,
      main: { settled: "olá", tail: "", language: "pt-BR" },
      original: { settled: "hello", language: "en" },
      doubts: [missing],
    });
  });

  it("waits for its translation without showing foreign words large", () => {
    const view = viewLine(line({ said: said("hello", "en") }), reader);
    expect(view).toMatchObject({ isFinal: false, main: undefined, original: { settled: "hello" } });
  });

  it("shows the words themselves, with the reason, where the engine failed", () => {
    const translation = { language: "pt", reason: busy, engine: "e", doubts: [] };
    expect(viewLine(line({ said: said("hello", "en"), translation }), reader)).toMatchObject({
      isFinal: true,
      main: { settled: "hello", language: "en" },
      reason: busy,
    });
    expect(viewLine(line({ said: said("hello", "en"), translation }), reader).original).toBeUndefined();
  });

  it("needs no translation from one's own language, in another country either", () => {
    const view = viewLine(line({ said: said("bom dia", "pt-PT") }), reader);
    expect(view).toMatchObject({ isFinal: true, main: { settled: "bom dia" } });
    expect(view.original).toBeUndefined();
  });

  it("is one's own words where one said it", () => {
    const mine = line({ speaker: "a", said: said("bom dia", "pt") });
    expect(viewLine(mine, reader)).toMatchObject({
      isMine: true,
      isFinal: true,
      main: { settled: "bom dia" },
    });
  });

  it("is shown as it was said where it was said before this reader came and nobody translated it", () => {
    const view = viewLine(line({ said: said("hello", "en") }), { ...reader, joinedAtSeq: 1 });
    expect(view).toMatchObject({ isFinal: true, main: { settled: "hello", language: "en" } });
  });

  it("keeps apart what may still change, and leaves it out in the steady mode", () => {
    const draft = line({ translating: { rev: 1, stable: "bom", tail: " di" } });
    expect(viewLine(draft, reader).main).toEqual({ settled: "bom", tail: " di", language: "pt-BR" });
    expect(viewLine(draft, { ...reader, mode: "steady" }).main).toMatchObject({ settled: "bom", tail: "" });
    const loose = line({ translating: { rev: 1, stable: "", tail: "bom" } });
    expect(viewLine(loose, { ...reader, mode: "steady" }).main).toBeUndefined();
  });
});
