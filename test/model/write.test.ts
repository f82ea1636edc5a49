import { homedir } from "node:os";
import { expect, it } from "vitest";
import { smallestEntry } from "../../src/models/catalogue.ts";
import { defaultCacheFolder, openEmbeddedModel, pullModel } from "../../src/models/llama/index.ts";
import { writeTask } from "../../src/tasks/write/task.ts";
import { checkWritten } from "../corpus/write-check.ts";
import { hostileMarks, sourcePacks } from "../corpus/write-packs.ts";

it("the smallest real model leaves documents to the sources' own sentences", async (context) => {
  const packs = sourcePacks();
  if (packs.length === 0) context.skip("there is no corpus here");
  const cacheFolder = defaultCacheFolder(process.env, process.platform, homedir());
  const entry = smallestEntry();
  const path = await pullModel(entry, { cacheFolder }).then(
    (pulled) => pulled.path,
    (error: unknown) => context.skip(`the model is not to be had here: ${String(error)}`),
  );
  await using model = await openEmbeddedModel({
    path,
    id: entry.id,
    contextTokens: 4_096,
    parametersInBillions: entry.parametersInBillions,
  });
  const task = { now: new Date("2026-11-20T12:00:00Z"), timeZone: "Europe/Lisbon", emit: () => {} };
  for (const pack of packs) {
    const input = { prompt: pack.prompt, sources: pack.sources, author: "A. Writer" };
    const without = await writeTask.run(input, task);
    const written = await writeTask.run(input, { ...task, model });
    expect(written.engine).toBe("the sources' own sentences");
    expect(written.docx).toEqual(without.docx);
    expect(checkWritten(written.docx!, { ...pack, forbidden: hostileMarks }).violations).toEqual([]);
  }
});
