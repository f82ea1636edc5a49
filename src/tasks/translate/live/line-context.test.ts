import { describe, expect, it } from "vitest";
import type { TranslateItem, TranslationEngine } from "../../../models/translation/translation-engine.ts";
import { memoryLog, roomOfTwo, tagEngine, until } from "./room.fixture.ts";

const portuguese: Readonly<Record<string, string>> = {
  "We sell pallets.": "Vendemos paletes.",
  "Twelve of them.": "Doze delas.",
  "Good morning.": "Bom dia.",
  "Shall we begin?": "Vamos começar?",
};
const answer = (text: string): string => portuguese[text] ?? "How many do we have?";
const final = (line: string, text: string) => ({ line, text, isFinal: true });

/** An engine that keeps the items it was asked. */
function listeningEngine(part: Partial<TranslationEngine> = {}, context = true) {
  const items: TranslateItem[] = [];
  const engine = tagEngine({ context, answer });
  const listening: TranslationEngine = {
    ...engine,
    ...part,
    translate: (request) => {
      items.push(...request.items);
      return engine.translate(request);
    },
  };
  return { engine: listening, items, of: (text: string) => items.find((item) => item.text === text) };
}

describe("what an engine is told of the call before a line", () => {
  it("is the lines before it, and the last translations into the same language", async () => {
    const ota = listeningEngine();
    const { room, log } = await roomOfTwo({ engineOf: async () => ota.engine });
    const translated = (count: number) =>
      until(() => log.events.filter(({ kind }) => kind === "line-translated").length === count);
    await room.say("ann", final("1", "We sell pallets."));
    await translated(1);
    await room.say("rui", final("1", "Quantas temos?"));
    await translated(2);
    await room.say("ann", final("2", "Twelve of them."));
    await translated(3);
    expect(ota.of("We sell pallets.")).not.toHaveProperty("before");
    expect(ota.of("Twelve of them.")).toMatchObject({
      before: "- We sell pallets.\n- Quantas temos?",
      similar: [{ source: "We sell pallets.", target: "Vendemos paletes." }],
    });
    await room.close();
  });

  it("is the same after the room was opened anew", async () => {
    const log = memoryLog();
    const first = await roomOfTwo({ log, engineOf: async () => tagEngine({ answer }) });
    await first.room.say("ann", final("1", "We sell pallets."));
    await until(() => log.events.some(({ kind }) => kind === "line-translated"));
    const ota = listeningEngine();
    const { room } = await roomOfTwo({ log, engineOf: async () => ota.engine });
    await room.say("ann", final("2", "Twelve of them."));
    await until(() => ota.items.length > 0);
    expect(ota.items[0]?.similar).toEqual([{ source: "We sell pallets.", target: "Vendemos paletes." }]);
    await room.close();
  });

  it("holds nothing for a service outside that it was not sent to translate", async () => {
    const ota = listeningEngine({ isLocal: false });
    const { room, log } = await roomOfTwo({
      engineOf: async (side) => (side === "ota" ? ota.engine : tagEngine({ answer })),
    });
    await room.say("rui", final("1", "Isto fica entre nós."));
    await room.say("ann", final("1", "Good morning."));
    await until(() => log.events.filter(({ kind }) => kind === "line-translated").length === 2);
    await room.say("ann", final("2", "Shall we begin?"));
    await until(() => ota.of("Shall we begin?") !== undefined);
    expect(JSON.stringify(ota.items)).not.toContain("Isto");
    expect(ota.of("Shall we begin?")?.before).toBe("- Good morning.");
    await room.close();
  });

  it("is nothing for an engine that reads no context", async () => {
    const ota = listeningEngine({}, false);
    const { room } = await roomOfTwo({ engineOf: async () => ota.engine });
    await room.say("ann", final("1", "One."));
    await room.say("ann", final("2", "Two."));
    await until(() => ota.items.length > 1);
    expect(ota.items.some((item) => "before" in item || "similar" in item)).toBe(false);
    await room.close();
  });
});
