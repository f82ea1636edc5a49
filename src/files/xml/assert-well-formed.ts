import { RoundTripError } from "../../errors.ts";
import { canonicalName, type NamespaceScope } from "./namespaces.ts";
import { scanXml } from "./scan-xml.ts";
import { decodeText, isXmlText } from "./xml-text.ts";

const nameStart = "[A-Z_a-z\\u00C0-\\uFFFD]";
const qualifiedName = new RegExp(
  `^${nameStart}[-.\\w\\u00B7-\\uFFFD]*(:${nameStart}[-.\\w\\u00B7-\\uFFFD]*)?$`,
);

/**
 * Checks a fragment that Tandem is about to write, more strictly than the scanner checks what it reads: names,
 * unique attributes, declared prefixes, references and characters (XML 1.0, 2.2, 3.1; Namespaces 1.0, 5).
 * `scope` holds the namespaces declared around the fragment. Throws `RoundTripError`.
 */
export function assertWellFormed(fragment: string, scope: NamespaceScope): void {
  const tree = scan(`<fragment>${fragment}</fragment>`, scope);
  if (!isXmlText(tree.source)) throw failure("a character that XML does not allow", fragment);
  for (let index = 1; index < tree.count; index++) {
    const from = tree.nameEnd[index]!;
    const name = tree.source.slice(tree.start[index]! + 1, from);
    const inner = tree.scopes[tree.scope[index]!]!;
    checkName(name, inner, fragment);
    checkAttributes(tree.source.slice(from, tree.openEnd[index]!), inner, fragment);
  }
  checkReferences(tree.source, fragment);
}

function scan(source: string, scope: NamespaceScope): ReturnType<typeof scanXml> {
  try {
    return scanXml(source, 256, scope);
  } catch (cause) {
    throw new RoundTripError("the XML about to be written is not well formed", { cause });
  }
}

function checkName(name: string, scope: NamespaceScope, fragment: string): void {
  if (!qualifiedName.test(name)) throw failure(`the name ${JSON.stringify(name)}`, fragment);
  if (canonicalName(scope, name, true).startsWith("{?}"))
    throw failure(`the undeclared prefix of ${name}`, fragment);
}

function checkAttributes(text: string, scope: NamespaceScope, fragment: string): void {
  const rest = text.replace(/\s+([^\s=/>"']+)\s*=\s*(?:"[^"<]*"|'[^'<]*')/g, "");
  if (!/^\s*\/?>$/.test(rest)) throw failure(`bad attributes ${text.slice(0, 80)}`, fragment);
  const seen = new Set<string>();
  for (const [, name] of text.matchAll(/\s([^\s=/>"']+)\s*=\s*(?:"[^"]*"|'[^']*')/g)) {
    checkAttributeName(name!, scope, fragment);
    const canonical = name!.startsWith("xmlns") ? name! : canonicalName(scope, name!, false);
    if (seen.has(canonical)) throw failure(`the attribute ${name} twice`, fragment);
    seen.add(canonical);
  }
}

function checkAttributeName(name: string, scope: NamespaceScope, fragment: string): void {
  if (!qualifiedName.test(name)) throw failure(`the attribute ${JSON.stringify(name)}`, fragment);
  if (!name.startsWith("xmlns") && canonicalName(scope, name, false).startsWith("{?}")) {
    throw failure(`the undeclared prefix of ${name}`, fragment);
  }
}

function checkReferences(source: string, fragment: string): void {
  // Comments and character data hold what they like; tags are kept without their brackets, for their attributes.
  const text = source
    .replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g, "")
    .replaceAll("<", "");
  try {
    decodeText(text);
  } catch (cause) {
    throw new RoundTripError("the XML about to be written holds a bad reference", { cause });
  }
  if (text.includes("]]>")) throw failure("]]> in text", fragment);
}

function failure(what: string, fragment: string): RoundTripError {
  return new RoundTripError(`the XML about to be written holds ${what}: ${fragment.slice(0, 200)}`);
}
