export {
  BadRequestError,
  type ErrorCode,
  FileDamagedError,
  FileTooLargeError,
  FileUnsupportedError,
  ModelError,
  RoundTripError,
  ServerError,
  TandemError,
  type TandemErrorOptions,
  TargetAmbiguousError,
  TargetNotFoundError,
} from "./errors.ts";
export {
  type Change,
  findQuote,
  openFile,
  paragraphText,
  planChanges,
  settleChanges,
  type WordDocument,
} from "./files/index.ts";
export type { Json, JsonSchema } from "./json.ts";
export { connectModel, type LanguageModel } from "./models/index.ts";
export {
  askTask,
  auditTask,
  checkFiguresTask,
  editTask,
  minutesTask,
  type Task,
  type TaskContext,
  type TaskEvent,
  writeTask,
} from "./tasks/index.ts";
