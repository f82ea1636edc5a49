import type { SourceFile } from "../ask/load-tables.ts";

/** What became of a figure or table that Tandem wrote. `unreadable`: its query or cells give nothing on this workbook. */
export type RecordedState =
  | "holds"
  | "no-longer-holds"
  | "edited"
  | "removed"
  | "workbook-missing"
  | "unreadable";

/** A figure or table of the document's record, computed again. */
export type RecordedFinding = {
  readonly kind: "figure" | "table";
  readonly bookmark: string;
  readonly state: RecordedState;
  /** Of figures. */
  readonly name?: string;
  /** As it was written; of tables the rows that differ, cells joined by ` | `. */
  readonly written: string;
  /** What stands in the document now, where that is something else. */
  readonly text?: string;
  /** What it would be now; of tables as `written`. */
  readonly now?: string;
  readonly sentence?: string;
  readonly paragraph?: string;
  readonly workbook: string;
  readonly cells: readonly string[];
  readonly query?: string;
  /** The workbook is the very file that it was written from. */
  readonly isSameFile: boolean;
};

/** A workbook with the hash of its bytes. */
export type HashedFile = SourceFile & { readonly sha256: string };
