import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { BadRequestError } from "../../errors.ts";
import { hashToken, isSameHash, newToken } from "./token.ts";

/** The key of whoever may open rooms on this server. */
export type RoomKey = {
  readonly matches: (key: string) => boolean;
  /** The key in words, only when it was made just now: it is kept as a hash and can't be shown again. */
  readonly made?: string;
};

const SHORTEST = 16;

/** Takes the key that was given, else the one that this folder has the hash of, else makes one. */
export async function openRoomKey(folder: string, given?: string): Promise<RoomKey> {
  if (given !== undefined && given !== "") {
    if (given.length < SHORTEST)
      throw new BadRequestError(`a room key has at least ${SHORTEST} characters`, {
        hint: "put a longer one into TANDEM_ROOM_KEY, or none to have one made",
      });
    return keyOf(hashToken(given));
  }
  const file = join(folder, "room-key.sha256");
  const known = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (known !== undefined) return keyOf(known.trim());
  const made = newToken();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, `${hashToken(made)}\n`, { mode: 0o600, flag: "wx" });
  await chmod(file, 0o600);
  return { ...keyOf(hashToken(made)), made };
}

function keyOf(hash: string): RoomKey {
  return { matches: (key) => isSameHash(hashToken(key), hash) };
}
