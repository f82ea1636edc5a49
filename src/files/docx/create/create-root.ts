import { FileUnsupportedError } from "../../../errors.ts";
import { namespaceUri } from "../../xml/namespaces.ts";
import type { XmlTree } from "../../xml/scan-xml.ts";
import type { Splice } from "../../xml/splice.ts";
import { isSelfClosing } from "../../xml/xml-tree.ts";

/**
 * Declares the usual prefixes on the root element where the part does not, so that what Tandem writes into it
 * may use them whatever prefixes the part itself prefers.
 */
export function declareOnRoot(tree: XmlTree, prefixes: readonly string[], isStrict: boolean): Splice[] {
  const scope = tree.scopes[tree.scope[0]!]!;
  const missing = prefixes.filter((prefix) => scope.get(prefix) !== namespaceUri(prefix, isStrict));
  for (const prefix of missing) {
    if (scope.has(prefix)) {
      throw new FileUnsupportedError(`the template uses the prefix ${prefix} for ${scope.get(prefix)}`, {
        hint: "Open the template in Word and save it again.",
      });
    }
  }
  const text = missing.map((prefix) => ` xmlns:${prefix}="${namespaceUri(prefix, isStrict)}"`).join("");
  return text === "" ? [] : [{ start: tree.nameEnd[0]!, end: tree.nameEnd[0]!, text }];
}

/** Puts elements last in the root, which may be self-closing. */
export function appendToRoot(tree: XmlTree, text: string): Splice[] {
  if (text === "") return [];
  if (!isSelfClosing(tree, 0)) return [{ start: tree.closeStart[0]!, end: tree.closeStart[0]!, text }];
  const name = tree.source.slice(tree.start[0]! + 1, tree.nameEnd[0]!);
  const slash = tree.source.lastIndexOf("/", tree.openEnd[0]!);
  return [{ start: slash, end: tree.openEnd[0]!, text: `>${text}</${name}>` }];
}
