import { sha256 } from "../sha256.ts";
import type { Checkpoint } from "../task.ts";
import { indexPassages } from "./rank/passage-index.ts";
import type { DraftSection, SectionRequest } from "./types.ts";

/** Who wrote a section: `extract` is the sources' own sentences, `both` a model filled up with them. */
export type SectionWriter = "model" | "extract" | "both";

/** A finished section as it is kept, with what it depends on. */
type Stored = { readonly dependsOn: string; readonly by: SectionWriter; readonly draft: DraftSection };

export type FinishedSection = { readonly draft: DraftSection; readonly by: SectionWriter };

/** Changes when sections are made in another way: what older code kept is then written anew. */
const version = 2;

/**
 * A hash of everything a section is made from: its entry in the outline, the texts of its passages, its figures and
 * tables, the prompt, the language and who writes. What the sections before it say is left out on purpose: a change in
 * one section does not rewrite all that follow.
 */
export async function sectionDependencies(
  { section, outline, prompt, sources, figures, tables }: SectionRequest,
  writer: string,
): Promise<string> {
  const { at } = indexPassages(sources);
  // Whoever planned it, what it says is the same; what its sentences may rest on is checked anew.
  const { id: _, isPlanned: _planned, ...entry } = section;
  const passages = section.uses.map((use) => {
    const found = at(use)?.passage;
    return [use.source, use.passage, found?.kind, found?.text, found?.place.speaker];
  });
  const all = { version, writer, prompt, language: outline.language, entry, passages, figures, tables };
  return sha256(new TextEncoder().encode(JSON.stringify(all)));
}

/** The section as it was finished before, when it depends on the same things. */
export async function readFinished(
  checkpoint: Checkpoint | undefined,
  { id }: { readonly id: string },
  dependsOn: string,
): Promise<FinishedSection | undefined> {
  const text = await checkpoint?.read(stepName(id));
  const stored = text === undefined ? undefined : parseStored(text);
  return stored?.dependsOn === dependsOn ? { draft: stored.draft, by: stored.by } : undefined;
}

export async function keepFinished(
  checkpoint: Checkpoint | undefined,
  { draft, by }: FinishedSection,
  dependsOn: string,
): Promise<void> {
  const stored: Stored = { dependsOn, by, draft };
  await checkpoint?.write(stepName(draft.section.id), JSON.stringify(stored));
}

function stepName(id: string): string {
  return `section-${id}`;
}

/** Half-written or foreign text counts as nothing kept. */
function parseStored(text: string): Stored | undefined {
  try {
    const stored = JSON.parse(text) as Partial<Stored> | null;
    const isWhole = typeof stored?.dependsOn === "string" && Array.isArray(stored.draft?.blocks);
    return isWhole ? (stored as Stored) : undefined;
  } catch {
    return undefined;
  }
}
