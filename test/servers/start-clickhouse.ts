import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

type ChdbSession = {
  readonly query: (sql: string, format?: string) => unknown;
  readonly cleanup: () => void;
};
type Chdb = { readonly Session: new (path?: string) => ChdbSession };

/**
 * ClickHouse in this process (chdb) behind a small HTTP bridge, which is no ClickHouse server: it hands each query with
 * its settings to chdb and sends back what that says. It knows no users, no rights and no cancelling.
 */
export type TestClickhouse = AsyncDisposable & {
  readonly port: number;
  readonly sql: (text: string) => void;
};

/** Where chdb is installed: the folder that `TANDEM_CHDB` names, or a cache folder. Undefined where it isn't. */
export function chdbFolder(): string | undefined {
  const folder = process.env.TANDEM_CHDB ?? join(homedir(), ".cache/tandem/chdb");
  return existsSync(join(folder, "node_modules/chdb/package.json")) ? folder : undefined;
}

/** Starts chdb with a database in a temporary folder. */
export async function startClickhouse(): Promise<TestClickhouse> {
  const installed = chdbFolder();
  if (installed === undefined) throw new Error("chdb is not installed");
  const chdb = createRequire(join(installed, "package.json"))("chdb") as Chdb;
  const folder = mkdtempSync(join(tmpdir(), "tandem-chdb-"));
  const session = new chdb.Session(folder);
  const server = createServer((request, response) => {
    void answer(request, session).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    sql: (text) => void session.query(text, "CSV"),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      session.cleanup();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const notSettings = new Set([
  "query_id",
  "database",
  "query",
  "default_format",
  "session_id",
  "role",
  "wait_end_of_query",
]);

async function answer(
  request: IncomingMessage,
  session: ChdbSession,
): Promise<{ status: number; body: string | Buffer }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { searchParams } = new URL(request.url ?? "/", "http://localhost");
  const query = (searchParams.get("query") ?? "") + Buffer.concat(chunks).toString("utf8");
  const settings = [...searchParams]
    .filter(([name]) => !notSettings.has(name))
    .map(([name, value]) => `${name} = ${/^\d+$/.test(value) ? value : `'${value}'`}`);
  try {
    const given = session.query(`${query}${settings.length > 0 ? ` SETTINGS ${settings.join(", ")}` : ""}`);
    return { status: 200, body: Buffer.isBuffer(given) ? given : String(given) };
  } catch (error) {
    return { status: 500, body: error instanceof Error ? error.message : String(error) };
  }
}
