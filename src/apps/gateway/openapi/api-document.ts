import { callSchemas } from "./call-schemas.ts";
import type { ApiDocument, ApiOperation, ApiPaths, ApiResponse } from "./document-types.ts";
import { errorResponses, gatewayPaths } from "./gateway-paths.ts";
import { livePaths, liveSchemas } from "./live-paths.ts";
import { resourceSchemas } from "./resource-schemas.ts";
import { ref } from "./schema-parts.ts";

const DESCRIPTION = `Language models behind one address, in the shapes of OpenAI's and Azure OpenAI's APIs, and rooms for live translation.
A key goes into \`Authorization: Bearer\` or \`api-key\`, on every address. The name of a deployment is the \`model\`.
Every answer has \`x-request-id\`. Errors have \`{"error": {"message", "type", "param", "code"}}\`.`;

/** The API of this server as an OpenAPI 3.1 document. */
export function apiDocument(serverUrl: string): ApiDocument {
  return {
    openapi: "3.1.0",
    info: {
      title: "Tandem",
      version: "1",
      description: DESCRIPTION,
      license: { name: "Apache License 2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: serverUrl }],
    tags: [
      { name: "Models", description: "Calls to deployments, and the list of them." },
      { name: "Files", description: "Files of the key's project, for batches." },
      { name: "Batches", description: "Many calls at once, made in the background." },
      { name: "Usage", description: "What the organisation used, for keys with the admin scope." },
      { name: "Live rooms", description: "Calls between organisations, translated while they go on." },
      { name: "Server", description: "How the server is." },
    ],
    paths: { ...gatewayPaths(), ...livePaths, ...serverPaths },
    components: {
      schemas: { ...callSchemas, ...resourceSchemas, ...liveSchemas },
      responses: errorResponses,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "A key of `tandem keys create`." },
        apiKey: {
          type: "apiKey",
          in: "header",
          name: "api-key",
          description: "The same key, as Azure's clients send it.",
        },
        roomKey: {
          type: "http",
          scheme: "bearer",
          description: "The room key that the server printed at its first start.",
        },
        sideLink: {
          type: "http",
          scheme: "bearer",
          description: "The secret of a side's link, the part after the #.",
        },
      },
    },
  };
}

const own = (operationId: string, summary: string, type: string, schema?: string): ApiOperation => ({
  operationId,
  summary,
  tags: ["Server"],
  responses: { "200": answer("What was asked for.", type, schema) },
  security: [],
});

const answer = (description: string, type: string, schema?: string): ApiResponse => ({
  description,
  content: { [type]: { schema: schema === undefined ? { type: "string" } : ref(schema) } },
});

const serverPaths: ApiPaths = {
  "/healthz": { get: own("health", "Say that the process serves", "application/json", "Health") },
  "/readyz": {
    get: {
      ...own("readiness", "Say whether calls can be answered, and why not", "application/json", "Readiness"),
      responses: {
        "200": answer("They can.", "application/json", "Readiness"),
        "503": answer("They can't; `checks` has the reasons.", "application/json", "Readiness"),
      },
    },
  },
  "/metrics": {
    get: {
      ...own("metrics", "Counts and times for Prometheus", "text/plain"),
      description:
        "For keys with the admin scope; from the same machine without one, unless a proxy stands in front.",
      security: [{}, { bearer: [] }, { apiKey: [] }],
    },
  },
  "/status": { get: own("statusPage", "A page that says how the deployments are", "text/html") },
  "/status.json": { get: own("status", "The same for programs", "application/json", "Status") },
  "/openapi.json": { get: own("document", "This document", "application/json") },
  "/docs": { get: own("docsPage", "This document as a page", "text/html") },
};
