import { describe, expect, it } from "vitest";
import { callOf, contextOf } from "./transcript.fixture.ts";
import { writeMinutes } from "./write-minutes.ts";

async function found(
  lines: readonly string[],
): Promise<{ readonly decisions: (readonly [string, number[]])[]; readonly questions: readonly string[] }> {
  const minutes = await writeMinutes(callOf(lines), contextOf());
  return {
    decisions: minutes.decisions.map((one) => [one.text, one.evidence.map((quote) => quote.cue)] as const),
    questions: minutes.openQuestions.map((one) => one.text),
  };
}

describe("decisions", () => {
  it.each([
    [
      "quote the proposal that a bare yes refers to",
      [
        "D: We start the pilot on 7 December with ten customers.",
        "M: That is tight for us.",
        "M: Okay, 7 December with ten customers, agreed.",
      ],
      [["7 December with ten customers.", [0, 2]]],
    ],
    [
      "count a yes that takes up the word",
      ["M: The first of March I'd call a target and not a date.", "D: Target, fine."],
      [["The first of March I'd call a target and not a date.", [0, 1]]],
    ],
    [
      "are choices nobody speaks against",
      ["M: Okay, so let's go with the aluminium casing for the first series.", "D: It is lighter as well."],
      [["Let's go with the aluminium casing for the first series.", [0]]],
    ],
    [
      "are choices with a short yes",
      ["M: We should use recycled plastic for the case.", "D: Sure."],
      [["We should use recycled plastic for the case.", [0, 1]]],
    ],
    [
      "are not what only somebody listens to",
      ["M: We should use recycled plastic for the case.", "D: Yeah."],
      [],
    ],
    [
      "are not choices somebody speaks against",
      ["M: So let's go with the aluminium casing for the first series.", "D: No, that is far too expensive."],
      [],
    ],
    [
      "are not steps of the meeting",
      ["M: Let's go with the three presentations of the design team.", "D: Hm."],
      [],
    ],
    ["are not findings", ["M: We decided that it doesn't work with the cheap sensor boards.", "D: Hm."], []],
    ["are not a question", ["M: Should we use the aluminium casing for the first series?", "D: Hm."], []],
  ] as const)("%s", async (_name, lines, expected) => {
    expect((await found(lines)).decisions).toEqual(expected);
  });
});

describe("open questions", () => {
  it.each([
    [
      "put off",
      ["M: Let's not decide the price of the spare parts today.", "D: Fine."],
      ["Left open: the price of the spare parts"],
    ],
    [
      "for somebody outside to answer",
      ["M: For the hosting contract I have to ask our board.", "D: Fine."],
      ["Left open: the hosting contract"],
    ],
    [
      "dodged",
      ["M: Another thing, do the labels come in Swedish?", "D: I honestly don't know."],
      ["Do the labels come in Swedish?"],
    ],
    [
      "answered at length after a dodge",
      [
        "M: How different are the working cultures in the three plants?",
        `D: That is hard to say. ${"One plant has had the same managers for twenty years and the others change them. ".repeat(3)}`,
      ],
      [],
    ],
    [
      "going on from something else",
      ["M: Or does the other thing, what does the scanner need?", "D: I don't know."],
      [],
    ],
    [
      "a figure of speech to an assembly",
      ["M: Mr. Chair, we still don't know exactly how much the ferries have cost.", "D: Hm."],
      [],
    ],
  ] as const)("%s", async (_name, lines, expected) => {
    expect((await found(lines)).questions).toEqual(expected);
  });
});
