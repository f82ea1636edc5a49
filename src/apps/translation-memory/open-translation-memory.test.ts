import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findMatch } from "../../tasks/translate/memory/find-match.ts";
import { memoryKey } from "../../tasks/translate/memory/memory-key.ts";
import type { MemoryEntry } from "../../tasks/translate/memory/translation-memory.ts";
import { wordLikeness } from "../../tasks/translate/memory/word-likeness.ts";
import { openTranslationMemory, type StoredMemory } from "./open-translation-memory.ts";

const entry = (source: string, target: string, more: Partial<MemoryEntry> = {}): MemoryEntry => ({
  from: "en",
  to: "pt",
  source: { text: source, spans: [], atoms: [] },
  target: { text: target, spans: [], atoms: [] },
  before: "",
  after: "",
  origin: "bergamot",
  state: "checked",
  changed: "2026-01-01T00:00:00Z",
  ...more,
});

async function match(memory: StoredMemory, text: string, engine = "bergamot") {
  const key = memoryKey(text);
  const entries = (await memory.withKeys("en", "pt", [key])).get(key) ?? [];
  const source = { text, spans: [], atoms: [] };
  return findMatch({ source, before: "", after: "", from: "en", to: "pt", engine }, entries);
}

describe("openTranslationMemory", () => {
  it("finds a segment again, and one that differs in its numbers", async () => {
    await using memory = openTranslationMemory(":memory:");
    await memory.add([
      entry("It begins on 12 May.", "Começa a 12 de maio."),
      entry("Price: 1,250", "Preço: 1.250"),
    ]);
    expect((await match(memory, "It begins on 12  May."))?.kind).toBe("in-context");
    expect((await match(memory, "It begins on 13 May."))?.target.text).toBe("Começa a 13 de maio.");
    expect((await match(memory, "Price: 31,400"))?.target.text).toBe("Preço: 31.400");
    expect(await match(memory, "It ends on 12 May.")).toBeUndefined();
  });

  it("does not guess which number is which", async () => {
    await using memory = openTranslationMemory(":memory:");
    await memory.add([
      entry("From 5 to 5 or more", "De 5 a 5 ou mais"),
      entry("We had 3 of them", "Tivemos três deles"),
    ]);
    expect(await match(memory, "From 5 to 7 or more")).toBeUndefined();
    expect(await match(memory, "We had 4 of them")).toBeUndefined();
  });

  it("lets a reviewed translation win, and keeps it when the engine comes again", async () => {
    await using memory = openTranslationMemory(":memory:");
    await memory.add([entry("Hello there", "Olá aí")]);
    await memory.add([entry("Hello there", "Olá", { state: "reviewed", origin: "review" })]);
    expect((await match(memory, "Hello there"))?.target.text).toBe("Olá");
    expect((await match(memory, "Hello there", "deepl"))?.target.text).toBe("Olá");
    await memory.add([entry("Hello there", "Oi", { origin: "review" })]);
    expect((await match(memory, "Hello there"))?.target.text).toBe("Olá");
  });

  it("does not take another engine's unread work", async () => {
    await using memory = openTranslationMemory(":memory:");
    await memory.add([entry("Hello there", "Olá aí")]);
    expect(await match(memory, "Hello there", "deepl")).toBeUndefined();
  });

  it("finds what shares words, the likest first", async () => {
    await using memory = openTranslationMemory(":memory:");
    await memory.add([
      entry("The contract begins on Monday.", "O contrato começa na segunda."),
      entry("The contract ends on Friday.", "O contrato termina na sexta."),
      entry("Nothing of the kind", "Nada disso"),
    ]);
    const found = await memory.similar("en", "pt", "The contract begins on Tuesday.", 2);
    expect(found[0]?.target.text).toBe("O contrato começa na segunda.");
    expect(wordLikeness("The contract begins on Tuesday.", found[0]!.source.text)).toBeCloseTo(5 / 6);
  });

  it("keeps its entries in a file, and says what it can't open", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "tandem-memory-"));
    const file = path.join(folder, "memory.sqlite");
    {
      await using memory = openTranslationMemory(file);
      await memory.add([entry("One", "Um"), entry("Two", "Dois", { to: "fr" })]);
    }
    await using memory = openTranslationMemory(file);
    expect([...memory.entries({ from: "en", to: "pt" })].map(({ target }) => target.text)).toEqual(["Um"]);
    expect(memory.counts()).toEqual([
      { from: "en", to: "fr", entries: 1, reviewed: 0 },
      { from: "en", to: "pt", entries: 1, reviewed: 0 },
    ]);
    expect(() => openTranslationMemory(folder)).toThrow(/can't be opened/);
    await rm(folder, { recursive: true });
  });
});
