import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { CallEnded } from "./call-ended.ts";
import { genaiAttributes, spanName } from "./genai-attributes.ts";

/** Makes a span of each call. Without an SDK that was set up in this process, nothing is kept or sent. */
export function traceCall(ended: CallEnded): void {
  const tracer = trace.getTracer("tandem");
  const startTime = ended.started;
  const span = tracer.startSpan(spanName(ended), {
    kind: SpanKind.CLIENT,
    startTime,
  });
  // The rule where no SDK was set up: what nobody reads is not put together.
  if (!span.isRecording()) return;
  span.setAttributes(genaiAttributes(ended));
  if (ended.status >= 400 || !ended.isWhole) span.setStatus({ code: SpanStatusCode.ERROR });
  if (ended.firstByteMs !== undefined) {
    span.addEvent("first byte", {}, new Date(startTime.getTime() + ended.firstByteMs));
  }
  span.end(new Date(startTime.getTime() + ended.milliseconds));
}
