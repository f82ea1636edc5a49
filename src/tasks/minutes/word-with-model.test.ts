import { describe, expect, it } from "vitest";
import type { Json } from "../../json.ts";
import type { GenerateRequest } from "../../models/language-model.ts";
import { scriptedModel } from "../../models/scripted.ts";
import { callOf, contextOf, SANDBOX_CALL } from "./transcript.fixture.ts";
import type { Minutes } from "./types.ts";
import { writeMinutes } from "./write-minutes.ts";

type Row = { readonly id: string; readonly kind: string; readonly text: string };
type Answer = { items: Json[]; titles: Json[]; summary: Json[] };

/** The items a request offers to the model. */
function itemsIn(request: GenerateRequest): Row[] {
  const list = request.messages.find((message) => message.content.startsWith("Items"))?.content ?? "";
  return list
    .split("\n")
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Row);
}

/** What a good model says of each place code found. */
const WORDINGS: readonly (readonly [RegExp, string])[] = [
  [/host the sandbox/u, "The sandbox for the pilot is hosted in Dublin."],
  [/API description/u, "Send Marta Lindqvist the API description by Friday"],
  [/sample/u, "Prepare a sample of 5,000 shipments by Monday"],
  [/processing agreement/u, "Send the processing agreement next week if legal is done"],
  [/customs scanner/u, "Who pays for the customs scanner in the production phase?"],
];

function goodAnswer(request: GenerateRequest): { json: Json } {
  return {
    json: {
      items: itemsIn(request).map(({ id, text }) => ({
        id,
        // Having to ask somebody is part of an open question here, no action of its own.
        keep: !text.includes("have to ask"),
        text: WORDINGS.find(([said]) => said.test(text))?.[1] ?? text,
      })),
      titles: [{ topic: "0", title: "Sandbox and shipment events" }],
      summary: [
        { text: "The sandbox needs the shipment events and the customs data set.", cues: [1] },
        { text: "The sandbox for the pilot is hosted in Dublin.", cues: [2] },
      ],
    },
  };
}

const minutesWith = (
  answer: (request: GenerateRequest, index: number) => string | { json: Json },
  options: { readonly parametersInBillions?: number } = {},
  lines: readonly string[] = SANDBOX_CALL,
): Promise<Minutes> => writeMinutes(callOf(lines), contextOf({ model: scriptedModel(answer, options) }));

/** Owners, days and statuses: what code decides whatever the model says. */
const substance = (minutes: Minutes): unknown => ({
  actions: minutes.actions.map(({ owner, status, due, counterpart, evidence }) => [
    owner,
    status,
    due,
    counterpart,
    evidence,
  ]),
  decisions: minutes.decisions.map((one) => one.evidence),
  questions: minutes.openQuestions.map((one) => one.evidence),
});

describe("minutes with a good model", () => {
  it("have its words over what code found", async () => {
    const minutes = await minutesWith(goodAnswer);
    expect(minutes.summary.map((line) => line.text)).toEqual([
      "The sandbox needs the shipment events and the customs data set.",
      "The sandbox for the pilot is hosted in Dublin.",
    ]);
    expect(minutes.decisions.map((one) => one.text)).toEqual([
      "The sandbox for the pilot is hosted in Dublin.",
    ]);
    expect(minutes.actions.map(({ text, owner, status }) => [text, owner, status])).toEqual([
      ["Send Marta Lindqvist the API description by Friday", "Daniel Okafor", "stated"],
      ["Prepare a sample of 5,000 shipments by Monday", "Marta Lindqvist", "stated"],
      ["Send the processing agreement next week if legal is done", "Daniel Okafor", "conditional"],
    ]);
    expect(minutes.openQuestions.map((one) => one.text)).toEqual([
      "Who pays for the customs scanner in the production phase?",
    ]);
    expect(minutes.topics[0]?.title).toBe("Sandbox and shipment events");
    expect(minutes.checks.wordingsRefused).toEqual([]);
    expect(minutes.checks.modelCalls).toBe(1);
    expect(substance(minutes)).toEqual(substance(await writeMinutes(callOf(SANDBOX_CALL), contextOf())));
    expect(minutes.notes.join(" ")).not.toContain("No model");
  });

  it("send the call as data in its own message and never in the instruction", async () => {
    const model = scriptedModel(goodAnswer);
    await writeMinutes(callOf(SANDBOX_CALL), contextOf({ model }));
    for (const { messages } of model.requests) {
      const quoting = messages.filter((message) => message.content.includes("API description"));
      expect(quoting.length).toBeGreaterThan(0);
      for (const message of quoting) {
        expect(message.role).toBe("user");
        expect(message.content).not.toContain("The task:");
      }
    }
  });
});

