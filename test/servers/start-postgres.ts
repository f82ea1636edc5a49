import { execFile, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A PostgreSQL of its own in a temporary folder; dispose of it to end it and remove its files. */
export type TestPostgres = AsyncDisposable & {
  /** The folder of its Unix socket, where the superuser `postgres` needs no password. */
  readonly socket: string;
  /** On 127.0.0.1, where passwords are asked for. */
  readonly port: number;
  /** Runs statements as the superuser. */
  readonly sql: (text: string, database?: string) => Promise<void>;
};

/** The folder of the server's programs: Debian keeps them out of `PATH`. Undefined where PostgreSQL isn't installed. */
export function postgresPrograms(): string | undefined {
  const versions = "/usr/lib/postgresql";
  const found = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...found.map((version) => join(versions, version, "bin")),
    ...(process.env.PATH ?? "").split(":"),
  ];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

/** Starts a server with this locale. It refuses to run as root, so that root takes Debian's user `postgres`. */
export async function startPostgres(locale = "C.UTF-8"): Promise<TestPostgres> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error("PostgreSQL is not installed");
  const folder = mkdtempSync(join(tmpdir(), "tandem-postgres-"));
  const data = join(folder, "data");
  mkdirSync(data);
  const user = serverUser();
  if (user !== undefined) for (const each of [folder, data]) chownSync(each, user.uid, user.gid);
  const options = user === undefined ? {} : { uid: user.uid, gid: user.gid };
  await run(
    join(programs, "initdb"),
    [
      "-D",
      data,
      "-U",
      "postgres",
      "--auth-local=trust",
      "--auth-host=scram-sha-256",
      "-E",
      "UTF8",
      `--locale=${locale}`,
      "--no-sync",
    ],
    { ...options, env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8" } },
  );
  const port = await freePort();
  const server = spawn(
    join(programs, "postgres"),
    [
      "-D",
      data,
      "-k",
      folder,
      "-h",
      "127.0.0.1",
      "-p",
      String(port),
      "-c",
      "fsync=off",
      "-c",
      "log_min_messages=fatal",
    ],
    { ...options, stdio: "ignore", env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8" } },
  );
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const sql = async (text: string, database = "postgres"): Promise<void> => {
    await run(join(programs, "psql"), [
      "-h",
      folder,
      "-p",
      String(port),
      "-U",
      "postgres",
      "-d",
      database,
      "-v",
      "ON_ERROR_STOP=1",
      "-q",
      "-c",
      text,
    ]);
  };
  const stop = async (): Promise<void> => {
    server.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(() => sql("SELECT 1"));
  } catch (error) {
    await stop();
    throw error;
  }
  return { socket: folder, port, sql, [Symbol.asyncDispose]: stop };
}

function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function untilReady(attempt: () => Promise<unknown>): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
