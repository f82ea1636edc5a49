import { isXmlText } from "../../xml/xml-text.ts";
import { type Refused, refused } from "./draft.ts";

/** What may stand in a code as a whole: quoted texts, escapes, fill and space characters, brackets, words. */
const pieces = /"[^"]*"|\\.|[_*].|\[[^\]"]*\]|general|am\/pm|a\/p|e[+-]/gis;

/** Why a number format can't be written, if it can't: Excel calls a file damaged that holds a wrong code. */
export function refuseNumberFormat(code: string | undefined): Refused | undefined {
  if (code === undefined) return undefined;
  const bare = code.replace(pieces, "");
  const fault =
    code === ""
      ? "it is empty"
      : code.length > 255
        ? "it is longer than 255 characters"
        : !isXmlText(code) || /[\t\r\n]/.test(code)
          ? "it holds a control character"
          : /["[\]\\_*]/.test(bare)
            ? "a quotation mark or bracket is not closed"
            : bare.split(";").length > 4
              ? "it has more than four sections"
              : /[a-z]/i.test(bare.replace(/[ymdhsegb]/gi, ""))
                ? "letters that are to be shown stand in quotation marks"
                : undefined;
  if (fault === undefined) return undefined;
  const reason = `${JSON.stringify(code)} is no number format: ${fault}`;
  return refused("invalid", reason, 'Write it as in an English Excel: #,##0.00, 0.0%, yyyy-mm-dd, 0.0" km".');
}
