import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeTinyModel } from "../../models/translation/bergamot/tiny-marian.fixture.ts";
import type { CommandIo } from "./models-io.ts";
import { isTranslationName, listTranslationModels, pullTranslationModels } from "./translation-models.ts";

describe("tandem models, for translation", () => {
  let cacheFolder = "";
  let out = "";
  let err = "";
  const io = (json = false): CommandIo => ({
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    isTty: false,
    env: {},
    json,
  });

  beforeEach(async () => {
    cacheFolder = await mkdtemp(join(tmpdir(), "tandem-models-"));
    [out, err] = ["", ""];
  });
  afterEach(() => rm(cacheFolder, { recursive: true, force: true }));

  it("lists the languages and what is on this machine", async () => {
    await writeTinyModel(join(cacheFolder, "translation"), "en-pt");
    expect(await listTranslationModels({ cacheFolder }, io())).toBe(0);
    expect(out).toMatch(/On this machine:\n {2}en-pt\n/);
    expect(out).toMatch(/From English to:\n.* de .* zh-Hant\n/);
    expect(out).toMatch(/To English from:\n.* hbs /);
    out = "";
    await listTranslationModels({ cacheFolder }, io(true));
    const listed = JSON.parse(out) as { translation: { id: string; isHere: boolean }[] };
    expect(listed.translation.filter(({ isHere }) => isHere).map(({ id }) => id)).toEqual(["en-pt"]);
  });

  it("finds what a pair needs, through English as well, without fetching what is here", async () => {
    for (const pair of ["de-en", "en-fr", "en-zh-Hant"])
      await writeTinyModel(join(cacheFolder, "translation"), pair);
    expect(await pullTranslationModels("translation:de-FR", { cacheFolder }, io())).toBe(0);
    expect(out).toMatch(/^de-en is here: .*\nen-fr is here: .*\n$/);
    out = "";
    expect(await pullTranslationModels("translation:en-GB-zh-TW", { cacheFolder }, io(true))).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ models: [{ id: "en-zh-Hant", from: null }] });
  });

  it("refuses a pair that is not there, with what to do", async () => {
    expect(await pullTranslationModels("translation:en-cy", { cacheFolder }, io())).toBe(2);
    expect(err).toMatch(/no translation model "en-cy".*\n.*--translation/);
    expect(await pullTranslationModels("translation:", { cacheFolder }, io())).toBe(2);
    const signal = AbortSignal.abort(new Error("interrupted"));
    expect(await pullTranslationModels("translation:en-pt", { cacheFolder, signal }, io())).toBe(130);
  });

  it("knows its names", () => {
    expect(isTranslationName("translation:en-pt")).toBe(true);
    expect(isTranslationName("smollm2-135m-instruct")).toBe(false);
    expect(isTranslationName(undefined)).toBe(false);
  });
});
