import { QueryError } from "../../errors.ts";

const reading = /^\(*\s*(select|with|values|table|from)\b/i;

/**
 * A query of a person's own without the semicolon at its end. Throws `QueryError` (`query-refused`) for several
 * statements, or for one that begins as none that reads does. It looks at the text only, to say early and plainly what
 * is wrong: that nothing is written is up to the server, whose connection is open for reading only.
 */
export function oneStatement(sql: string, kind: "postgres" | "clickhouse"): string {
  const bare = withoutTexts(sql, kind);
  const end = bare.indexOf(";");
  if (
    end >= 0 &&
    bare
      .slice(end + 1)
      .replaceAll(";", "")
      .trim() !== ""
  )
    throw new QueryError("query-refused", "there is more than one statement", { hint: "Give one SELECT." });
  if (!reading.test(bare.trim()))
    throw new QueryError("query-refused", "only queries that read are run on a server", {
      hint: "Begin with SELECT or WITH.",
    });
  return end < 0 ? sql : sql.slice(0, end);
}

/** The same text with comments, quoted names and texts blanked out, place for place. */
function withoutTexts(sql: string, kind: "postgres" | "clickhouse"): string {
  const pattern = kind === "postgres" ? postgresTexts : clickhouseTexts;
  const blanked = sql.replace(pattern, (text) =>
    (/^(--|\/\*|#)/.test(text) ? " " : "x").padEnd(text.length, " "),
  );
  return blanked.trimEnd().length === 0 ? "" : blanked;
}

const comments = String.raw`--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;
const postgresTexts = new RegExp(
  String.raw`${comments}|\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|(\$(?:[A-Za-z_]\w*)?\$)[\s\S]*?(?:\1|$)`,
  "g",
);
const clickhouseTexts = new RegExp(
  String.raw`${comments}|#[! ][^\n]*|'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|"(?:[^"\\]|""|\\[\s\S])*(?:"|$)|${"`"}(?:[^${"`"}\\]|\\[\s\S])*(?:${"`"}|$)|(\$(?:\w*)\$)[\s\S]*?(?:\1|$)`,
  "g",
);
