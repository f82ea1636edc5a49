/** A line that the server has not confirmed. `line` is its name there: sent again under it, it is not said twice. */
export type UnsentLine = {
  readonly line: string;
  readonly text: string;
  readonly at: string;
  /** How often it went out without an answer. */
  readonly tries: number;
  /** Why the server does not take it. */
  readonly refusal?: { readonly code: string; readonly message: string };
};

/** What this tab keeps of one room, so that a reload loses nothing. */
export type Kept = {
  readonly outbox: readonly UnsentLine[];
  /** The text in the box that was not sent yet. */
  readonly draft: string;
  readonly name: string;
  readonly language: string;
  /** Makes this tab the same participant again; empty before the first join. */
  readonly participantToken: string;
};

export type KeptStore = { read(): Kept; write(change: Partial<Kept>): void };

type Storage = Pick<globalThis.Storage, "getItem" | "setItem">;

const nothing: Kept = { outbox: [], draft: "", name: "", language: "", participantToken: "" };

/** Keeps per room in `storage` (a tab's sessionStorage); where that is refused or full, in memory only. */
export function openKeptStore(storage: Storage | undefined, token: string): KeptStore {
  const key = `tandem.live.${fingerprint(token)}`;
  let kept = readKept(storage, key);
  return {
    read: () => kept,
    write(change) {
      kept = { ...kept, ...change };
      try {
        storage?.setItem(key, JSON.stringify(kept));
      } catch {
        // A full or refused storage costs only what a reload would have brought back.
      }
    },
  };
}

function readKept(storage: Storage | undefined, key: string): Kept {
  try {
    const found: unknown = JSON.parse(storage?.getItem(key) ?? "null");
    if (typeof found !== "object" || found === null) return nothing;
    const { outbox, draft, name, language, participantToken } = found as Partial<Record<keyof Kept, unknown>>;
    return {
      outbox: Array.isArray(outbox)
        ? outbox.filter(isUnsentLine).map(({ line, text, at }) => ({ line, text, at, tries: 0 }))
        : [],
      draft: asText(draft),
      name: asText(name),
      language: asText(language),
      participantToken: asText(participantToken),
    };
  } catch {
    return nothing;
  }
}

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

const isUnsentLine = (value: unknown): value is UnsentLine =>
  typeof value === "object" &&
  value !== null &&
  ["line", "text", "at"].every((name) => typeof (value as Record<string, unknown>)[name] === "string");

/** 32 bits of FNV-1a: tells the rooms of one tab apart without writing the token anywhere. */
function fingerprint(token: string): string {
  let hash = 0x811c9dc5;
  for (const character of token) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return (hash >>> 0).toString(36);
}
