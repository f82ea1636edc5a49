import type { LanguageModel } from "../../../models/index.ts";
import { isSmallModel } from "../../edit/model-calls.ts";

/** True for models whose prose is worth checking; smaller ones invent more than they report, so the sources speak themselves. */
export function canWrite(model: LanguageModel): boolean {
  return !isSmallModel(model);
}
