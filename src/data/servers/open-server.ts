import type { OpenOptions } from "./open-postgres.ts";
import type { Server } from "./server.ts";
import type { ServerAddress } from "./server-address.ts";

/**
 * Connects to a server for reading only and looks up the tables of its address. The drivers are loaded here and not
 * before. Throws `ServerError` where there is no way in, `TargetNotFoundError` for a table that isn't there.
 */
export async function openServer(address: ServerAddress, options: OpenOptions = {}): Promise<Server> {
  if (address.kind === "postgres") return (await import("./open-postgres.ts")).openPostgres(address, options);
  return (await import("./open-clickhouse.ts")).openClickhouse(address, options);
}