/** One lie a model could tell, put into an otherwise good answer. */
const LIES: readonly (readonly [string, (answer: Answer, rows: readonly Row[]) => void, RegExp])[] = [
  [
    "an owner it invents",
    ({ items }, rows) =>
      items.push({
        id: rows[1]?.id ?? "",
        keep: true,
        text: "Send Priya Raman the API description by Friday",
      }),
    /Priya/,
  ],
  [
    "a direction it flips",
    ({ items }, rows) =>
      items.push({
        id: rows[1]?.id ?? "",
        keep: true,
        text: "Send Daniel Okafor the API description by Friday",
      }),
    /Send Daniel Okafor/,
  ],
  [
    "a decision it adds",
    ({ items }) => items.push({ id: "i99", keep: true, text: "Parcelwise hosts production in Dublin." }),
    /hosts production/,
  ],
  [
    "a summary line on cues that do not say it",
    ({ summary }) =>
      summary.push({ text: "Nordfrakt pays for the customs scanner in production.", cues: [8] }),
    /Nordfrakt pays/,
  ],
  [
    "a promise in the summary",
    ({ summary }) => summary.push({ text: "Marta will send the API description by Friday.", cues: [4, 5] }),
    /Marta will send/,
  ],
  [
    "a summary line on no cue",
    ({ summary }) => summary.push({ text: "The sandbox is hosted in Dublin.", cues: [] }),
    /^never$/,
  ],
  [
    "a title that takes sides",
    ({ titles }) => titles.push({ topic: "0", title: "No sandbox for Nordfrakt" }),
    /No sandbox/,
  ],
  [
    "a condition it drops",
    ({ items }, rows) =>
      items.push({
        id: rows[3]?.id ?? "",
        keep: true,
        text: "Send Marta Lindqvist the processing agreement next week",
      }),
    /agreement next week"/,
  ],
];

describe("minutes with a model that lies", () => {
  it.each(LIES)("leave out %s", async (_name, lie, trace) => {
    const honest = await writeMinutes(callOf(SANDBOX_CALL), contextOf());
    const minutes = await minutesWith((request) => {
      const answer: Answer = { items: [], titles: [], summary: [] };
      lie(answer, itemsIn(request));
      return { json: answer as unknown as Json };
    });
    expect(JSON.stringify(minutes)).not.toMatch(trace);
    expect(substance(minutes)).toEqual(substance(honest));
    expect(minutes.checks.wordingsRefused.reduce((sum, one) => sum + one.count, 0)).toBe(1);
  });

  it.each([
    ["prose", "I am a teapot"],
    ["half of a JSON object", '{"items": [{"id": "i1", "keep": tr'],
    ["JSON of another shape", '{"minutes": "all agreed"}'],
    ["a list", "[1, 2, 3]"],
    ["nothing", ""],
  ])("fall back to the spoken words when it answers %s, and say so", async (_name, text) => {
    const minutes = await minutesWith(() => text);
    const honest = await writeMinutes(callOf(SANDBOX_CALL), contextOf());
    expect(substance(minutes)).toEqual(substance(honest));
    expect(minutes.summary).toEqual(honest.summary);
    expect(minutes.notes.join(" ")).toMatch(/no usable answer/);
  });
});

describe("minutes with a model below a billion parameters", () => {
  const LONG =
    "M: The goal of the pilot project is that the customs status of each shipment runs into the booking portal of our customers within five minutes, and really not later.";
  const SHORT_TALK = ["D: Good morning Marta, it rains in Dublin.", LONG, "D: Fine.", "M: Goodbye then."];
  const small = { parametersInBillions: 0.135 };

  it("let it shorten long lines of the summary, without a schema, and check each", async () => {
    const shorter =
      "The goal of the pilot project is that the customs status of each shipment runs into the booking portal of our customers within five minutes, and not later.";
    const minutes = await minutesWith(
      (request, index) => {
        expect(request.schema).toBeUndefined();
        return index % 2 === 0 ? "The pilot project was signed in March 2031." : shorter;
      },
      small,
      SHORT_TALK,
    );
    expect(minutes.summary.map((line) => line.text)).toContain(shorter);
    expect(JSON.stringify(minutes)).not.toContain("2031");
    expect(minutes.checks.wordingsRefused).toEqual([{ reason: "too much left out", count: 1 }]);
  });

  it("keep the words spoken when it has nothing safe to say", async () => {
    const honest = await writeMinutes(callOf(SHORT_TALK), contextOf());
    const minutes = await minutesWith(() => "We agreed on everything.", small, SHORT_TALK);
    expect(minutes.summary).toEqual(honest.summary);
    expect(minutes.checks.modelCalls).toBe(2);
  });
});
