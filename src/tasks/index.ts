export { type AskInput, type AskOutput, type AskRow, askTask } from "./ask/task.ts";
export { type AuditInput, type AuditOutput, auditTask } from "./audit/task.ts";
export type { AuditFinding, AuditKind, AuditSeverity } from "./audit/types.ts";
export type { RecordedFinding, RecordedState } from "./check-figures/recorded-finding.ts";
export {
  type CheckFiguresInput,
  type CheckFiguresOutput,
  checkFiguresTask,
} from "./check-figures/task.ts";
export type { FigurePlace, FigureRole, Finding as FigureFinding, Verdict } from "./check-figures/types.ts";
export { verifyFigures } from "./check-figures/verify-figures.ts";
export {
  type ApplyOptions,
  type ApplyOutcome,
  applyQuotedChanges,
  type ChangeResult,
} from "./edit/apply-quoted-changes.ts";
export type { EditSummary } from "./edit/follow-instruction.ts";
export { parseQuotedChanges } from "./edit/quoted-change.ts";
export { type QuotedChange, quotedChangesJsonSchema } from "./edit/quoted-change-schema.ts";
export { type EditInput, type EditOutput, editTask } from "./edit/task.ts";
export { applyStyleToText, type StyledText } from "./house-style/apply-style.ts";
export { checkStyle } from "./house-style/check-style.ts";
export type { StyleSummary } from "./house-style/edit-by-style.ts";
export { parseHouseStyle } from "./house-style/parse-house-style.ts";
export { styleNotesForPrompt } from "./house-style/style-notes-for-prompt.ts";
export type { Finding, HouseRule, HouseStyle, StyleProblem } from "./house-style/types.ts";
export { type InsightsInput, type InsightsOutput, insightsTask } from "./insights/task.ts";
export type { Finding as Insight, FindingKind as InsightKind } from "./insights/types.ts";
export { type MinutesInput, type MinutesOutput, minutesTask } from "./minutes/task.ts";
export type {
  Action,
  ActionStatus,
  Due,
  Evidence,
  Item,
  Minutes,
  MinutesChecks,
  NextMeeting,
  Participant,
  RosterEntry,
  Topic,
} from "./minutes/types.ts";
export { explainNoSlot, type NoSlot, type Relaxation } from "./slots/explain-no-slot.ts";
export { proposeSlots } from "./slots/propose-slots.ts";
export { type SlotsInput, type SlotsOutput, slotsTask } from "./slots/task.ts";
export type {
  Availability,
  LocalTime,
  ProposedSlot as MeetingSlot,
  ProposeSlotsOptions,
  WorkingHours,
} from "./slots/types.ts";
export type { Checkpoint, Task, TaskContext, TaskEvent } from "./task.ts";
export type { CheckFinding, CheckKind, Rating, Severity } from "./translate/checks/check-types.ts";
export { readLog } from "./translate/live/event-tail.ts";
export { openLiveRoom } from "./translate/live/live-room.ts";
export { sideLines } from "./translate/live/side-lines.ts";
export {
  type ExportTranscriptOptions,
  exportTranscript,
  type TranscriptFormat,
} from "./translate/live/transcript/export-transcript.ts";
export type { TranscriptLabels } from "./translate/live/transcript/transcript-labels.ts";
export type {
  CaptionMode,
  LiveEvent,
  LiveLine,
  LiveRoom,
  LiveRoomOptions,
  LoggedEvent,
  OpenLiveRoom,
  Participant as LiveParticipant,
  PassingEvent,
  ProposedSlot,
  Reader,
  ReaderOptions,
  RoomLog,
  Saying,
  Side,
} from "./translate/live/types.ts";
export type { MemoryEntry, TranslationMemory } from "./translate/memory/translation-memory.ts";
export type { SegmentOrigin, TranslatedSegment } from "./translate/result-types.ts";
export {
  type TranslateCounts,
  type TranslateForm,
  type TranslateInput,
  type TranslateOutput,
  translateTask,
} from "./translate/task.ts";
export type { Certificate, DifferenceKind, PartRecord, PlaceRecord } from "./verify/certificate.ts";
export { type VerifyOptions, verifyAgainst } from "./verify/verify-against.ts";
export type { MissingPart } from "./write/compose/compose-document.ts";
export {
  type Coverage,
  coverageText,
  type LeftOut,
  type LeftOutReason,
  type SourceCoverage,
  type WorkbookCoverage,
} from "./write/coverage.ts";
export type { SourceFile } from "./write/read-sources.ts";
export { type WriteInput, type WriteOutput, type WrittenSection, writeTask } from "./write/task.ts";
export type { Figure } from "./write/types.ts";
