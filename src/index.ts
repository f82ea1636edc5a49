export {
  BadRequestError,
  type ErrorCode,
  FileDamagedError,
  FileTooLargeError,
  FileUnsupportedError,
  ModelError,
  RoundTripError,
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
export { editTask, minutesTask, type Task, type TaskContext, type TaskEvent } from "./tasks/index.ts";
