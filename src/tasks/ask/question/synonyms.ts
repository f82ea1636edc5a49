import { stemOf } from "./words.ts";

/** Words that people use for the same column of business sheets, a line a meaning. */
const fields: readonly (readonly string[])[] = [
  "revenue sales turnover amount umsatz chiffre ventas",
  "cost expense expenditure spend spending spent",
  "employee staff person people colleague worker staffer",
  "customer client buyer",
  "product item article",
  "salary pay wage compensation earn",
  "quantity unit qty piece hand",
  "department team division",
  "country nation",
  "supplier vendor",
  "city town",
  "rating score satisfaction",
  "ticket issue case",
  "assignee agent owner",
  "warehouse location site",
  "respondent participant answer response",
].map((line) => line.split(" ").map(stemOf));

/** True when two stems are said of the same thing in a business sheet. */
export function sameField(one: string, two: string): boolean {
  return one !== two && fields.some((line) => line.includes(one) && line.includes(two));
}
