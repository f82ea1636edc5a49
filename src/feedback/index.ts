export { type DecisionEntry, decisions } from "./decisions.ts";
export { embedLedger, findLedgers, type IssueOptions, issue, ledgerNamespace } from "./issue.ts";
export { type IssuedChange, type IssueLedgerOptions, issueLedger } from "./ledger.ts";
export type {
  IssuedParagraph,
  IssuedSegment,
  IssuedStory,
  IssuedText,
  Ledger,
  Suggestion,
} from "./ledger-types.ts";
export type { Outcome } from "./read-hunk.ts";
export { readLedger } from "./read-ledger.ts";
export { undoChanges } from "./undo.ts";
export type { UndoEntry, UndoOptions, UndoResult } from "./undo-types.ts";
