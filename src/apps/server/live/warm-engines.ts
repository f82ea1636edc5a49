import type { EngineShelf } from "./engine-shelf.ts";
import type { RoomRecord } from "./room-store.ts";

/**
 * Has local engines load what the sides of a room will need, so that the first line is as quick as the others. Nothing
 * depends on it: a failure shows itself, with its reason, at the first line.
 */
export function warmEngines({ sides }: Pick<RoomRecord, "sides">, engines: EngineShelf): void {
  for (const reader of sides) {
    for (const { language } of sides) {
      if (language !== reader.language) void warm(reader.engine, language, reader.language, engines);
    }
  }
}

async function warm(spec: string, source: string, target: string, engines: EngineShelf): Promise<void> {
  try {
    const engine = await engines.take(spec);
    // A hosted engine has nothing to load, and is not sent anything that nobody said.
    if (!engine.isLocal || (await engine.missing(source, target)) !== undefined) return;
    await engine.translate({ source, target, items: [{ id: "warm", text: "1." }] });
  } catch {
    // Said when there is a line to translate.
  }
}
