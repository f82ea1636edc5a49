import os from "node:os";
import path from "node:path";
import { defaultDataFolder } from "../data-folder.ts";
import type { Store } from "../store/open-store.ts";
import type { CliIo } from "./cli-io.ts";

/** Where the store is: `TANDEM_STORE` (a path or `postgres://…`), else a file in the data folder. */
export function storePlace(io: Pick<CliIo, "env" | "cwd">): string {
  const { TANDEM_STORE: own } = io.env;
  if (own === undefined || own === "")
    return path.join(defaultDataFolder(io.env, process.platform, os.homedir()), "store.sqlite");
  return /^[a-z][a-z0-9+.-]+:/i.test(own) ? own : path.resolve(io.cwd, own);
}

/** Opens the store of keys, limits, usage and jobs; dispose of it. */
export async function openCliStore(io: CliIo): Promise<Store> {
  const { openStore } = await import("../store/open-store.ts");
  return openStore(storePlace(io), { connections: 1 });
}
