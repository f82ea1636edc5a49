import { expect, it } from "vitest";
import { canonicalName, namespaceUri, rootScope, scopeWith } from "./namespaces.ts";

it("names an element alike in transitional, strict and preview files, whatever their prefix", () => {
  const scope = scopeWith(
    rootScope,
    ' xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main" xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:p="http://schemas.microsoft.com/office/word/2010/11/wordml"',
  );
  expect(canonicalName(scope, "x:p", true)).toBe("w:p");
  expect(canonicalName(scope, "p", true)).toBe("w:p");
  expect(canonicalName(scope, "p:commentEx", true)).toBe("w15:commentEx");
});

it("takes no namespace for an attribute without prefix", () => {
  expect(canonicalName(scopeWith(rootScope, ' xmlns="urn:a"'), "val", false)).toBe("val");
});

it("gives the strict URI only where there is one", () => {
  expect(namespaceUri("w", true)).toMatch(/purl/);
  expect(namespaceUri("w15", true)).toBe("http://schemas.microsoft.com/office/word/2012/wordml");
});
