import { type MaskSession, maskSession } from "../../../models/safety/mask-text.ts";

/** The tokens of jobs that are under way, in memory only; a key never sees those of another key. */
export type MaskSessions = {
  /** The job's session, or a new one. Without a job, one for this call alone. */
  readonly of: (keyId: string, job: string | undefined) => MaskSession;
  /** Keeps in mind that an answer was given in the job, so that a later call may go on with it. */
  readonly remember: (keyId: string, job: string | undefined, answer: string) => void;
  /** True when the answer was given in the job and the tokens in it still mean the same. */
  readonly knows: (keyId: string, job: string | undefined, answer: string) => boolean;
};

export type MaskSessionsOptions = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Jobs that are kept at a time; the one that rested longest goes first. Defaults to 500. */
  readonly most?: number;
  /** How long a job may rest until it is forgotten, in milliseconds. Defaults to an hour. */
  readonly keptMs?: number;
  /** Values in one job; a job with more begins anew. Defaults to 20,000. */
  readonly mostValues?: number;
};

type Kept = { readonly session: MaskSession; readonly answers: Set<string>; usedAt: number };

/** Answers of one job that can be gone on with. */
const MOST_ANSWERS = 1_000;

/** Keeps the sessions of jobs within bounds. */
export function maskSessions(options: MaskSessionsOptions): MaskSessions {
  const { now, most = 500, keptMs = 3_600_000, mostValues = 20_000 } = options;
  const kept = new Map<string, Kept>();
  const find = (name: string): Kept | undefined => {
    const found = kept.get(name);
    if (found === undefined) return undefined;
    kept.delete(name);
    if (now() - found.usedAt > keptMs || found.session.values.size > mostValues) return undefined;
    return found;
  };
  const keep = (name: string, { session, answers }: Omit<Kept, "usedAt">): void => {
    kept.set(name, { session, answers, usedAt: now() });
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
  };
  const nameOf = (keyId: string, job: string): string => JSON.stringify([keyId, job]);
  return {
    of: (keyId, job) => {
      if (job === undefined) return maskSession();
      const name = nameOf(keyId, job);
      const entry = find(name) ?? { session: maskSession(), answers: new Set<string>() };
      keep(name, entry);
      return entry.session;
    },
    remember: (keyId, job, answer) => {
      const answers = job === undefined ? undefined : kept.get(nameOf(keyId, job))?.answers;
      answers?.add(answer);
      for (const oldest of answers ?? []) {
        if (answers!.size <= MOST_ANSWERS) break;
        answers!.delete(oldest);
      }
    },
    knows: (keyId, job, answer) => {
      if (job === undefined) return false;
      const name = nameOf(keyId, job);
      const entry = find(name);
      if (entry !== undefined) keep(name, entry);
      return entry?.answers.has(answer) ?? false;
    },
  };
}
