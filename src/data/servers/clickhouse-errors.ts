import { QueryError, ServerError } from "../../errors.ts";

type Where = { readonly place: string; readonly user: string; readonly deadlineMs: number };

/** Why a query or the connection behind it failed, by the numbers of ClickHouse's exceptions. */
export function clickhouseFailure(error: unknown, { place, user, deadlineMs }: Where): Error {
  const { code = "", message = "" } = error as { readonly code?: string; readonly message?: string };
  const options = { cause: error };
  switch (String(code)) {
    case "192":
    case "193":
    case "194":
    case "516":
      return new ServerError(`${place} does not let ${user} in`, {
        ...options,
        hint: "the password stands in CLICKHOUSE_PASSWORD or in the address",
      });
    case "81":
      return new ServerError(`there is no such database at ${place}`, options);
    case "497":
      return new ServerError(`this user may not read that: ${firstLine(message)}`, {
        ...options,
        hint: "ask for the right to SELECT",
      });
    case "164":
      return new QueryError(
        "query-refused",
        `the server refused to do more than read: ${firstLine(message)}`,
        options,
      );
    case "159":
    case "160":
      return new QueryError(
        "query-timeout",
        `the query took longer than ${deadlineMs / 1000} s and was stopped`,
        options,
      );
    case "241":
      return new QueryError(
        "query-memory",
        `the server had no room for the query: ${firstLine(message)}`,
        options,
      );
    default:
      if (/^\d+$/.test(String(code))) return new QueryError("query-failed", firstLine(message), options);
      if (/timeout/i.test(message))
        return new QueryError("query-timeout", `${place} did not answer in time`, options);
      return new ServerError(`no ClickHouse server answers at ${place}`, {
        ...options,
        hint: `check the host and the port, which is the one for HTTP (${String(code) || firstLine(message)})`,
      });
  }
}

function firstLine(message: string): string {
  return message.split("\n")[0]!.slice(0, 400);
}
