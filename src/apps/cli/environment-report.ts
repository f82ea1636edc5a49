import type { Environment } from "../model-config.ts";

/** Variables that Tandem reads, besides those of providers and of OpenTelemetry. */
const KNOWN: ReadonlySet<string> = new Set([
  "TANDEM_API_KEY",
  "TANDEM_CACHE",
  "TANDEM_CONFIG",
  "TANDEM_CORS_ORIGINS",
  "TANDEM_CURRENCY",
  "TANDEM_DATA",
  "TANDEM_DEBUG",
  "TANDEM_DEPLOYMENTS",
  "TANDEM_EXCHANGE_RATES",
  "TANDEM_MODEL",
  "TANDEM_PUBLIC_URL",
  "TANDEM_ROOM_KEY",
  "TANDEM_SERVER",
  "TANDEM_SPEECH",
  "TANDEM_SPEECH_KEY",
  "TANDEM_STATUS",
  "TANDEM_STORE",
  "TANDEM_TRANSLATION_ENGINE",
]);

const SHOWN = /^(TANDEM_|OPENAI_|AZURE_OPENAI_|OTEL_|HTTPS?_PROXY$|NO_PROXY$)/i;
const SECRET = /KEY|TOKEN|SECRET|PASSWORD|HEADERS/i;

/** The variables that are set, one a line: keys only as set, addresses without names and passwords, JSON by its length. */
export function environmentReport(env: Environment): readonly string[] {
  return Object.entries(env)
    .filter(([name, value]) => SHOWN.test(name) && value !== undefined && value !== "")
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${shown(name, value!)}`);
}

/** Names that begin with TANDEM_ and mean nothing: most likely a slip. */
export function unknownVariables(env: Environment): readonly string[] {
  return Object.keys(env).filter((name) => name.startsWith("TANDEM_") && !KNOWN.has(name));
}

function shown(name: string, value: string): string {
  if (SECRET.test(name)) return "(set)";
  if (/^\s*[{[]/.test(value)) return `(JSON, ${value.length} characters)`;
  return value
    .replace(/\/\/\S*@/g, "//(hidden)@")
    .replace(/([?&][^=&\s]*(?:key|token|secret|password|sig)[^=&\s]*=)[^&\s]*/gi, "$1(hidden)");
}
