import { describe, expect, it } from "vitest";
import { shorteningFault } from "./shortening-fault.ts";

const SOURCE =
  "The findings were clearly that about 75 percent of the younger users in Stockholm would pay more for a really good voice control, but not the older ones.";

describe("a shortened sentence", () => {
  it("stands when it only leaves words out", () => {
    expect(
      shorteningFault(
        "The findings were that about 75 percent of the younger users in Stockholm would pay more for voice control, but not the older ones.",
        SOURCE,
      ),
    ).toBeUndefined();
  });

  it.each([
    ["The findings were that 75 percent of users in Stockholm would pay more for voice control.", "lost"],
    [
      "The findings prove that about 75 percent would pay more for voice control, but not the older ones.",
      "lack",
    ],
    [
      "The older users would pay more for a really good voice control in Stockholm, but not the others.",
      "lack",
    ],
    ["Users in Stockholm would pay more for a really good voice control, but not the older ones.", "begins"],
    [SOURCE, "no shorter"],
    ["The findings.", "too much"],
    ["The findings were clear. Users would pay", "one plain"],
  ])("falls: %s", (text, fault) => {
    expect(shorteningFault(text, SOURCE)).toContain(fault);
  });
});
