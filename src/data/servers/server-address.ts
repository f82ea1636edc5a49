import { BadRequestError } from "../../errors.ts";

/** Where a server is and what is asked there. */
export type ServerAddress = {
  readonly kind: "postgres" | "clickhouse";
  /** A name, an address, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
  /** As the person wrote them: `orders`, `sales.orders`. */
  readonly tables: readonly string[];
  readonly encryption: Encryption;
};

/** Never; where the server can; always; always, and only with a certificate that this machine trusts. */
export type Encryption = "none" | "preferred" | "required" | "verified";

/** What a person's environment says about passwords and users. */
export type ServerEnvironment = Readonly<
  Partial<Record<"PGPASSWORD" | "PGUSER" | "CLICKHOUSE_PASSWORD" | "CLICKHOUSE_USER", string | undefined>>
>;

const example = "postgres://user@host/database?table=orders";

/**
 * Reads `postgres://user@host:5432/database?table=a,b` or `clickhouse://…`. The password may stand in the address or in
 * `PGPASSWORD` or `CLICKHOUSE_PASSWORD`. Throws `BadRequestError`, which never repeats the password.
 */
export function readServerAddress(text: string, environment: ServerEnvironment = {}): ServerAddress {
  const url = URL.parse(text);
  const kind = kinds[url?.protocol ?? ""];
  if (url === null || kind === undefined)
    throw new BadRequestError("the source is no address of a server that can be asked", {
      hint: `write ${example} or clickhouse://user@host:8123/database?table=orders`,
    });
  const options = readOptions(url, kind);
  const host = options.host ?? decode(url.hostname);
  const encryption = encryptionOf(kind, options, host);
  const defaults =
    kind === "postgres" ? [5432, "PGPASSWORD", "PGUSER"] : [8123, "CLICKHOUSE_PASSWORD", "CLICKHOUSE_USER"];
  const [port, passwordName, userName] = defaults as [number, "PGPASSWORD", "PGUSER"];
  const isSecure = kind === "clickhouse" && encryption !== "none";
  const password = url.password === "" ? environment[passwordName] : decode(url.password);
  const user =
    decode(url.username) || (environment[userName] ?? (kind === "postgres" ? "postgres" : "default"));
  return {
    kind,
    host: host || "localhost",
    port: Number(url.port) || (isSecure ? 8443 : port),
    user,
    ...(password !== undefined && password !== "" && { password }),
    database: decode(url.pathname.slice(1)) || (kind === "postgres" ? user : "default"),
    tables: (options.table ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    encryption,
  };
}

const kinds: Readonly<Record<string, ServerAddress["kind"]>> = {
  "postgres:": "postgres",
  "postgresql:": "postgres",
  "clickhouse:": "clickhouse",
};

const known = {
  postgres: ["table", "host", "sslmode"],
  clickhouse: ["table", "secure"],
} as const;

function readOptions(url: URL, kind: ServerAddress["kind"]): Partial<Record<string, string>> {
  const options = Object.fromEntries(url.searchParams);
  for (const name of Object.keys(options)) {
    if ((known[kind] as readonly string[]).includes(name)) continue;
    throw new BadRequestError(`the source's address has an option that is not known: ${name}`, {
      hint: `the options are ${known[kind].join(", ")}`,
    });
  }
  return options;
}

const modes: Readonly<Record<string, Encryption>> = {
  disable: "none",
  allow: "preferred",
  prefer: "preferred",
  require: "required",
  "verify-ca": "verified",
  "verify-full": "verified",
};

function encryptionOf(
  kind: ServerAddress["kind"],
  { sslmode, secure }: Partial<Record<string, string>>,
  host: string,
): Encryption {
  if (kind === "clickhouse") return secure === "1" || secure === "true" ? "verified" : "none";
  if (host.startsWith("/")) return "none";
  if (sslmode === undefined) return "preferred";
  const mode = modes[sslmode];
  if (mode === undefined)
    throw new BadRequestError(`sslmode can't be ${sslmode}`, {
      hint: `it is one of ${Object.keys(modes).join(", ")}`,
    });
  return mode;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone per cent sign is itself.
    return text;
  }
}

/** The server and its database as people may see them. */
export function serverPlace({ kind, host, port, database }: ServerAddress): string {
  const isUsual = port === (kind === "postgres" ? 5432 : 8123);
  return `${kind}://${host.startsWith("/") ? "localhost" : host}${isUsual ? "" : `:${port}`}/${database}`;
}
