import { FileDamagedError, FileUnsupportedError } from "../../errors.ts";
import {
  contentTypeOf,
  hasPart,
  isRelationshipType,
  type OpcPackage,
  relationshipsOf,
} from "./opc-package.ts";

type Kind = { readonly named: string; readonly type: RegExp; readonly program: string };

const kinds: Readonly<Record<"document" | "workbook" | "presentation", Kind>> = {
  document: { named: "a Word document", type: /wordprocessingml/, program: "Word" },
  workbook: { named: "a workbook", type: /spreadsheetml|ms-excel/, program: "Excel" },
  presentation: { named: "a PowerPoint presentation", type: /presentationml/, program: "PowerPoint" },
};

export type MainPart = { readonly part: string; readonly contentType: string };

/**
 * The part that holds an Office file's document, workbook or presentation. Throws `FileDamagedError` where the package names
 * none, and `FileUnsupportedError` with `hint` where it is one of the other two; other types are the caller's to judge.
 */
export function findMainPart(opc: OpcPackage, wanted: keyof typeof kinds, hint?: string): MainPart {
  const part = relationshipsOf(opc, "/").find((each) => isRelationshipType(each, "officeDocument"))?.target;
  if (part === undefined || !hasPart(opc, part)) {
    throw new FileDamagedError(`the package does not say which part is its ${wanted}`, {
      hint: `Open the file in ${kinds[wanted].program} and save it again.`,
    });
  }
  const contentType = contentTypeOf(opc, part) ?? "";
  const other = Object.values(kinds).find((kind) => kind !== kinds[wanted] && kind.type.test(contentType));
  if (other !== undefined) {
    throw new FileUnsupportedError(
      `this is ${other.named}, not a ${wanted}`,
      hint === undefined ? undefined : { hint },
    );
  }
  return { part, contentType };
}
