import { BadRequestError } from "../errors.ts";
import { CATALOGUE, findEntry } from "./catalogue.ts";

/** A choice of model as plain data, as a config file or a command line carries it. Keys are filled in by `apps`. */
export type ModelSetting =
  | { readonly provider: "none" }
  /** A name in the config's `deployments`; `apps` opens it, with the router that all calls share. */
  | { readonly provider: "deployment"; readonly name: string }
  | {
      readonly provider: "embedded";
      /** Catalogue id, or the file's name when `path` is one's own file. */
      readonly model: string;
      /** The GGUF file. Filled in from the cache folder when the catalogue's model is meant. */
      readonly path?: string;
      /** Defaults to what suits the machine. */
      readonly threads?: number;
      /** Defaults to what suits the machine, at most 8,192. */
      readonly contextTokens?: number;
      /** Uses the graphics processor where the installed build can. Defaults to false. */
      readonly gpu?: boolean;
    }
  | {
      readonly provider: "openai";
      readonly model: string;
      readonly apiKey?: string;
      readonly baseUrl?: string;
      readonly contextTokens?: number;
    }
  | {
      readonly provider: "azure";
      readonly deployment: string;
      readonly apiKey?: string;
      /** The resource, for example `https://name.openai.azure.com`, or a v1 base that ends in `/openai/v1`. */
      readonly endpoint?: string;
      /** A dated version such as `2024-10-21` selects deployment URLs; left out, the v1 API is used. */
      readonly apiVersion?: string;
      readonly contextTokens?: number;
    }
  | {
      readonly provider: "openai-compatible";
      readonly model: string;
      readonly baseUrl: string;
      readonly apiKey?: string;
      readonly contextTokens?: number;
      /** False for servers that refuse `response_format: json_schema`. Defaults to true. */
      readonly structuredOutputs?: boolean;
    };

const FORMS =
  "openai:NAME, azure:DEPLOYMENT, http://host/v1#NAME, deployment:NAME, embedded:NAME, a catalogue name, path/to/file.gguf, or none";

/**
 * Reads one line that names a model: `openai:gpt-5-mini`, `azure:deployment`, `http://host/v1#model`,
 * `deployment:writer`, `embedded:smollm2-135m-instruct` or the bare name, `/path/file.gguf`, `none`.
 * Throws `BadRequestError` with the known forms for anything else.
 */
export function parseModelSpec(spec: string): ModelSetting {
  const text = spec.trim();
  if (text.toLowerCase() === "none") return { provider: "none" };
  if (/^https?:\/\//i.test(text)) return compatible(text);
  if (/\.gguf$/i.test(text)) return ownFile(text.replace(/^(embedded|file):/i, ""));
  const [, prefix, rest] = /^([a-z-]+):(.*)$/i.exec(text) ?? [undefined, "embedded", text];
  const name = (rest ?? "").trim();
  if (name === "") throw new BadRequestError(`"${spec}" names no model`, { hint: `write ${FORMS}` });
  switch ((prefix ?? "").toLowerCase()) {
    case "openai":
      return { provider: "openai", model: name };
    case "azure":
      return { provider: "azure", deployment: name };
    case "deployment":
      return { provider: "deployment", name };
    case "embedded":
      return catalogueModel(name);
    default:
      throw new BadRequestError(`"${spec}" is not a model Tandem can name`, { hint: `write ${FORMS}` });
  }
}

function compatible(text: string): ModelSetting {
  const [baseUrl = "", model = ""] = text.split("#", 2);
  if (model === "" || !URL.canParse(baseUrl)) {
    throw new BadRequestError(`"${text}" does not say which model of that server is meant`, {
      hint: "write the name after a #, for example http://localhost:8080/v1#my-model",
    });
  }
  return { provider: "openai-compatible", model, baseUrl };
}

function ownFile(path: string): ModelSetting {
  const fileName = path.split(/[\\/]/).at(-1) ?? path;
  return { provider: "embedded", model: fileName.replace(/\.gguf$/i, ""), path };
}

function catalogueModel(name: string): ModelSetting {
  const entry = findEntry(name);
  if (entry === undefined) {
    throw new BadRequestError(`there is no embedded model "${name}"`, {
      hint: `the catalogue has ${CATALOGUE.map((known) => known.id).join(", ")}; other forms: ${FORMS}`,
    });
  }
  return { provider: "embedded", model: entry.id };
}

/** The line that `parseModelSpec` reads back, without any key. */
export function formatModelSpec(setting: ModelSetting): string {
  switch (setting.provider) {
    case "none":
      return "none";
    case "deployment":
      return `deployment:${setting.name}`;
    case "embedded":
      return setting.path ?? `embedded:${setting.model}`;
    case "openai":
      return `openai:${setting.model}`;
    case "azure":
      return `azure:${setting.deployment}`;
    case "openai-compatible":
      return `${setting.baseUrl}#${setting.model}`;
    default:
      return setting satisfies never;
  }
}
