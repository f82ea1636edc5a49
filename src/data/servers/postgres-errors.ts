import { type BadRequestError, QueryError, ServerError, type TandemError } from "../../errors.ts";

type Failure = {
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string;
  readonly position?: string;
};

const unreachable =
  /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNRESET|EAI_AGAIN|ENOENT|EACCES)$/;

/** Why a connection failed, in words that say what to do. The driver's messages hold no password. */
export function connectionFailure(error: unknown, place: string, user: string): TandemError {
  const { code = "", message = "" } = failureOf(error);
  if (unreachable.test(code) || /timeout expired|terminated unexpectedly/i.test(message))
    return new ServerError(`no PostgreSQL server answers at ${place}`, {
      cause: error,
      hint: "check the host and the port, and that the server takes connections from this machine",
    });
  if (code === "28P01" || code === "28000" || /password must be a string/i.test(message))
    return new ServerError(`${place} does not let ${user} in`, {
      cause: error,
      hint: `the password stands in PGPASSWORD or in the address (${message})`,
    });
  if (code === "3D000")
    return new ServerError(`there is no such database at ${place}`, { cause: error, hint: message });
  return new ServerError(`the connection to ${place} failed: ${message}`, { cause: error });
}

/** Why a query failed. */
export function queryFailure(error: unknown, deadlineMs: number): Error {
  const { code = "", message = "", hint } = failureOf(error);
  const options = { cause: error, ...(hint !== undefined && { hint }) };
  switch (code) {
    case "57014":
      return new QueryError(
        "query-timeout",
        `the query took longer than ${deadlineMs / 1000} s and was stopped`,
        {
          cause: error,
          hint: "ask for less: fewer rows, or a table with an index",
        },
      );
    case "25006":
    case "42P11":
      return new QueryError("query-refused", `the server refused to do more than read: ${message}`, options);
    case "42501":
      return new ServerError(`this user may not read that: ${message}`, {
        cause: error,
        hint: "ask for the right to SELECT",
      });
    case "53100":
    case "53200":
      return new QueryError("query-memory", `the server had no room for the query: ${message}`, options);
    case "57P01":
    case "08006":
      return new ServerError(`the server ended the connection: ${message}`, { cause: error });
    default:
      if (/^[0-9A-Z]{5}$/.test(code)) return refusalOr(message, options);
      return new ServerError(`the connection was lost: ${message}`, { cause: error });
  }
}

/** `DECLARE CURSOR`, by which people's own queries are read, takes nothing that writes. */
function refusalOr(message: string, options: ConstructorParameters<typeof BadRequestError>[1]): QueryError {
  if (
    /multiple commands|data-modifying|read-only transaction|read-write mode|INTO is not allowed/i.test(
      message,
    )
  )
    return new QueryError("query-refused", `the server refused to do more than read: ${message}`, options);
  return new QueryError("query-failed", message, options);
}

function failureOf(error: unknown): Failure {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors[0] as Failure;
  return error as Failure;
}
