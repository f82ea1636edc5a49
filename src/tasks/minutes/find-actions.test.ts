import { describe, expect, it } from "vitest";
import { callOf, contextOf } from "./transcript.fixture.ts";
import type { Action } from "./types.ts";
import { writeMinutes } from "./write-minutes.ts";

const MARTA = "Marta Lindqvist";
const DANIEL = "Daniel Okafor";
const PRIYA = "Priya Raman";

async function actionsOf(lines: readonly string[]): Promise<readonly Action[]> {
  const padding = ["M: Good morning, it is raining here.", "D: Good morning from Dublin."];
  const hasTwo = new Set(lines.map((line) => line[0])).size > 1;
  return (await writeMinutes(callOf(hasTwo ? lines : [...padding, ...lines]), contextOf())).actions;
}

/** `owner[:status]` of each action in order. */
type Expected = readonly string[];

const DIALOGUES: readonly (readonly [string, readonly string[], Expected])[] = [
  [
    "a promise is the speaker's",
    ["M: I'll send you the sample by Friday.", "D: Great."],
    [`${MARTA}:stated`],
  ],
  [
    "a promise with 'let me' and a day",
    ["D: Let me send you the contract draft tomorrow.", "M: Thanks."],
    [`${DANIEL}:stated`],
  ],
  [
    "waiting for you to send is yours",
    ["M: I'll wait for you to send the file.", "D: Sure, I'll send it tomorrow."],
    [`${DANIEL}:stated`],
  ],
  [
    "waiting without an answer is nobody's",
    ["M: I'll wait for you to send the file by Friday.", "D: It rains again."],
    ["unassigned:implied"],
  ],
  [
    "needing you to do it is yours",
    ["D: I need you to confirm the address list.", "M: Will do."],
    [`${MARTA}:stated`],
  ],
  [
    "'I'd like you to' is yours",
    ["D: I'd like you to review the security annex by Monday.", "M: Okay, I can do that."],
    [`${MARTA}:stated`],
  ],
  [
    "a request that is accepted",
    ["M: Could you send me the API description by Friday?", "D: Sure."],
    [`${DANIEL}:stated`],
  ],
  [
    "a request that is refused falls away",
    ["M: Could you send me the customer list by Friday?", "D: No, I can't share that."],
    [],
  ],
  [
    "a request nobody answers has no owner",
    ["M: Could you send me the customer list by Friday?", "D: By the way, how is the weather?"],
    ["unassigned:implied"],
  ],
  [
    "a request accepted with a maybe is conditional",
    ["M: Could you send me the report by Friday?", "D: I'll try, but legal is slow."],
    [`${DANIEL}:conditional`],
  ],
  [
    "a request accepted under a condition",
    ["M: Could you share the logs with us?", "D: Yes, if legal agrees."],
    [`${DANIEL}:conditional`],
  ],
  [
    "a reminder of what you said is yours",
    ["M: You said you would send the price list.", "D: Right, I'll send it today."],
    [`${DANIEL}:stated`],
  ],
  [
    "'you promised' without an answer is nobody's",
    ["M: You promised to send the price list by Friday.", "D: The weather is awful."],
    ["unassigned:implied"],
  ],
  [
    "'can you remind me' is the other's",
    ["M: Can you remind me to call the bank?", "D: Sure, I will."],
    [`${DANIEL}:stated`],
  ],
  [
    "an offer that is taken up is the speaker's",
    ["M: Shall I send you the template?", "D: Yes please."],
    [`${MARTA}:stated`],
  ],
  [
    "an offer that is declined falls away",
    ["M: Should I send you the template?", "D: No need, we have it."],
    [],
  ],
  [
    "an offer answered by 'no, I'll do it' is the other's",
    ["M: Do you want me to send the invitation?", "D: No, I'll send it."],
    [`${DANIEL}:stated`],
  ],
  [
    "'can I send you' is not a request",
    ["M: Can I send you the numbers tomorrow?", "D: Yes, perfect."],
    [`${MARTA}:stated`],
  ],
  [
    "'can I ask you to' is a request",
    ["M: Can I ask you to send the numbers tomorrow?", "D: Of course."],
    [`${DANIEL}:stated`],
  ],
  [
    "getting it from you is yours",
    ["M: I'll get the encryption key from you by Friday?", "D: Yes."],
    [`${DANIEL}:stated`],
  ],
  [
    "you'll get it from me is mine",
    ["M: You'll get the encryption key from me by Friday.", "D: Thanks."],
    [`${MARTA}:stated`],
  ],
  [
    "you'll have it by a day is mine, implied",
    ["M: You'll have the comparison by Thursday.", "D: Hm."],
    [`${MARTA}:implied`],
  ],
  [
    "'you'll send me' accepted is yours",
    ["M: So you'll send me the data sheet on Monday?", "D: Exactly, yes."],
    [`${DANIEL}:stated`],
  ],
  [
    "two halves, two owners",
    ["M: You send the draft by Monday, and I'll review it by Wednesday.", "D: Okay."],
    [`${DANIEL}:stated`, `${MARTA}:stated`],
  ],
  [
    "a third person by name is implied",
    ["M: Priya will set up the test account.", "D: Good.", "P: Hello, sorry, I was late."],
    [`${PRIYA}:implied`],
  ],
  [
    "a third person who agrees is stated",
    ["M: Priya will set up the test account.", "P: Yes, I'll do that.", "D: Good."],
    [`${PRIYA}:stated`],
  ],
  [
    "a named request in a group",
    ["M: Priya, could you write the test plan by Friday?", "D: Good idea.", "P: Sure, will do."],
    [`${PRIYA}:stated`],
  ],
  [
    "a named request answered by another is not the named one's",
    ["M: Priya, could you write the test plan by Friday?", "D: I'll do it, she is on leave.", "P: Thanks."],
    [`${DANIEL}:stated`],
  ],
  [
    "an open request in a group goes to who takes it",
    ["M: Could you write the test plan by Friday?", "D: Hm.", "P: I can do that."],
    [`${PRIYA}:stated`],
  ],
  [
    "an open request in a group with a mere yes has no owner",
    ["M: Could you write the test plan by Friday?", "D: Yes.", "P: Hello again."],
    ["unassigned:implied"],
  ],
  [
    "'we'll' is the organisation's",
    ["D: We'll send you the sandbox keys by Friday.", "M: Great."],
    ["parcelwise.example:stated"],
  ],
  [
    "'we'll together' is nobody's",
    ["D: We'll write the test plan together by Friday.", "M: Great."],
    ["unassigned:unassigned"],
  ],
  [
    "you and I is nobody's alone",
    ["D: You and I will write the press release by Friday.", "M: Great."],
    ["unassigned:unassigned"],
  ],
  [
    "someone should is nobody's",
    ["D: Someone should update the wiki page.", "M: True."],
    ["unassigned:unassigned"],
  ],
  [
    "someone should, taken on",
    ["D: Someone should update the wiki page.", "M: I'll do it."],
    [`${MARTA}:stated`],
  ],
  [
    "might is conditional",
    ["D: I might send you the draft by Friday.", "M: Okay."],
    [`${DANIEL}:conditional`],
  ],
  [
    "if legal is done is conditional",
    ["D: If legal is done, I'll send you the draft on Friday.", "M: Okay."],
    [`${DANIEL}:conditional`],
  ],
  [
    "'I'll try' is conditional",
    ["D: I'll try to send you the draft by Friday.", "M: Okay."],
    [`${DANIEL}:conditional`],
  ],
  [
    "once somebody else has done something is conditional",
    ["D: I'll send you the contract once the board has approved it.", "M: Okay."],
    [`${DANIEL}:conditional`],
  ],
  ["I won't is no action", ["D: I won't send the draft before Friday.", "M: Okay."], []],
  ["can't promise is no action", ["D: I can't promise to send the draft by Friday.", "M: Okay."], []],
  ["'I don't think I'll' is no action", ["D: I don't think I'll send the draft by Friday.", "M: Okay."], []],
  [
    "a retraction drops it",
    ["D: I'll send you the old price list tomorrow.", "M: Thanks.", "D: Actually, scrap that."],
    [],
  ],
  [
    "a retraction by name drops the right one",
    [
      "D: I'll send you the old price list tomorrow.",
      "M: I'll prepare the workshop agenda.",
      "D: Forget the old price list.",
    ],
    [`${MARTA}:stated`],
  ],
  ["a report of somebody's words is no promise", ["D: My boss said I'll send too many mails.", "M: Ha."], []],
  [
    "asking somebody is the speaker's",
    ["D: I'll ask Priya to send the diagrams tomorrow.", "M: Thanks.", "P: Hello."],
    [`${DANIEL}:stated`],
  ],
  [
    "have somebody do it is the speaker's to see to",
    ["D: I'll have Priya send the diagrams tomorrow.", "M: Thanks.", "P: Hello."],
    [`${DANIEL}:stated`],
  ],
  [
    "'let me know' is the other's",
    ["D: Please let me know by Friday which region you need.", "M: Sure."],
    [`${MARTA}:stated`],
  ],
  ["send me is the other's", ["D: Send me the invoice by Friday.", "M: Okay."], [`${MARTA}:stated`]],
  [
    "a repeated promise is one action",
    [
      "D: I'll send you the pricing sheet tomorrow.",
      "M: Great.",
      "D: To sum up, I'll send you the pricing sheet tomorrow.",
    ],
    [`${DANIEL}:stated`],
  ],
  [
    "a counter-request is not an acceptance",
    ["M: Could you write the summary by Friday?", "D: Could you do it?"],
    ["unassigned:implied"],
  ],
  [
    "a choice of two needs a first person",
    ["M: Can you send the summary by Friday or should I?", "D: Yes."],
    ["unassigned:unassigned"],
  ],
  ["a promise about sharing a screen is of the call", ["D: I'll share my screen.", "M: Okay."], []],
  ["showing slides is of the call", ["D: I'll just give you an overview first.", "M: Okay."], []],
];

