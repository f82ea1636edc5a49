import type { AtomCode, SpanCode } from "../units/types.ts";

/**
 * Text with inline codes as a memory holds it. Codes of one unit's variants belong together by id. A coded text is one, and
 * so is a target whose codes have their kinds.
 */
export type TmxText = {
  readonly text: string;
  readonly spans: readonly {
    readonly id: string;
    readonly kind: SpanCode["kind"];
    readonly start: number;
    readonly end: number;
  }[];
  readonly atoms: readonly {
    readonly id: string;
    readonly kind: AtomCode["kind"];
    readonly offset: number;
  }[];
};

/** Who made or changed something and when, as ISO 8601 in UTC without fractions (`2026-01-31T12:00:00Z`). */
export type TmxHistory = {
  readonly created?: string;
  readonly createdBy?: string;
  readonly changed?: string;
  readonly changedBy?: string;
};

export type TmxVariant = TmxHistory & {
  /** BCP 47 tag. */
  readonly language: string;
  readonly content: TmxText;
};

export type TmxUnit = TmxHistory & {
  readonly id?: string;
  readonly variants: readonly TmxVariant[];
  readonly notes?: readonly string[];
  /** Named values, for example `x-context`. */
  readonly properties?: readonly { readonly type: string; readonly text: string }[];
};

export type TmxMemory = {
  /** BCP 47 tag of the source, or `*all*` where any variant can be one. */
  readonly source: string;
  readonly units: readonly TmxUnit[];
};
