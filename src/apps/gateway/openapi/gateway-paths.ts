import type { JsonSchema } from "../../../json.ts";
import { operationWords, type PathShape } from "../wire/read-path.ts";
import type {
  ApiContent,
  ApiMethod,
  ApiOperation,
  ApiParameter,
  ApiPaths,
  ApiResponse,
} from "./document-types.ts";
import { type DescribedOperation, describedOperations } from "./gateway-operations.ts";
import { ref, text } from "./schema-parts.ts";

/** One address of an operation, in one of the shapes that callers use. */
type Address = { readonly shape: PathShape; readonly path: string; readonly suffix: string };

const KEY: ApiOperation["security"] = [{ bearer: [] }, { apiKey: [] }];

/** Every address of the gateway with what is served there, in OpenAI's and both of Azure's shapes. */
export function gatewayPaths(): ApiPaths {
  const paths: { [path: string]: { [method in ApiMethod]?: ApiOperation } } = {};
  for (const described of describedOperations) {
    for (const address of addressesOf(described)) {
      paths[address.path] = { ...paths[address.path], [described.method]: operationAt(described, address) };
    }
  }
  return paths;
}

function addressesOf({
  operation,
  path: more = "",
  isCall,
  isOpenaiOnly,
  isOfDeployment,
}: DescribedOperation): Address[] {
  const words = `${operationWords(operation)}${more}`;
  const openai: Address = { shape: "openai", path: `/v1/${words}`, suffix: "" };
  if (isOpenaiOnly === true) return [openai];
  const byDeployment: Address = {
    shape: "azure-dated",
    path: `/openai/deployments/{deployment}/${words}`,
    suffix: "OfAzureDeployment",
  };
  return [
    openai,
    { shape: "azure-v1", path: `/openai/v1/${words}`, suffix: "OfAzureV1" },
    ...(isCall === true || isOfDeployment === true ? [byDeployment] : []),
    { shape: "azure-dated", path: `/openai/${words}`, suffix: "OfAzure" },
  ];
}

function operationAt(described: DescribedOperation, { shape, path, suffix }: Address): ApiOperation {
  const { id, summary, description, tag, isCall, request } = described;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const parameters: ApiParameter[] = [
    ...names.map((name) => pathParameter(name)),
    ...(described.query ?? []).map(([name, schema, isNeeded]) => queryParameter(name, schema, isNeeded)),
    ...(shape === "openai" ? [] : [apiVersion(shape)]),
  ];
  const notes = [
    description,
    isCall === true && described.stream !== undefined ? described.stream : undefined,
  ];
  const words = notes.filter((each) => each !== undefined).join(" ");
  return {
    operationId: `${id}${suffix}`,
    summary,
    ...(words === "" ? {} : { description: words }),
    tags: [tag],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request === undefined ? {} : { requestBody: { required: true, content: requestContent(request) } }),
    responses: responsesOf(described, shape),
    security: KEY,
    ...(suffix === "" ? {} : { "x-tandem-same-as": id }),
  };
}

function requestContent({ schema, type }: NonNullable<DescribedOperation["request"]>): ApiContent {
  return { [type ?? "application/json"]: { schema: ref(schema) } };
}

function responsesOf(
  { method, answer, stream, isCall, operation, path = "" }: DescribedOperation,
  shape: PathShape,
): ApiOperation["responses"] {
  const content: ApiContent = {
    ...(answer.schema === undefined ? {} : { "application/json": { schema: ref(answer.schema) } }),
    ...(answer.type === undefined ? {} : { [answer.type]: { schema: { type: "string" } } }),
    ...(stream === undefined
      ? {}
      : { "text/event-stream": { schema: text("One event a part of the answer.") } }),
  };
  const isAzure = shape !== "openai";
  const isCreation =
    isAzure && method === "post" && path === "" && (operation === "files" || operation === "batches");
  const isBare = shape === "azure-dated" && method === "delete";
  const good: ApiResponse = isBare
    ? { description: "Done; there is no body." }
    : {
        description: answer.says,
        headers: answerHeaders(isCall),
        ...(Object.keys(content).length > 0 && { content }),
      };
  return {
    [isBare ? "204" : isCreation ? "201" : "200"]: good,
    "400": { $ref: "#/components/responses/BadRequest" },
    "401": { $ref: "#/components/responses/BadKey" },
    "403": { $ref: "#/components/responses/NotPermitted" },
    "404": { $ref: "#/components/responses/NotFound" },
    ...(isCall === true
      ? {
          "429": { $ref: "#/components/responses/OverLimit" },
          "502": { $ref: "#/components/responses/ProviderFailed" },
          "503": { $ref: "#/components/responses/Unavailable" },
        }
      : {}),
  };
}

type Headers = { readonly [name: string]: { readonly description: string; readonly schema: JsonSchema } };

function answerHeaders(isCall: boolean | undefined): Headers {
  const id = { description: "Names this request in the log.", schema: text() };
  const rate = (description: string) => ({ description, schema: text() });
  return {
    "x-request-id": id,
    ...(isCall === true
      ? {
          "x-ratelimit-remaining-requests": rate("Where a limit of requests a minute is set."),
          "x-ratelimit-remaining-tokens": rate("Where a limit of tokens a minute is set."),
        }
      : {}),
  };
}

function pathParameter(name: string): ApiParameter {
  return { name, in: "path", required: true, schema: text() };
}

function queryParameter(name: string, schema: JsonSchema, isNeeded = false): ApiParameter {
  return { name, in: "query", ...(isNeeded ? { required: true } : {}), schema };
}

function apiVersion(shape: PathShape): ApiParameter {
  const isDated = shape === "azure-dated";
  const description = isDated ? "Any dated version; all are served alike." : "May be left out.";
  return {
    name: "api-version",
    in: "query",
    description,
    ...(isDated ? { required: true } : {}),
    schema: text(),
  };
}

/** Answers of every part of the API that are errors. */
export const errorResponses: Readonly<Record<string, ApiResponse>> = Object.fromEntries(
  (
    [
      ["BadRequest", "The request can't be served as it is; `param` names what is wrong."],
      ["BadKey", "The key is missing, unknown, revoked or expired."],
      ["NotPermitted", "The key may not do this: `tandem keys` sets what it may."],
      ["NotFound", "There is no such deployment, file, batch or address."],
      [
        "OverLimit",
        "A limit or a budget is used up; `retry-after` and `retry-after-ms` say when to try again.",
      ],
      ["ProviderFailed", "Every target that may be asked was asked, and none could answer."],
      ["Unavailable", "No target of the deployment can be asked now."],
    ] as const
  ).map(([name, description]) => [
    name,
    { description, content: { "application/json": { schema: ref("Error") } } },
  ]),
);