describe("the direction of the obligation", () => {
  it.each(DIALOGUES)("holds: %s", async (_name, lines, expected) => {
    const actions = await actionsOf(lines);
    expect(actions.map((action) => `${action.owner}:${action.status}`)).toEqual(expected);
  });

  it("names nobody when one label carries the whole call", async () => {
    const lines = [
      "M: Could you send me the report by Friday?",
      "M: Sure, I'll send it.",
      "M: I'll book the room for Monday.",
    ];
    const minutes = await writeMinutes(callOf(lines), contextOf());
    expect(minutes.actions.length).toBeGreaterThan(0);
    expect(
      minutes.actions.every((action) => action.owner === "unassigned" && action.counterpart === undefined),
    ).toBe(true);
    expect(minutes.notes.join(" ")).toMatch(/one speaker's name/);
  });

  it("names nobody when the labels are swapped against the words", async () => {
    const lines = [
      "M: Hi, this is Daniel from Parcelwise.",
      "D: Hello, Marta here.",
      "M: I'll send you the report by Friday.",
    ];
    const minutes = await writeMinutes(callOf(lines), contextOf());
    expect(minutes.actions.map((action) => action.owner)).toEqual(["unassigned"]);
    expect(minutes.notes.join(" ")).toMatch(/labels contradict/);
  });

  it("does not take a speaker who calls his own name for himself", async () => {
    const minutes = await writeMinutes(
      callOf(["D: Daniel, could you send the report by Friday?", "M: Sure, I'll send it."]),
      contextOf(),
    );
    expect(minutes.actions.every((action) => action.owner === "unassigned")).toBe(true);
  });

  it("leaves cues without a speaker without an owner", async () => {
    const minutes = await writeMinutes(
      callOf(["M: Hello.", "D: Hello.", "X: I'll send the report by Friday."]),
      contextOf(),
    );
    expect(minutes.actions.map((action) => action.owner)).toEqual(["unassigned"]);
  });

  it("says to whom it is owed", async () => {
    const [action] = await actionsOf(["M: Could you send me the API description by Friday?", "D: Sure."]);
    expect(action).toMatchObject({
      owner: DANIEL,
      counterpart: MARTA,
      due: { text: "Friday", date: "2026-11-20" },
    });
    expect(action?.text).toBe("Send Marta Lindqvist the API description by Friday");
  });

  it("takes the day the owner gave over the day that was asked for", async () => {
    const [action] = await actionsOf([
      "M: Could you send me the report by Friday?",
      "D: I can't by Friday, but I'll send it on Monday.",
    ]);
    expect(action).toMatchObject({ owner: DANIEL, due: { date: "2026-11-23" } });
  });
});

describe("other languages", () => {
  it.each([
    [
      "German",
      [
        "M: Könnten Sie mir die Unterlagen bis Freitag schicken, bitte?",
        "D: Ja, das mache ich gerne.",
        "D: Ich werde Ihnen die Zugangsdaten bis Montag senden.",
        "M: Vielen Dank, das ist sehr gut.",
      ],
      [DANIEL, DANIEL],
    ],
    [
      "French",
      [
        "M: Pouvez-vous nous envoyer le contrat avant vendredi ?",
        "D: Oui, bien sûr, je vous l'envoie demain.",
        "M: Je vais préparer la liste des clients pour lundi.",
        "D: C'est parfait, merci.",
      ],
      [DANIEL, MARTA],
    ],
    [
      "Spanish",
      [
        "M: ¿Puedes enviarme el contrato antes del viernes?",
        "D: Sí, claro, lo envío mañana.",
        "M: Voy a preparar la lista de los clientes para el lunes.",
        "D: Perfecto, muchas gracias.",
      ],
      [DANIEL, MARTA],
    ],
    [
      "Portuguese",
      [
        "M: Podes enviar-me o contrato até sexta-feira?",
        "D: Sim, claro, faço isso.",
        "M: Vou preparar a lista dos clientes até segunda-feira, não há problema.",
        "D: Está muito bem, obrigado.",
      ],
      [DANIEL],
    ],
    [
      "German refusals",
      [
        "M: Ich werde die Liste nicht bis Freitag schicken, das ist zu früh für uns.",
        "D: Das ist in Ordnung, wir haben noch Zeit und es ist nicht dringend.",
      ],
      [],
    ],
  ] as const)("finds who owes what: %s", async (_name, lines, owners) => {
    const actions = await actionsOf(lines);
    expect(actions.map((action) => action.owner)).toEqual(owners);
  });
});
