export { type CalendarMeeting, type CalendarPerson, writeCalendar } from "./calendar/write-calendar.ts";
export { comments } from "./docx/comments.ts";
export type { ContentBlock, ContentRun, DocumentProperties } from "./docx/content.ts";
export { createDocument } from "./docx/create-document.ts";
export { type FindQuoteOptions, findQuote, wholeParagraph } from "./docx/find-quote.ts";
export { findSection, outline, type Section } from "./docx/outline.ts";
export { paragraphText } from "./docx/paragraph-text.ts";
export { planChanges } from "./docx/plan-changes.ts";
export { settleChanges } from "./docx/settle-document.ts";
export { trackedChanges } from "./docx/tracked-changes.ts";
export type {
  Anchor,
  AppliedChange,
  CellAddress,
  Change,
  ChangeOptions,
  ChangePlan,
  Comment,
  Lock,
  Marks,
  OutlineEntry,
  Paragraph,
  PartReceipt,
  Receipt,
  Refusal,
  RefusalCode,
  Revision,
  Span,
  Story,
  TrackedChange,
  View,
  WordDocument,
} from "./docx/types.ts";
export { defaultLimits, type Limits } from "./opc/limits.ts";
export { type OpcPackage, openPackage, readPart, relationshipsOf } from "./opc/opc-package.ts";
export { savePackage } from "./opc/save-package.ts";
export { type OpenFileOptions, openFile } from "./open-file.ts";
export { cueLabel, formatTime } from "./transcript/format-time.ts";
export { readTranscript, readTranscriptParagraphs } from "./transcript/read-transcript.ts";
export type { Cue, Speaker, TimeFlag, Transcript, TranscriptFormat } from "./transcript/transcript.ts";
