import type { SherpaModelConfig } from "./model-files.ts";

/** What the process that holds the recogniser is asked. `id` names a question or a stream. */
export type SherpaRequest =
  | {
      readonly kind: "recognise";
      readonly id: number;
      readonly config: SherpaModelConfig;
      readonly pcm: Int16Array;
    }
  | { readonly kind: "open"; readonly id: number; readonly config: SherpaModelConfig }
  | { readonly kind: "push"; readonly id: number; readonly pcm: Int16Array }
  | { readonly kind: "commit" | "finish" | "drop"; readonly id: number };

/** What it answers. Times are seconds since the stream was opened. */
export type SherpaReply =
  | { readonly kind: "recognised"; readonly id: number; readonly text: string }
  | {
      readonly kind: "heard";
      readonly id: number;
      readonly isFinal: boolean;
      readonly text: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: "opened" | "finished"; readonly id: number }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
