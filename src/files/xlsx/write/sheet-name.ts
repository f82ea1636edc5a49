import { isXmlText } from "../../xml/xml-text.ts";
import { type Refused, refused, sheetNames, type WorkbookDraft } from "./draft.ts";

/** Why a new sheet can't have that name, if it can't: Excel's own rules. */
export function refuseSheetName(draft: WorkbookDraft, name: string): Refused | undefined {
  const fault =
    name.trim() === ""
      ? "it is empty"
      : name.length > 31
        ? "it is longer than 31 characters"
        : /[\\/?*[\]:]/.test(name)
          ? "it holds one of \\ / ? * [ ] :"
          : /^'|'$/.test(name)
            ? "it begins or ends with an apostrophe"
            : /^history$/i.test(name)
              ? "Excel keeps it for itself"
              : !isXmlText(name) || /[\r\n\t]/.test(name)
                ? "it holds a control character"
                : undefined;
  if (fault !== undefined) {
    const reason = `a sheet can't be named ${JSON.stringify(name)}: ${fault}`;
    return refused("invalid-name", reason, "Give another name of 1 to 31 characters.");
  }
  const taken = sheetNames(draft).find((each) => each.toLowerCase() === name.toLowerCase());
  if (taken === undefined) return undefined;
  return refused("name-taken", `there is a sheet ${JSON.stringify(taken)} already`, "Give another name.");
}
