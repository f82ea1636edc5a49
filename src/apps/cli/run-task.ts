import { BadRequestError } from "../../errors.ts";
import type { Checkpoint, LayOut, Task, TaskContext, TaskEvent } from "../../tasks/task.ts";
import type { CliIo } from "./cli-io.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";

export type RunTaskOptions = {
  readonly io: CliIo;
  readonly terminal: Terminal;
  /** False when the work needs none, so that none is loaded. */
  readonly wantsModel: boolean;
  /** What `--model` says. */
  readonly modelSpec?: string;
  /** Date the task works with. Defaults to now. */
  readonly now?: Date;
  /** Defaults to the machine's. */
  readonly timeZone?: string;
  /** Where long work keeps what is done. Defaults to nowhere. */
  readonly checkpoint?: Checkpoint;
  /** Finds pages in a document. Defaults to none. */
  readonly layOut?: LayOut;
};

/** Runs a task with a model, a clock and progress on stderr. `input` is checked against the task's schema first. */
export async function runTask<Input, Output>(
  task: Task<Input, Output>,
  input: unknown,
  { io, terminal, wantsModel, modelSpec, now, timeZone, checkpoint, layOut }: RunTaskOptions,
): Promise<Output> {
  const parsed = task.input.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path.map(String).join(".") ?? "";
    throw new BadRequestError(
      `${field === "" ? task.name : `${task.name}: ${field}`}: ${issue?.message ?? "wrong input"}`,
      {
        cause: parsed.error,
        hint: `tandem ${task.name} --help shows what it takes`,
      },
    );
  }
  const { signal } = io;
  signal.throwIfAborted();
  const note = (text: string): void => terminal.say(`note: ${printableLine(text)}`);
  const model = wantsModel ? await io.openModel(modelSpec, { signal, note }) : undefined;
  try {
    const context: TaskContext = {
      now: now ?? io.now(),
      timeZone: timeZone ?? io.timeZone,
      signal,
      emit: (event) => show(event, terminal, note),
      ...(model !== undefined && { model }),
      ...(checkpoint !== undefined && { checkpoint }),
      ...(layOut !== undefined && { layOut }),
    };
    return await task.run(parsed.data, context);
  } finally {
    terminal.endProgress();
    await model?.[Symbol.asyncDispose]();
  }
}

function show(event: TaskEvent, terminal: Terminal, note: (text: string) => void): void {
  if (event.kind === "note") note(event.text);
  else terminal.progress(progressLine(event));
}

function progressLine(event: Exclude<TaskEvent, { readonly kind: "note" }>): string {
  if (event.kind === "step-progressed") return `${event.step} ${event.done} of ${event.total}`;
  return event.total === undefined ? `${event.step} …` : `${event.step} (${event.total}) …`;
}
