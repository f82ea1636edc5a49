import { describe, expect, it } from "vitest";
import { callOf, contextOf } from "./transcript.fixture.ts";
import { writeMinutes } from "./write-minutes.ts";

async function textsOf(line: string): Promise<readonly string[]> {
  const call = callOf([
    "D: Good morning, everybody.",
    "P: Hello.",
    "E: Hello from me.",
    `M: ${line}`,
    "D: Hm.",
  ]);
  return (await writeMinutes(call, contextOf())).actions.map((action) => action.text);
}

describe("talk about the talk", () => {
  it.each([
    "I'll finish up with just a bit of discussion on the next phase.",
    "I'll start with the agenda.",
    "I will take the minutes and you three are going to present.",
    "I will ask the witness about the budget of the agency.",
    "I'll now turn to the next speaker on my list.",
    "I'll be sharing my time with the member for the northern district.",
    "Let me remind you that the government announced the first measures in March.",
    "I will give the minister one last chance.",
    "Please provide a short response to the honourable member.",
    "Can the Minister of Health please update the House on the work with the provinces?",
    "Can you give the committee an assurance today that this will be a priority?",
    "Please make sure your question is confined to one minute.",
    "I'm going to write this down here on the whiteboard.",
    "I will update members on that when we go into private session.",
    "I'll buy one of those for my bedroom.",
    "First I want to hear from you about the survey.",
    "I'd like to make a short statement about the fisheries.",
  ])("is no action: %s", async (line) => {
    expect(await textsOf(line)).toEqual([]);
  });

  it.each([
    "I'll send the minutes to everybody after the meeting.",
    "I will write to the committee with the figures.",
    "I'll ask Johan about the budget figures tomorrow.",
    "I'll finish the evaluation report by Friday.",
    "I'll give the auditors access to the archive on Monday.",
    "I'll check in my department whether somebody knows about speech recognition.",
    "I'll remind the supplier to send the prototypes by Friday.",
    "I'll put the survey results in the project folder.",
    "I'll start the migration of the archive on Monday and send you the report.",
  ])("leaves work that outlives the call: %s", async (line) => {
    expect(await textsOf(line)).toHaveLength(1);
  });
});

describe("requests in a larger round", () => {
  it("without an answer or a day stand only when something is handed over later", async () => {
    expect(await textsOf("Could you explain that to me once more, please?")).toEqual([]);
    expect(
      await textsOf("If you could write to us about the appeals process, that would be helpful."),
    ).toHaveLength(1);
  });
});
