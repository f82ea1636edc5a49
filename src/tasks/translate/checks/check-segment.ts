import { checkEngine } from "./check-engine.ts";
import { checkNumbers } from "./check-numbers.ts";
import { checkShape } from "./check-shape.ts";
import { checkTerms } from "./check-terms.ts";
import type { CheckedPair, CheckFinding } from "./check-types.ts";

/** Everything that can be seen of one translation beside its source; inline codes are checked where they are placed. */
export function checkSegment(pair: CheckedPair): CheckFinding[] {
  if (pair.target.trim() === "")
    return [{ kind: "empty", severity: "blocking", text: "there is no translation" }];
  return [...checkNumbers(pair), ...checkTerms(pair), ...checkShape(pair), ...checkEngine(pair)];
}
