import { sha256 } from "../sha256.ts";
import type { Checkpoint } from "../task.ts";
import type { OutlineProposal } from "./model/plan-outline-with-model.ts";
import type { Sources } from "./types.ts";

/** What a proposal depends on. */
export type ProposalDependencies = {
  readonly prompt: string;
  readonly sources: Sources;
  /** BCP 47. */
  readonly language: string;
  readonly words: number;
  /** Id of the model that proposes. */
  readonly model: string;
};

const step = "outline";

/** The proposal of an earlier run where it depends on the same things, otherwise a new one, which is kept. */
export async function keptProposal(
  checkpoint: Checkpoint | undefined,
  dependencies: ProposalDependencies,
  propose: () => Promise<OutlineProposal>,
): Promise<OutlineProposal> {
  if (checkpoint === undefined) return propose();
  const dependsOn = await fingerprint(dependencies);
  const kept = parseKept(await checkpoint.read(step));
  if (kept?.dependsOn === dependsOn) return kept.proposal;
  const proposal = await propose();
  await checkpoint.write(step, JSON.stringify({ dependsOn, proposal }));
  return proposal;
}

type Kept = { readonly dependsOn: string; readonly proposal: OutlineProposal };

function fingerprint({ prompt, sources, language, words, model }: ProposalDependencies): Promise<string> {
  const texts = sources.texts.map(({ name, passages }) => [
    name,
    passages.map(({ kind, text }) => [kind, text]),
  ]);
  const workbooks = sources.workbooks.map(({ name, sha256: hash }) => [name, hash]);
  const all = [prompt, language, words, model, texts, workbooks];
  return sha256(new TextEncoder().encode(JSON.stringify(all)));
}

/** Half-written or foreign text counts as nothing kept. */
function parseKept(text: string | undefined): Kept | undefined {
  if (text === undefined) return undefined;
  try {
    const kept = JSON.parse(text) as Partial<Kept> | null;
    const isWhole = typeof kept?.dependsOn === "string" && Array.isArray(kept.proposal?.sections);
    return isWhole ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
}
