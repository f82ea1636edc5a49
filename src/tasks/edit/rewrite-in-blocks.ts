import { generateJson } from "../../models/index.ts";
import { checkCandidate, checkInsertion, type Objection } from "./check-candidate.ts";
import { cleanCandidate } from "./check-form.ts";
import type { ModelCalls } from "./model-calls.ts";
import { type BlockAction, blockRewriteMessages, blockRewriteSchema, type PromptBlock } from "./prompt.ts";
import type { ProtectedText } from "./protect-text.ts";
import type { RewriteKind } from "./rewrite-kind.ts";
import type { Tally } from "./tally.ts";

export type BlockRewriteOptions = {
  readonly instruction: string;
  readonly kind: RewriteKind;
  readonly calls: ModelCalls;
  readonly names: ReadonlySet<string>;
  readonly terms: readonly string[];
  /** Tokens that one call may use for the blocks it sends. */
  readonly chunkTokens: number;
  readonly countTokens: (text: string) => Promise<number>;
  /** How often blocks with objections go back to the model. */
  readonly rounds: number;
  readonly tally: Tally;
  readonly onProgress: (done: number) => void;
  readonly signal?: AbortSignal;
};

/** What a model wants done with one paragraph, checked. */
export type BlockEdit = {
  readonly source: ProtectedText;
  readonly action: BlockAction;
  /** With placeholders; "" for a deletion. */
  readonly text: string;
  readonly reason: string;
};

/** Edits that passed, and how many blocks were left because no answer for them could be used. */
export type BlockRewrite = { readonly edits: readonly BlockEdit[]; readonly failedBlocks: number };

type Answer = {
  readonly edits: readonly {
    readonly blockId: string;
    readonly action: BlockAction;
    readonly text: string;
    readonly reason: string;
  }[];
};
type Block = {
  readonly id: string;
  readonly source: ProtectedText;
  readonly objections: readonly Objection[];
};

/** Rewrites blocks with a model that keeps to JSON: a chunk at a time, every answer checked, refused ones tried again. */
export async function rewriteInBlocks(
  sources: readonly ProtectedText[],
  options: BlockRewriteOptions,
): Promise<BlockRewrite> {
  const edits: BlockEdit[] = [];
  let failedBlocks = 0;
  let done = 0;
  const blocks = sources.map((source, index): Block => ({ id: `b${index + 1}`, source, objections: [] }));
  for (const chunk of await chunksOf(blocks, options)) {
    let open: readonly Block[] = chunk;
    for (let round = 0; round < options.rounds && open.length > 0; round++) {
      const outcome = await askOnce(open, options);
      if (outcome === undefined) {
        if (round === options.rounds - 1) failedBlocks += open.length;
        continue;
      }
      edits.push(...outcome.edits);
      open = outcome.again;
    }
    done += chunk.length;
    options.onProgress(done);
  }
  return { edits, failedBlocks };
}

async function chunksOf(
  blocks: readonly Block[],
  options: BlockRewriteOptions,
): Promise<readonly (readonly Block[])[]> {
  const chunks: Block[][] = [[]];
  let used = 0;
  for (const block of blocks) {
    const tokens = (await options.countTokens(block.source.text)) + 30;
    if (used + tokens > options.chunkTokens && chunks.at(-1)?.length !== 0) {
      chunks.push([]);
      used = 0;
    }
    chunks.at(-1)?.push(block);
    used += tokens;
  }
  return chunks.filter((chunk) => chunk.length > 0);
}

async function askOnce(
  blocks: readonly Block[],
  options: BlockRewriteOptions,
): Promise<{ readonly edits: readonly BlockEdit[]; readonly again: readonly Block[] } | undefined> {
  const actions = actionsFor(options.kind, options.instruction);
  const messages = blockRewriteMessages({
    instruction: options.instruction,
    kind: options.kind,
    blocks: blocks.map(promptBlock),
    actions,
    held: heldIn(blocks, options.terms),
    marker: crypto.randomUUID().slice(0, 8),
  });
  const schema = blockRewriteSchema(
    blocks.map((block) => block.id),
    actions,
  );
  const answer = await options.calls.attempt((model) =>
    generateJson<Answer>(model, {
      messages,
      schema,
      maxTokens: Math.ceil(options.chunkTokens * 1.5) + 200,
      ...(options.signal && { signal: options.signal }),
    }),
  );
  if (answer === undefined) return undefined;
  const edits: BlockEdit[] = [];
  const again: Block[] = [];
  const seen = new Set<string>();
  for (const { blockId, action, text, reason } of answer.edits) {
    const block = blocks.find((each) => each.id === blockId);
    const place = `${blockId} ${action === "insert-after" ? "insert" : "replace"}`;
    if (block === undefined || seen.has(place) || !actions.includes(action)) {
      options.tally.add("unknown-block");
      continue;
    }
    seen.add(place);
    const clean = cleanCandidate(text, block.source.text);
    if (action === "replace" && clean === block.source.text.trim()) continue;
    const objections = objectionsTo(block.source, action, clean, options);
    options.tally.add(objections);
    if (objections.length === 0)
      edits.push({
        source: block.source,
        action,
        text: action === "delete" ? "" : edged(block.source.text, clean),
        reason,
      });
    else again.push({ ...block, objections });
  }
  return { edits, again };
}

function objectionsTo(
  source: ProtectedText,
  action: BlockAction,
  text: string,
  options: BlockRewriteOptions,
): readonly Objection[] {
  if (action === "delete") return [];
  if (action === "insert-after") return checkInsertion(text, `${options.instruction}\n${source.text}`);
  return checkCandidate(source.text, text, {
    kind: options.kind,
    strictness: "loose",
    held: [...source.linkTexts, ...options.terms],
    names: options.names,
    allowedText: options.instruction,
  });
}

/** Text may be added or taken out only when a free instruction asks for that. */
function actionsFor(kind: RewriteKind, instruction: string): readonly BlockAction[] {
  if (kind !== "free") return ["replace"];
  const adds =
    /\b(?:add|insert|append|include|mention|write|ergänz\w*|ajout\w*|añad\w*|acrescent\w*)\b/iu.test(
      instruction,
    );
  const removes =
    /\b(?:delete|remove|drop|cut|strike|take out|lösch\w*|supprim\w*|elimin\w*|borr\w*|remov\w*)\b/iu.test(
      instruction,
    );
  return ["replace", ...(adds ? ["insert-after" as const] : []), ...(removes ? ["delete" as const] : [])];
}

function promptBlock(block: Block): PromptBlock {
  const { id, source, objections } = block;
  const notes = objections.map((objection) => `${objection.code} (${objection.detail})`).join("; ");
  return { id, text: source.text, ...(notes === "" ? {} : { notes }) };
}

function heldIn(blocks: readonly Block[], terms: readonly string[]): readonly string[] {
  const text = blocks.map((block) => block.source.text).join("\n");
  const links = blocks.flatMap((block) => block.source.linkTexts);
  return [...new Set([...links, ...terms.filter((term) => text.includes(term))])].slice(0, 40);
}

/** The spaces at a paragraph's ends are its layout; they stay. */
function edged(source: string, text: string): string {
  return (/^\s*/u.exec(source)?.[0] ?? "") + text + (/\s*$/u.exec(source)?.[0] ?? "");
}
