import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { operationWords, readPath } from "../wire/read-path.ts";
import { apiDocument } from "./api-document.ts";
import type { ApiOperation } from "./document-types.ts";
import { describedOperations } from "./gateway-operations.ts";

const document = apiDocument("http://127.0.0.1:1");
const all = Object.entries(document.paths).flatMap(([path, methods]) =>
  (Object.entries(methods) as [string, ApiOperation][]).map(([method, operation]) => ({
    path,
    method,
    operation,
  })),
);

function refsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : refsIn(inner),
  );
}

describe("the OpenAPI document", () => {
  it("has references that lead somewhere, ids that are unique and parameters for every name in a path", () => {
    for (const ref of refsIn(document)) {
      const found = ref
        .slice(2)
        .split("/")
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
      expect(found, ref).toBeDefined();
    }
    const ids = all.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of all) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? [])
        .filter((each) => each.in === "path")
        .map(({ name }) => name);
      expect(declared, path).toEqual(names);
      expect(Object.keys(operation.responses).some((status) => status.startsWith("2"))).toBe(true);
      for (const tag of operation.tags) expect(document.tags.map(({ name }) => name)).toContain(tag);
      for (const scheme of operation.security.flatMap((each) => Object.keys(each)))
        expect(Object.keys(document.components.securitySchemes)).toContain(scheme);
    }
  });

  it("has schemas that are JSON Schema", () => {
    const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "https://tandem.invalid/api", ...document });
    for (const name of Object.keys(document.components.schemas))
      expect(() =>
        ajv.compile({ $ref: `https://tandem.invalid/api#/components/schemas/${name}` }),
      ).not.toThrow();
  });

  it("describes every address that the gateway reads, in each shape, and no other", () => {
    const read = all.filter(({ path }) => /^\/(v1|openai)\//.test(path));
    for (const { path, operation } of read) {
      const main = operation["x-tandem-same-as"] ?? operation.operationId;
      const described = describedOperations.find(({ id }) => id === main);
      expect(readPath(path.replace(/\{(\w+)\}/g, "$1"))?.operation, path).toBe(described?.operation);
    }
    const shapes = new Set(
      read.map(({ path }) => {
        const { shape, operation } = readPath(path.replace(/\{(\w+)\}/g, "$1"))!;
        return `${shape} ${operation}`;
      }),
    );
    const operations = new Set(describedOperations.map(({ operation }) => operation));
    const expected = [...operations].flatMap((operation) => {
      expect(operationWords(operation)).toBeTypeOf("string");
      // Azure has no usage of an organisation.
      return operation === "usage"
        ? ["openai usage"]
        : ["openai", "azure-v1", "azure-dated"].map((shape) => `${shape} ${operation}`);
    });
    expect([...shapes].sort()).toEqual(expected.sort());
    // Whatever `readPath` knows is described, but for fine-tuning, which answers 501.
    expect([...operations].sort()).toEqual(
      [
        "batches",
        "chat",
        "completions",
        "embeddings",
        "files",
        "image-edits",
        "images",
        "models",
        "moderations",
        "responses",
        "speech",
        "transcriptions",
        "translations",
        "usage",
      ].sort(),
    );
    expect(readPath("/v1/fine_tuning/jobs")?.operation).toBe("fine-tuning");
  });
});
