import { BadRequestError } from "../../errors.ts";
import type { RosterEntry } from "../../tasks/minutes/types.ts";

const COLUMNS: Readonly<Record<keyof RosterEntry, RegExp>> = {
  name: /^(full ?|display ?)?name$|^participant$|^attendee$/,
  email: /^e-?mail( ?address)?$|^mail$|^address$/,
  organisation: /^organi[sz]ation$|^company$|^organi[sz]ation name$|^org$/,
};

/**
 * Reads who was invited from a CSV with a header: `name`, `email` and `organisation` (or `company`) in any order,
 * comma or semicolon (RFC 4180, and what spreadsheets in other languages write). Throws `BadRequestError`.
 */
export function readRoster(text: string): RosterEntry[] {
  const [header, ...rows] = readCsv(text.replace(/^\ufeff/, ""));
  const titles = (header ?? []).map((title) => title.trim().toLowerCase());
  const indexOf = (column: keyof RosterEntry): number =>
    titles.findIndex((title) => COLUMNS[column].test(title));
  const at = { name: indexOf("name"), email: indexOf("email"), organisation: indexOf("organisation") };
  if (at.name < 0) {
    throw new BadRequestError("the roster has no column called name", {
      hint: "begin it with a line such as: name,email,organisation",
    });
  }
  return rows.flatMap((row) => {
    const [name = "", email = "", organisation = ""] = [at.name, at.email, at.organisation].map((index) =>
      (row[index] ?? "").trim(),
    );
    if (name === "") return [];
    return [{ name, ...(email !== "" && { email }), ...(organisation !== "" && { organisation }) }];
  });
}

function readCsv(text: string): string[][] {
  const [firstLine = ""] = text.split(/\r?\n/, 1);
  const separator = firstLine.includes(";") && !firstLine.includes(",") ? ";" : ",";
  const field = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n|\\n|\\r|$)`,
    "y",
  );
  const rows: string[][] = [];
  let row: string[] = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) {
      const line = text.slice(0, at).split(/\r\n|\n|\r/).length;
      throw new BadRequestError(`the roster's line ${line} is no CSV: a quotation mark is out of place`);
    }
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === separator) continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((cells) => cells.some((cell) => cell.trim() !== ""));
}
