import { type Html, html } from "../../server/pages/html.ts";

/** How to connect a program: an example for each client, to copy. */
export function connectSection(url: string): Html {
  return html`<h2 id="connect">Connect your app</h2>
<p>Put a key into <code>TANDEM_KEY</code> and the name of a deployment where <code>NAME</code> stands.</p>
${examples(url).map(
  ([title, note, code]) => html`<h3>${title}</h3>
${note !== "" && html`<p class="small">${note}</p>`}<pre tabindex="0" aria-label="${title}"><code>${code}</code></pre>`,
)}`;
}

type Example = readonly [title: string, note: string, code: string];

function examples(url: string): Example[] {
  return [
    [
      "curl",
      "",
      `curl ${url}/v1/chat/completions \\
  -H "Authorization: Bearer $TANDEM_KEY" -H "Content-Type: application/json" \\
  -d '{"model": "NAME", "messages": [{"role": "user", "content": "Good morning"}]}'`,
    ],
    [
      "OpenAI SDK, JavaScript",
      "",
      `import OpenAI from "openai";
const client = new OpenAI({ baseURL: "${url}/v1", apiKey: process.env.TANDEM_KEY });
const stream = await client.chat.completions.create({
  model: "NAME", stream: true, messages: [{ role: "user", content: "Good morning" }],
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? "");`,
    ],
    [
      "OpenAI SDK, Python",
      "Programs that only read the environment: OPENAI_BASE_URL and OPENAI_API_KEY are enough.",
      `import os
from openai import OpenAI
client = OpenAI(base_url="${url}/v1", api_key=os.environ["TANDEM_KEY"])
answer = client.chat.completions.create(model="NAME", messages=[{"role": "user", "content": "Good morning"}])
print(answer.choices[0].message.content)`,
    ],
    [
      "Azure SDK",
      "The endpoint is this server; any dated api-version is served.",
      `import { AzureOpenAI } from "openai";
const client = new AzureOpenAI({
  endpoint: "${url}", apiKey: process.env.TANDEM_KEY, apiVersion: "2024-10-21", deployment: "NAME",
});
const answer = await client.chat.completions.create({
  model: "NAME", messages: [{ role: "user", content: "Good morning" }],
});`,
    ],
    [
      "LangChain",
      "",
      `from langchain_openai import ChatOpenAI, AzureChatOpenAI
model = ChatOpenAI(model="NAME", base_url="${url}/v1", api_key=os.environ["TANDEM_KEY"])
same = AzureChatOpenAI(azure_deployment="NAME", azure_endpoint="${url}",
                       api_version="2024-10-21", api_key=os.environ["TANDEM_KEY"])`,
    ],
    [
      "ONLYOFFICE",
      "AI plugin, settings, add a model. The document server's address must be in TANDEM_CORS_ORIGINS of this server, because its pages call from the browser.",
      `Provider:  OpenAI (or a custom one of its kind)
URL:       ${url}
Key:       the key
Model:     NAME`,
    ],
  ];
}
