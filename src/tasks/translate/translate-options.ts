import type { Glossary } from "../../files/glossary/types.ts";
import type { TranslationEngine } from "../../models/translation/translation-engine.ts";
import type { Checkpoint, TaskEvent } from "../task.ts";
import type { IdentifyText } from "./checks/check-types.ts";
import type { FinishedSegment } from "./finish-segment.ts";
import type { TranslationMemory } from "./memory/translation-memory.ts";
import type { TranslatedSegment } from "./result-types.ts";

export type TranslateUnitsOptions = {
  /** BCP 47 tags. */
  readonly from: string;
  readonly to: string;
  readonly engine: TranslationEngine;
  readonly memory?: TranslationMemory;
  readonly glossary?: Glossary;
  readonly identify?: IdentifyText;
  readonly formality?: "formal" | "informal";
  /** What the file is about. */
  readonly summary?: string;
  readonly now: Date;
  readonly emit: (event: TaskEvent) => void;
  readonly checkpoint?: Checkpoint;
  readonly signal?: AbortSignal;
};

/** What became of the jobs with one key. */
export type Outcome = FinishedSegment & Pick<TranslatedSegment, "origin" | "match" | "isReviewed">;
