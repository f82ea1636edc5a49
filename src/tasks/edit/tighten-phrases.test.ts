import { expect, test } from "vitest";
import { tightenPhrases } from "./tighten-phrases.ts";

test.each([
  ["In the event that the site fails, we switch.", "If the site fails, we switch."],
  ["It should be noted that prices may rise.", "Prices may rise."],
  ["The site which is, as is generally known, certified.", "The site which is certified."],
  ["We will, of course, support you.", "We will support you."],
  ["Keys are kept for a period of 35 days.", "Keys are kept for 35 days."],
  ["Reports are sent on a monthly basis.", "Reports are sent monthly."],
  ["We meet in order to be able to decide.", "We meet to decide."],
  ["The support that is provided during the day is free.", "The support provided during the day is free."],
  ["The new tool makes it possible for partners to order.", "The new tool allows partners to order."],
  [
    "As far as maintenance is concerned, it is planned that maintenance work is done.",
    "It is planned that maintenance work is done.",
  ],
  ["With regard to the matter of backups, we agree.", "Regarding backups, we agree."],
  ["It would cost in the order of EUR 900 a month.", "It would cost about EUR 900 a month."],
  ["It would cost in the order of EUR\u00a0900.", "It would cost about EUR\u00a0900."],
  ["It is, as things stand at present, covered.", "It is currently covered."],
  ["It should be noted, however, that a rule is in place.", "However, a rule is in place."],
  ["The buyer would for its part be given an endpoint.", "The buyer would be given an endpoint."],
  ["Users have the possibility to export lists.", "Users can export lists."],
])("puts %j plainly", (source, tight) => {
  expect(tightenPhrases(source)).toBe(tight);
});

test.each([
  "The system is not able to consolidate figures.",
  "A large number of the users left.",
  "The majority of the votes counts.",
  "Both are small in relation to the total.",
  "Keys that are held by us and that are not shared are safe.",
  "The plan, which is kept by the office, is public.",
  "They will have the ability to order.",
  "Users will have the possibility to order.",
  "All are in the order of their names.",
  "measures taken or which are proposed by the board",
  "A  text   with its own spaces.",
  "lower case stays. as it was written.",
  "",
])("leaves %j as it is", (source) => {
  expect(tightenPhrases(source)).toBe(source);
});

test("keeps a text that begins in lower case in lower case", () => {
  expect(tightenPhrases("in the event that it fails")).toBe("if it fails");
});
