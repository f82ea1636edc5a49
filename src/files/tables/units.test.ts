import { describe, expect, it } from "vitest";
import { currencyOf, isUnitText, scaleOf, unitOfName } from "./units.ts";

describe("units", () => {
  it.each([
    "kWh",
    "€",
    "%",
    "(in thousands)",
    "US$’000",
    "€m",
    "(in millions)",
    "m³",
    "$ in millions",
    "(Dollars in millions)",
    "pcs.",
  ])("takes %s for a unit", (text) => expect(isUnitText(text)).toBe(true));

  it.each(["Name", "2024", "Thousand Oaks", "Summary", "Note", "in Rome", ""])("takes %j for none", (text) =>
    expect(isUnitText(text)).toBe(false),
  );

  it("finds a unit at the end of a name", () => {
    expect(unitOfName("Weight (kg)")).toBe("kg");
    expect(unitOfName("Length [in mm]")).toBe("mm");
    expect(unitOfName("Weight, kg")).toBe("kg");
    expect(unitOfName("Hires (1)")).toBeUndefined();
    expect(unitOfName("Price")).toBeUndefined();
  });

  it("reads scale and currency from a title or corner", () => {
    expect(scaleOf(["Report", "(Dollars in millions)"])).toBe("million");
    expect(scaleOf(["Angaben in Tsd. EUR"])).toBe("thousand");
    expect(scaleOf(["The million dollar question of our time and more"])).toBeUndefined();
    expect(currencyOf(["($ in thousands)"])).toBe("$");
    expect(currencyOf(["in thousands"])).toBeUndefined();
  });
});
