export { type CalendarMeeting, type CalendarPerson, writeCalendar } from "./calendar/write-calendar.ts";
export type { TextEncoding } from "./csv/decode-delimited.ts";
export { type ReadDelimitedOptions, readDelimited } from "./csv/read-delimited.ts";
export type { DiffRefusal } from "./docx/compare/comparison.ts";
export { type DiffOptions, type DiffResult, diffDocuments } from "./docx/compare/diff-documents.ts";
export type { ContentBlock, ContentRun, DocumentProperties } from "./docx/create/content.ts";
export { type CreateDocumentOptions, createDocument } from "./docx/create/create-document.ts";
export {
  describeTemplate,
  type PageSetup,
  type TemplateControl,
  type TemplateDescription,
  type TemplateField,
} from "./docx/create/describe-template.ts";
export type { Slots } from "./docx/create/fill-slots.ts";
export type { ControlKind } from "./docx/create/read-controls.ts";
export type { TemplateRole } from "./docx/create/template-roles.ts";
export { addCustomXml, type CustomXmlToAdd } from "./docx/custom-xml/add-custom-xml.ts";
export { type CustomXml, customXmlParts } from "./docx/custom-xml/custom-xml.ts";
export { planChanges } from "./docx/edit/plan-changes.ts";
export { removeComments } from "./docx/edit/remove-comments.ts";
export { diffWords, type Hunk } from "./docx/edit/word-diff.ts";
export { type BookmarkedText, bookmarkedText } from "./docx/read/bookmarked-text.ts";
export { comments } from "./docx/read/comments.ts";
export { type FindQuoteOptions, findQuote, wholeParagraph } from "./docx/read/find-quote.ts";
export { findSection, outline, type Section } from "./docx/read/outline.ts";
export { paragraphText } from "./docx/read/paragraph-text.ts";
export { settleChanges } from "./docx/revisions/settle-document.ts";
export { trackedChanges } from "./docx/revisions/tracked-changes.ts";
export type {
  Anchor,
  AppliedChange,
  CellAddress,
  Change,
  ChangeOptions,
  ChangePlan,
  CharacterFormat,
  Comment,
  Edit,
  Lock,
  Marks,
  OutlineEntry,
  Paragraph,
  ParagraphFormat,
  Refusal,
  RefusalCode,
  Revision,
  Span,
  Story,
  TrackedChange,
  View,
  WordDocument,
} from "./docx/types.ts";
export { listWordUnits } from "./docx/units/list-word-units.ts";
export { writeWordUnits } from "./docx/units/write-word-units.ts";
export { readGlossary } from "./glossary/read-glossary.ts";
export type { Glossary, GlossaryFormat, GlossaryTerm, ReadGlossaryOptions } from "./glossary/types.ts";
export { defaultLimits, type Limits } from "./opc/limits.ts";
export { type OpcPackage, openPackage, readPart, relationshipsOf } from "./opc/opc-package.ts";
export type { PartReceipt, Receipt } from "./opc/receipt.ts";
export { savePackage } from "./opc/save-package.ts";
export { type OpenFileOptions, openFile } from "./open-file.ts";
export { findQuoteIn, quoteAt } from "./passages/find-quote-in.ts";
export type { Passage, Place, SourceFormat, SourceText } from "./passages/passage.ts";
export { placeLabel } from "./passages/place-label.ts";
export { type ReadPassagesOptions, readPassages } from "./passages/read-passages.ts";
export { openPresentation, type Presentation, type Slide } from "./pptx/open-presentation.ts";
export { listPresentationUnits, writePresentationUnits } from "./pptx/presentation-units.ts";
export {
  type BuildTableOptions,
  type BuiltTable,
  buildTable,
  type TotalRow,
} from "./tables/build-table.ts";
export { type FindRegionsOptions, findRegions, type Region } from "./tables/find-regions.ts";
export {
  type FoundTable,
  type FoundTables,
  type ReadTablesOptions,
  readTables,
} from "./tables/read-tables.ts";
export type { WideColumn, WideColumns } from "./tables/wide-columns.ts";
export { listTextUnits, type TextFormat } from "./text-units/list-text-units.ts";
export { writeTextUnits } from "./text-units/write-text-units.ts";
export { readTmx } from "./tmx/read-tmx.ts";
export type { TmxMemory, TmxText, TmxUnit, TmxVariant } from "./tmx/types.ts";
export { writeTmx } from "./tmx/write-tmx.ts";
export { cueLabel, formatTime } from "./transcript/format-time.ts";
export { readTranscript, readTranscriptParagraphs } from "./transcript/read-transcript.ts";
export type { Cue, Speaker, TimeFlag, Transcript, TranscriptFormat } from "./transcript/transcript.ts";
export type {
  AtomCode,
  CodedTarget,
  CodedText,
  ListUnitsOptions,
  SpanCode,
  TextRoom,
  TextUnit,
  UnitKind,
  UnitTarget,
  WriteUnitsOptions,
  WrittenUnits,
} from "./units/types.ts";
export { type ReadXliffOptions, readXliff } from "./xliff/read-xliff.ts";
export type { XliffDocument, XliffNote, XliffSegment, XliffState, XliffUnit } from "./xliff/types.ts";
export { writeXliff } from "./xliff/write-xliff.ts";
export {
  columnIndex,
  columnName,
  formatAddress,
  formatRange,
  parseAddress,
  parseRange,
  parseRanges,
} from "./xlsx/address.ts";
export { type FormulaSheet, type FormulaToken, tokenizeFormula } from "./xlsx/formula/tokenize-formula.ts";
export { type OpenWorkbookOptions, openWorkbook, printAreas, workbookLimits } from "./xlsx/open-workbook.ts";
export { type OtherWorkbookFormat, otherWorkbookFormat } from "./xlsx/other-formats.ts";
export {
  type CellValue,
  cellFormula,
  cellText,
  cellValue,
  type DateValue,
  type ErrorValue,
  storedRowIndex,
} from "./xlsx/read/cell-value.ts";
export { readComments } from "./xlsx/read/comments.ts";
export type { FormulaGroup, FormulaList } from "./xlsx/read/formula-list.ts";
export { type ReadSheetOptions, readSheet } from "./xlsx/read/read-sheet.ts";
export {
  type CellColumn,
  type CellComment,
  CellKind,
  type CellRange,
  type CellStyle,
  type DefinedName,
  type FormatKind,
  type Hyperlink,
  type Sheet,
  type SheetCells,
  type SheetKind,
  type SheetLayout,
  type SheetTable,
  type Workbook,
} from "./xlsx/types.ts";
export { listWorkbookUnits } from "./xlsx/units/list-workbook-units.ts";
export { writeWorkbookUnits } from "./xlsx/units/write-workbook-units.ts";
export { planWorkbookChanges } from "./xlsx/write/plan-workbook-changes.ts";
export type {
  AddCellComment,
  AddChart,
  AddConditionalFormat,
  AddSheet,
  AppliedWorkbookChange,
  CellHighlight,
  CellInput,
  CellLook,
  CellState,
  ChartKind,
  DateInput,
  FormatRule,
  FormulaInput,
  NewCell,
  NewChart,
  NewSeries,
  NewTable,
  SetCell,
  WorkbookChange,
  WorkbookChangeOptions,
  WorkbookChangePlan,
  WorkbookRefusal,
  WorkbookRefusalCode,
} from "./xlsx/write/types.ts";
