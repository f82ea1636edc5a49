import { QueryError } from "../../errors.ts";

// Found by measuring: beyond these the parser alone takes seconds.
const MOST_CHARACTERS = 20_000;
const MOST_BRACKETS = 100;
const MOST_COMMENTS = 50;

/** Refuses a text that is too long or nested for the parser and the guard themselves to stay quick. */
export function checkText(sql: string): void {
  if (sql.length > MOST_CHARACTERS) {
    throw new QueryError("query-refused", `the query is longer than ${MOST_CHARACTERS} characters`);
  }
  if (sql.includes("\0")) throw new QueryError("query-refused", "the query holds a null character");
  if (sql.split("/*").length > MOST_COMMENTS)
    throw new QueryError("query-refused", "the query is nested too deeply");
  let [depth, deepest] = [0, 0];
  for (const character of sql) {
    if ("([{".includes(character)) deepest = Math.max(deepest, ++depth);
    else if (")]}".includes(character)) depth--;
  }
  if (deepest > MOST_BRACKETS) throw new QueryError("query-refused", "the query is nested too deeply");
}
