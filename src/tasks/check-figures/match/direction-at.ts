import { type Element, isConcept } from "./elements.ts";
import type { Role } from "./read-role.ts";

/** 1 for what went up or is more, -1 for what went down or is less: the nearest word tells; 0 where none does. */
export function directionAt(elements: readonly Element[], at: number, role: Role): number {
  if (role !== "change" && role !== "comparison") return 1;
  const behind =
    role === "comparison"
      ? elements
          .slice(at + 1, at + 4)
          .find((each) => isConcept(each, "up", "down", "more", "less", "below", "above"))
      : undefined;
  const exceeding = role === "comparison" ? ["above", "below"] : [];
  const before = elements.slice(0, at + 1).findLast((each) => isConcept(each, "up", "down", ...exceeding));
  const meant =
    behind ?? before ?? elements.slice(at + 1).find((each) => isConcept(each, "up", "down", "more", "less"));
  if (meant === undefined && role === "change" && figureForm(elements[at]) !== "multiple") return 0;
  return isConcept(meant, "down", "less", "below") ? -1 : 1;
}

function figureForm(element: Element | undefined): string | undefined {
  return element?.kind === "figure" ? element.figure.form : undefined;
}
