import path from "node:path";
import { exitCodes } from "./exit-code.ts";
import { printableLine } from "./printable.ts";
import type { Terminal } from "./terminal.ts";
import { textTable } from "./text-table.ts";
import { wrapText } from "./wrap-text.ts";

/** What the doctor asks the machine. Sizes are in bytes. */
export type MachineProbe = {
  readonly nodeVersion: string;
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cores: number;
  readonly availableMemory: number;
  readonly cacheFolder: string;
  /** The file that keys, usage and jobs of `tandem serve` are kept in, or the address of its database. */
  readonly storePlace: string;
  /** Ids of the catalogue's models that are complete in the cache folder. */
  readonly cachedModels: () => Promise<readonly string[]>;
  /** The catalogue's model for that much free memory. */
  readonly suggestedModel: (freeMemory: number) => string;
  /** True when the module can be imported from here. */
  readonly hasModule: (name: string) => boolean;
  /** The first line a program prints; undefined when it is not there or fails. */
  readonly firstLine: (program: string, args: readonly string[]) => Promise<string | undefined>;
  /** Free bytes of the disk that holds, or would hold, the folder; undefined when nobody says. */
  readonly freeDisk: (folder: string) => Promise<number | undefined>;
  /** True when files can be made in the folder, or the folder itself can. */
  readonly canWrite: (folder: string) => Promise<boolean>;
  /** Number of font files in the system's usual folders. */
  readonly fontFiles: () => Promise<number>;
};

/** One thing the doctor looked at. `missing` is required or useful and not there; `advice` says what to do. */
export type Finding = {
  readonly id: string;
  readonly status: "ok" | "warn" | "missing";
  readonly title: string;
  readonly detail: string;
  readonly advice?: string;
  /** True when Tandem does not work without it. */
  readonly isRequired: boolean;
};

const MB = 1_000_000;
const GB = 1_000 * MB;
const WANTED_NODE = 24;

/** What works on this machine, and what to do about the rest. Keys are looked for and never shown. */
export async function inspectMachine(probe: MachineProbe): Promise<Finding[]> {
  return [
    node(probe),
    await cacheFolder(probe),
    await store(probe),
    await disk(probe),
    memory(probe),
    engine(probe),
    await embeddedModel(probe),
    ...providers(probe),
    await python(probe),
    await libreOffice(probe),
    await fonts(probe),
  ];
}

function node({ nodeVersion }: MachineProbe): Finding {
  const start = { id: "node", title: "Node", detail: nodeVersion, isRequired: true } as const;
  if (Number.parseInt(nodeVersion.replace(/^v/, ""), 10) >= WANTED_NODE) return { ...start, status: "ok" };
  return { ...start, status: "missing", advice: `install Node ${WANTED_NODE} or newer` };
}

async function cacheFolder({ cacheFolder: folder, canWrite }: MachineProbe): Promise<Finding> {
  const start = { id: "cache", title: "cache folder", detail: folder, isRequired: false } as const;
  if (await canWrite(folder)) return { ...start, status: "ok" };
  return { ...start, status: "warn", advice: "it cannot be written: set TANDEM_CACHE to a folder that can" };
}

async function store({ storePlace, canWrite }: MachineProbe): Promise<Finding> {
  const isFile = !/^[a-z][a-z0-9+.-]+:\/\//i.test(storePlace);
  const detail = isFile ? storePlace : `${storePlace.slice(0, storePlace.indexOf("://"))} (TANDEM_STORE)`;
  const start = { id: "store", title: "store of tandem serve", detail, isRequired: false } as const;
  if (!isFile || (await canWrite(path.dirname(storePlace)))) return { ...start, status: "ok" };
  return { ...start, status: "warn", advice: "it cannot be written: set TANDEM_DATA to a folder that can" };
}

async function disk({ cacheFolder: folder, freeDisk }: MachineProbe): Promise<Finding> {
  const free = await freeDisk(folder);
  const start = {
    id: "disk",
    title: "free disk",
    detail: free === undefined ? "unknown" : size(free),
    isRequired: false,
  };
  if (free === undefined || free >= GB) return { ...start, status: "ok" };
  return {
    ...start,
    status: "warn",
    advice: "models need 0.1 to 22 GB: make room, or move the cache with TANDEM_CACHE",
  };
}

function memory({ availableMemory, cores }: MachineProbe): Finding {
  const detail = `${size(availableMemory)}, ${cores} ${cores === 1 ? "core" : "cores"}`;
  const start = { id: "memory", title: "free memory", detail, isRequired: false } as const;
  if (availableMemory >= 500 * MB) return { ...start, status: "ok" };
  return {
    ...start,
    status: "warn",
    advice: "too little for an embedded model: use a provider or close programs",
  };
}

function engine({ hasModule }: MachineProbe): Finding {
  const start = { id: "engine", title: "embedded engine", isRequired: false } as const;
  if (hasModule("node-llama-cpp")) return { ...start, status: "ok", detail: "node-llama-cpp is installed" };
  const advice = "for models on this machine: npm install node-llama-cpp@3.21.1";
  return { ...start, status: "missing", detail: "node-llama-cpp is not installed", advice };
}

async function embeddedModel(probe: MachineProbe): Promise<Finding> {
  const cached = await probe.cachedModels();
  const suggested = probe.suggestedModel(probe.availableMemory);
  const start = { id: "model", title: "embedded model", isRequired: false } as const;
  if (cached.length > 0) {
    const isBest = cached.includes(suggested);
    const advice = `this machine could run ${suggested}: tandem models pull ${suggested}`;
    return { ...start, status: "ok", detail: cached.join(", "), ...(isBest ? {} : { advice }) };
  }
  const advice = `fetch the smallest: tandem models pull (100 MB); this machine could run ${suggested}`;
  return { ...start, status: "missing", detail: "none in the cache folder", advice };
}

