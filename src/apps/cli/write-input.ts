import path from "node:path";
import { InvalidArgumentError } from "commander";
import { BadRequestError } from "../../errors.ts";
import type { WriteInput } from "../../tasks/write/task.ts";
import type { CliIo } from "./cli-io.ts";
import { readInput, readText } from "./read-input.ts";
import { taskValues } from "./task-options.ts";

/** Fields of the task that are options as they are. */
export const writeFields: readonly ["title", "language", "length", "citations"] = [
  "title",
  "language",
  "length",
  "citations",
];

export type WriteRequestOptions = {
  readonly with?: readonly string[];
  readonly template?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly like?: string;
  readonly fromOutline?: string;
  readonly outline?: string;
  readonly into?: string;
  readonly after?: string;
  readonly style?: string;
  readonly author: string;
};

/** Every file that the command reads, as the person named it. */
export function inputNames({
  with: sources = [],
  template,
  like,
  fromOutline,
  into,
  style,
}: WriteRequestOptions): string[] {
  return [...sources, template, like, fromOutline, into, style].filter((name) => name !== undefined);
}

/** One `--set name=text` more. The text may be empty and may hold `=`. */
export function collectSetting(
  setting: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const [, name = "", text = ""] = /^([^=]+)=([\s\S]*)$/u.exec(setting) ?? [];
  if (name.trim() === "") throw new InvalidArgumentError("It is written NAME=TEXT.");
  return { ...before, [name.trim()]: text };
}

/** The task's input, with every file read. Throws `BadRequestError` for options that contradict each other. */
export async function readWriteRequest(
  io: CliIo,
  prompt: string,
  options: WriteRequestOptions,
): Promise<WriteInput> {
  refuseContradictions(options);
  const { fromOutline, into, after, style, set } = options;
  const sources = await Promise.all((options.with ?? []).map((name) => readFile(io, name)));
  const like = options.like === undefined ? undefined : await readFile(io, options.like);
  const template = options.template === undefined ? lookOf(like) : await readInput(io, options.template);
  return {
    prompt,
    sources,
    author: options.author,
    ...taskValues(options, writeFields),
    ...(template !== undefined && { template }),
    ...(set !== undefined && { slots: set }),
    ...(like !== undefined && { like }),
    ...(fromOutline !== undefined && { outline: await readText(io, fromOutline) }),
    ...(into !== undefined && {
      into: { document: await readInput(io, into), ...(after !== undefined && { after }) },
    }),
    ...(style !== undefined && { style: await readText(io, style) }),
  };
}

type NamedFile = { readonly name: string; readonly bytes: Uint8Array };

async function readFile(io: CliIo, name: string): Promise<NamedFile> {
  return { name: path.basename(name), bytes: await readInput(io, name) };
}

/** An approved document gives its look too when it is one of Word. */
function lookOf(like: NamedFile | undefined): Uint8Array | undefined {
  return like !== undefined && /\.(docx|dotx)$/i.test(like.name) ? like.bytes : undefined;
}

function refuseContradictions(options: WriteRequestOptions): void {
  const { outline, fromOutline, into, after, template, like, set } = options;
  if (outline !== undefined && fromOutline !== undefined)
    throw new BadRequestError("--outline writes an outline and --from-outline reads one", {
      hint: "leave one of them out",
    });
  if (like !== undefined && fromOutline !== undefined)
    throw new BadRequestError("--from-outline has the headings already that --like would give", {
      hint: "leave out --like, or name it with --template for its look",
    });
  if (after !== undefined && into === undefined)
    throw new BadRequestError("--after says where in an existing document, and none is given", {
      hint: "name it with --into report.docx",
    });
  if (into !== undefined && (template ?? like ?? set) !== undefined)
    throw new BadRequestError("a document that gets sections keeps its own look", {
      hint: "leave out --template, --like and --set",
    });
  if (set !== undefined && (template ?? like) === undefined)
    throw new BadRequestError("--set fills content controls of a template, and none is given", {
      hint: "name it with --template house.dotx",
    });
}
