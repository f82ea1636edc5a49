import { type Html, html } from "../../server/pages/html.ts";
import { page } from "../../server/pages/page.ts";
import type { ApiDocument, ApiMethod, ApiOperation } from "../openapi/document-types.ts";
import { connectSection } from "./connect-section.ts";
import { markedText } from "./marked-text.ts";
import { schemaTable } from "./schema-table.ts";

type Served = { readonly path: string; readonly method: ApiMethod; readonly operation: ApiOperation };

/** The API's reference, and how to connect a program, as one page. */
export function docsPage(document: ApiDocument): string {
  const served = servedOf(document);
  const main = served.filter(({ operation }) => operation["x-tandem-same-as"] === undefined);
  const url = document.servers[0]?.url ?? "";
  const body = html`
<h1>API</h1>
<p>Language models behind <code>${url}</code>, in the shapes of OpenAI's and Azure OpenAI's APIs.
This page needs nothing from elsewhere; the same as an OpenAPI 3.1 document: <a href="/openapi.json">openapi.json</a>.</p>
<nav aria-label="On this page"><ul>
<li><a href="#connect">Connect your app</a></li><li><a href="#rules">Rules of every call</a></li>
${document.tags.map(({ name }) => html`<li><a href="#${anchor(name)}">${name}</a></li>`)}
</ul></nav>
${connectSection(url)}
${rules}
${document.tags.map(({ name, description }) => {
  const inside = main.filter(({ operation }) => operation.tags.includes(name));
  return html`<h2 id="${anchor(name)}">${name}</h2><p>${description}</p>
${inside.map((each) => operationPart(each, served, document))}`;
})}`;
  return page({ title: "API", at: "/docs", body });
}

const rules: Html = html`<h2 id="rules">Rules of every call</h2>
<ul>
<li><strong>Key.</strong> <code>Authorization: Bearer KEY</code> or <code>api-key: KEY</code>, either on every address. <code>tandem keys create NAME</code> makes one.</li>
<li><strong>Model.</strong> The name of a deployment; <code>GET /v1/models</code> lists those that the key may use.</li>
<li><strong>Errors</strong> are <code>{"error": {"message", "type", "param", "code"}}</code>. 401 the key; 403 not with this key; 404 no such deployment;
429 <code>rate_limit_exceeded</code> (try again after <code>retry-after-ms</code>) or <code>insufficient_quota</code> (a budget is used up); 502 no target could answer; 503 none can be asked now.</li>
<li><strong>Streams</strong> are server-sent events. Only before the first one may a call go to another target; an answer that breaks off later ends with an
event that has an <code>error</code> and no <code>[DONE]</code>.</li>
<li><strong>Request id.</strong> <code>x-request-id</code> is on every answer and in the server's log.</li>
<li><strong>Azure's addresses</strong> are <code>/openai/deployments/NAME/…?api-version=</code> and <code>/openai/v1/…</code>. Keys, limits and
policies hold on all of them alike.</li>
</ul>`;

function servedOf({ paths }: ApiDocument): Served[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    (Object.entries(methods) as [ApiMethod, ApiOperation][]).map(([method, operation]) => ({
      path,
      method,
      operation,
    })),
  );
}

function operationPart(
  { path, method, operation }: Served,
  served: readonly Served[],
  document: ApiDocument,
): Html {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const also = served.filter((each) => each.operation["x-tandem-same-as"] === operationId);
  const request = Object.entries(requestBody?.content ?? {});
  return html`<details class="operation" id="${operationId}">
<summary><span class="verb">${method.toUpperCase()}</span> <code>${path}</code> ${summary}</summary>
${description !== undefined && html`<p>${markedText(description)}</p>`}
${also.length > 0 && html`<p class="small">Also at ${also.map((each, index) => html`${index > 0 && ", "}<code>${each.path}</code>`)}</p>`}
${
  parameters.length > 0 &&
  html`<h3>Parameters</h3><ul class="small">${parameters.map(
    (each) =>
      html`<li><code>${each.name}</code> in the ${each.in}${each.required === true && ", needed"}. ${each.description ?? String(each.schema.description ?? "")}</li>`,
  )}</ul>`
}
${request.map(([type, { schema }]) => html`<h3>Request <span class="soft small">${type}</span></h3>${schemaTable(schema, document, "needed")}`)}
<h3>Answers</h3><ul class="small">${Object.entries(responses).map(
    ([status, answer]) =>
      html`<li><strong>${status}</strong> ${markedText(describedBy(answer, document))}</li>`,
  )}</ul>
${Object.entries(responses).map(([status, answer]) => {
  const schema = "content" in answer ? answer.content?.["application/json"]?.schema : undefined;
  return (
    schema !== undefined &&
    status.startsWith("2") &&
    html`<h3>Body of ${status}</h3>${schemaTable(schema, document, "always")}`
  );
})}
</details>`;
}

function describedBy(answer: ApiOperation["responses"][string], document: ApiDocument): string {
  if ("description" in answer) return answer.description;
  const named = document.components.responses[answer.$ref.replace("#/components/responses/", "")];
  return named !== undefined && "description" in named ? named.description : "";
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(" ", "-");
}
