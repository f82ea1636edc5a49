import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { openFile, openPackage, readPart, settleChanges } from "../../src/files/index.ts";
import { connectTarget } from "../../src/models/deployments/connect-target.ts";
import { type RoutedAttempt, routedModel } from "../../src/models/deployments/routed-model.ts";
import { createRouter } from "../../src/models/deployments/router.ts";
import type { Deployment } from "../../src/models/deployments/types.ts";
import { bodyTexts, wordFile } from "../../src/tasks/edit/document.fixture.ts";
import { type EditInput, editTask } from "../../src/tasks/edit/task.ts";

const SENTENCE =
  "In order to be able to guarantee a quick recovery, a full backup of the order database is taken every night and is kept for a period of 35 days";
const FILE = wordFile(
  "# Hosting",
  ...Array.from({ length: 24 }, (_, index) => `${SENTENCE}, as item ${index + 1} of the annex requires.`),
);

type Body = { readonly messages: readonly { readonly role: string; readonly content: string }[] };

/** What a good model answers: every block it is shown, shorter. */
function rewrite(body: Body): string {
  const text = body.messages.map(({ content }) => content).join("\n");
  const blocks = [...text.matchAll(/<block id="(b\d+)" \w+>\n([\s\S]*?)\n<\/block/gu)];
  return JSON.stringify({
    edits: blocks.map(([, blockId, before = ""]) => ({
      blockId,
      action: "replace",
      text: before.replace("In order to be able to guarantee", "To guarantee"),
      reason: "Shorter.",
    })),
  });
}

describe("a job whose provider dies in the middle", () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  /** A provider; after so many answers it breaks off in the middle of each further one. */
  const provider = async (answers: number): Promise<{ baseUrl: string; calls: () => number }> => {
    let calls = 0;
    const server = createServer(async (incoming, response) => {
      let body = "";
      for await (const piece of incoming) body += String(piece);
      calls += 1;
      const content = rewrite(JSON.parse(body) as Body);
      const choices = [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }];
      const usage = { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 };
      const answer = JSON.stringify({
        id: "c",
        object: "chat.completion",
        created: 1,
        model: "m",
        choices,
        usage,
      });
      response.writeHead(200, { "content-type": "application/json" });
      if (calls <= answers) response.end(answer);
      else response.write(answer.slice(0, answer.length / 2), () => response.destroy());
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      calls: () => calls,
    };
  };

  const runJob = async (
    first: string,
    second: string,
  ): Promise<{ bytes: Uint8Array; attempts: RoutedAttempt[]; changes: number }> => {
    const deployment: Deployment = {
      name: "writer",
      operations: ["chat"],
      targets: [
        { id: "first", provider: "openai-compatible", model: "m", baseUrl: first, contextTokens: 2_500 },
        { id: "second", provider: "vllm", model: "m", baseUrl: second, order: 1, contextTokens: 2_500 },
      ],
    };
    const attempts: RoutedAttempt[] = [];
    const router = createRouter([deployment], { now: Date.now });
    await using model = routedModel(router, deployment, connectTarget, {
      affinity: "job-1",
      onAttempt: (attempt) => attempts.push(attempt),
    });
    const input = editTask.input.parse({ file: FILE, instruction: "shorten section 1" }) as EditInput;
    const outcome = await editTask.run(input, {
      now: new Date("2026-03-02T10:00:00Z"),
      timeZone: "UTC",
      emit: () => {},
      model,
    });
    return { bytes: outcome.bytes!, attempts, changes: outcome.redline.length };
  };

  const partsOf = (bytes: Uint8Array): Record<string, string> => {
    const opened = openPackage(bytes);
    return Object.fromEntries(
      opened.archive.entries.map(({ name }) => [
        name,
        Buffer.from(readPart(opened, `/${name}`)).toString("utf8"),
      ]),
    );
  };

  it("ends with the same parts as when nothing happens, wherever the provider died", async () => {
    const whole = await provider(Number.POSITIVE_INFINITY);
    const calm = await runJob(whole.baseUrl, whole.baseUrl);
    const calls = whole.calls();
    expect(calls).toBeGreaterThan(2);
    expect(calm.changes).toBe(24);
    for (let survived = 0; survived < calls; survived += 1) {
      const dying = await provider(survived);
      const spare = await provider(Number.POSITIVE_INFINITY);
      const job = await runJob(dying.baseUrl, spare.baseUrl);
      expect(partsOf(job.bytes)).toEqual(partsOf(calm.bytes));
      expect(bodyTexts(settleChanges(openFile(job.bytes), { action: "reject" }))).toEqual(bodyTexts(FILE));
      const answered = job.attempts.filter(({ outcome }) => outcome.kind === "answered");
      expect(answered.map(({ target }) => target.id)).toEqual([
        ...Array<string>(survived).fill("first"),
        ...Array<string>(calls - survived).fill("second"),
      ]);
      // Both providers' bills are known: the one that died may charge for what it read.
      const lost = job.attempts.filter(({ outcome }) => outcome.kind === "failed");
      expect(lost.length).toBe(calls - survived);
      for (const { usage, isEstimate } of lost)
        expect([usage.inputTokens > 0, isEstimate]).toEqual([true, true]);
    }
  });
});
