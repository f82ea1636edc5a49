import type { Calculation, Plan } from "../../ask/plan.ts";
import type { ColumnProfile, Profile } from "../../ask/profile.ts";
import type { FigureRole } from "../types.ts";

/** One way to compute what a figure says. */
export type Reading = {
  readonly profile: Profile;
  readonly role: FigureRole;
  readonly calculation: Calculation;
  /** What the result is multiplied by to be in the unit of the figure. */
  readonly factor: number;
  /** No word says whether it went up or down: only the size is compared. */
  readonly isUnsigned?: boolean;
  /** A difference that has no direction: `the gap between the North and the South`. */
  readonly isDistance?: boolean;
  /** The column that is computed; absent for counts of rows. */
  readonly measure?: ColumnProfile;
  /** The claim holds only for a table where this finds a single row: prices are not added up. */
  readonly oneRow?: Plan;
  /** Of ranks: the texts of the group whose place is asked. */
  readonly group?: readonly string[];
  /** Another way of reading the same words that is as good. */
  readonly isAlternative: boolean;
  /** Why it may not be what is meant; a contradiction needs none. */
  readonly doubts: readonly string[];
  /** How many of the doubts are words that nothing explains. */
  readonly unreadDoubts?: number;
  readonly matched: number;
  /** How many of the words the table says otherwise. */
  readonly alike?: number;
};