function providers({ env }: MachineProbe): Finding[] {
  const isSet = (name: string): boolean => (env[name] ?? "") !== "";
  const chosen: Finding[] = isSet("TANDEM_MODEL")
    ? [
        {
          id: "choice",
          title: "TANDEM_MODEL",
          status: "ok",
          detail: withoutSecrets(env.TANDEM_MODEL!),
          isRequired: false,
        },
      ]
    : [];
  const openai: Finding = isSet("OPENAI_API_KEY")
    ? { id: "openai", title: "OpenAI", status: "ok", detail: "a key is set", isRequired: false }
    : {
        id: "openai",
        title: "OpenAI",
        status: "missing",
        detail: "no key",
        advice: "optional: set OPENAI_API_KEY",
        isRequired: false,
      };
  const missing = ["AZURE_OPENAI_API_KEY", "AZURE_OPENAI_ENDPOINT"].filter((name) => !isSet(name));
  const azure = { id: "azure", title: "Azure OpenAI", isRequired: false } as const;
  if (missing.length === 0)
    return [...chosen, openai, { ...azure, status: "ok", detail: "a key and an endpoint are set" }];
  const advice = `${missing.length === 2 ? "optional: " : ""}set ${missing.join(" and ")}`;
  const detail = missing.length === 2 ? "no key" : `${missing[0]} is not set`;
  return [...chosen, openai, { ...azure, status: missing.length === 2 ? "missing" : "warn", detail, advice }];
}

async function python({ firstLine, platform }: MachineProbe): Promise<Finding> {
  const program = platform === "win32" ? "python" : "python3";
  const version = await firstLine(program, ["-m", "pip", "--version"]);
  const start = { id: "python", title: "Python and pip", isRequired: false } as const;
  if (version !== undefined) return { ...start, status: "ok", detail: version.replace(/ from .* \(/, " (") };
  const advice = "optional: a second way to fetch the smallest model; install Python 3 with pip";
  return { ...start, status: "missing", detail: `${program} -m pip does not run`, advice };
}

async function libreOffice({ firstLine }: MachineProbe): Promise<Finding> {
  const start = { id: "libreoffice", title: "LibreOffice", isRequired: false } as const;
  for (const program of ["soffice", "libreoffice"]) {
    const version = await firstLine(program, ["--version"]);
    if (version !== undefined) return { ...start, status: "ok", detail: version };
  }
  return {
    ...start,
    status: "missing",
    detail: "not found",
    advice: "optional: only to look at pages without Word",
  };
}

async function fonts({ fontFiles }: MachineProbe): Promise<Finding> {
  const number = await fontFiles();
  const start = {
    id: "fonts",
    title: "fonts",
    detail: number === 0 ? "none found" : `${number} files`,
    isRequired: false,
  };
  if (number > 0) return { ...start, status: "ok" };
  return {
    ...start,
    status: "warn",
    advice: "pages look wrong without fonts: install some, such as Liberation or Noto",
  };
}

/** Prints the findings and gives the exit code: 1 when something required is missing. */
export function printFindings(terminal: Terminal, findings: readonly Finding[], json: boolean): number {
  const isWorking = !findings.some((finding) => finding.isRequired && finding.status === "missing");
  if (json) {
    terminal.printJson({ command: "doctor", works: isWorking, findings });
  } else {
    const { paint, width } = terminal;
    const rows = textTable(findings.map(({ status, title }) => [status, title, ""]));
    findings.forEach((finding, index) => {
      const format = finding.status === "ok" ? "green" : finding.isRequired ? "red" : "yellow";
      const row = rows[index]!.padEnd(Math.max(...rows.map((each) => each.length)));
      const head = paint(format, row.slice(0, finding.status.length)) + row.slice(finding.status.length);
      const indent = " ".repeat(row.length + 2);
      const [first = "", ...rest] = wrapText([{ text: printableLine(finding.detail) }], {
        width,
        indent,
        paint,
      });
      terminal.print([`${head}  ${first.trimStart()}`, ...rest].join("\n"));
      if (finding.advice !== undefined) {
        terminal.print(wrapText([{ text: `-> ${finding.advice}` }], { width, indent, paint }).join("\n"));
      }
    });
    terminal.print("");
    terminal.print(wrapText([{ text: summary(findings, isWorking) }], { width, paint }).join("\n"));
  }
  return isWorking ? exitCodes.done : exitCodes.failed;
}

function summary(findings: readonly Finding[], isWorking: boolean): string {
  if (!isWorking) return "Tandem does not work here yet: see the lines that say missing.";
  const has = (id: string): boolean =>
    findings.some((finding) => finding.id === id && finding.status === "ok");
  const hasModel = (has("engine") && has("model")) || has("openai") || has("azure") || has("choice");
  if (hasModel) return "Everything that is needed is there.";
  return "There is no model yet. Without one these work: review, edit --changes, and minutes in the call's own words. For more, see the lines that say missing.";
}

/** An address may carry a name and password. */
function withoutSecrets(text: string): string {
  return text.replace(/\/\/[^/@]*@/, "//");
}

function size(bytes: number): string {
  return bytes >= GB ? `${(bytes / GB).toFixed(1)} GB` : `${Math.round(bytes / MB)} MB`;
}
