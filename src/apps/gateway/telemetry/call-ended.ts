import type { TokenUsage } from "../../../models/deployments/types.ts";
import type { Call } from "../read-call.ts";
import type { Caller } from "../types.ts";

/** One call to a model when it is over, for counting and tracing. Holds no text. */
export type CallEnded = {
  readonly call: Pick<Call, "id" | "operation" | "deployment" | "isStream" | "job">;
  /** Absent where the key was refused. */
  readonly caller?: Caller;
  /** Id, provider and model of the target that answered. */
  readonly target?: { readonly id: string; readonly provider: string; readonly model: string };
  /** The status that the caller got. */
  readonly status: number;
  /** Our code of an error. */
  readonly errorCode?: string;
  readonly usage?: TokenUsage;
  readonly started: Date;
  readonly milliseconds: number;
  readonly firstByteMs?: number;
  /** False when the answer broke off. */
  readonly isWhole: boolean;
};
