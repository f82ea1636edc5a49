import type { Measure, Plan } from "../../ask/plan.ts";
import type { ColumnProfile, Profile } from "../../ask/profile.ts";
import type { Language } from "../read/language.ts";
import type { WrittenFigure } from "../types.ts";
import type { Element } from "./elements.ts";
import type { ValueChoice } from "./find-names.ts";
import type { Role } from "./read-role.ts";
import type { NamedValue, Scope } from "./scope.ts";
import type { TimeContext, Times } from "./times.ts";

/** A figure in its chunk. */
export type Asked = {
  readonly figure: WrittenFigure;
  readonly elements: readonly Element[];
  readonly at: number;
  readonly leading: number;
  readonly language: Language;
};

/** A table and the times it knows. */
export type ReadingContext = TimeContext & { readonly profile: Profile };

/** What is added up, averaged or counted. */
export type What = {
  readonly measure: Measure;
  readonly column?: ColumnProfile;
  readonly per?: Plan["groupBy"];
  readonly doubts: readonly string[];
};

/** The values of a scope, one choice for each. */
export type Chosen = {
  readonly values: readonly (NamedValue & { readonly choice: ValueChoice })[];
  readonly doubts: readonly string[];
  readonly isAlternative: boolean;
};

/** All that a figure is computed from in one table. */
export type Work = {
  readonly asked: Asked;
  readonly role: Role;
  readonly scope: Scope;
  readonly what: What;
  readonly chosen: Chosen;
  readonly time: Times;
  readonly isCompared: boolean;
};
