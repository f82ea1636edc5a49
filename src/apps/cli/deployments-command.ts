import os from "node:os";
import type { Command } from "commander";
import type { MissingKey } from "../../models/deployments/parse-deployments.ts";
import { isLocalTarget } from "../../models/deployments/permitted-targets.ts";
import type { OpenTarget } from "../../models/deployments/routed-model.ts";
import type { Deployment, Target } from "../../models/deployments/types.ts";
import { defaultCacheFolder } from "../../models/llama/cache-folder.ts";
import { readDeployments, targetOpener } from "../deployments-config.ts";
import { readModelConfigs } from "../model-config.ts";
import { addCommonOptions, addExamples, type CommandHost, type CommonOptions } from "./command-host.ts";
import { exitCodes } from "./exit-code.ts";
import { openTerminal, type Terminal } from "./terminal.ts";
import { counted, textTable } from "./text-table.ts";

type DeploymentsOptions = CommonOptions & { readonly check?: boolean };

type TargetReport = {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly baseUrl: string | null;
  readonly order: number;
  readonly weight: number;
  readonly isLocal: boolean;
  readonly region: string | null;
  /** Only a server knows its breakers. */
  readonly state: "unknown" | "answers" | "fails";
  readonly missingKey: string | null;
  readonly milliseconds?: number;
  readonly problem?: string;
  readonly hint?: string;
};

type DeploymentReport = {
  readonly name: string;
  readonly operations: readonly string[];
  readonly dataPolicy: string;
  readonly filterPolicy: string;
  readonly targets: readonly TargetReport[];
};

/** Adds `tandem deployments`. */
export function addDeploymentsCommand(program: Command, host: CommandHost): void {
  const command = program
    .command("deployments")
    .summary("list the deployments of the config and where their calls go")
    .description(
      "List the deployments of tandem.config.json, the user's config and TANDEM_DEPLOYMENTS, with the targets that their calls go to.",
    )
    .option("--check", "make one tiny call to each target; providers may charge for it");
  addExamples(addCommonOptions(command), [
    ["tandem deployments", "names, targets, what may leave the machine"],
    ["tandem deployments --check", "one tiny call to each target"],
    ["tandem edit report.docx 'shorten section 2' --model deployment:writer", "use one"],
  ]);
  command.action(async (options: DeploymentsOptions) => {
    const { io, finish } = host;
    const terminal = openTerminal(io, options);
    const configs = await readModelConfigs(io.cwd, io.env);
    const { deployments, missingKeys } = await readDeployments(configs, io.env);
    const open = targetOpener(defaultCacheFolder(io.env, process.platform, os.homedir()));
    const reports: DeploymentReport[] = [];
    for (const deployment of deployments) {
      reports.push(
        await reportOf(deployment, missingKeys, async (target) => {
          if (options.check !== true) return { state: "unknown" };
          terminal.progress(`asking ${deployment.name} / ${target.id}`);
          return tryTarget(target, open, io.signal);
        }),
      );
    }
    terminal.endProgress();
    if (options.json === true) terminal.printJson({ deployments: reports });
    else print(terminal, reports);
    const hasFailure = reports.some(({ targets }) => targets.some(({ state }) => state === "fails"));
    finish(hasFailure ? exitCodes.model : exitCodes.done);
  });
}

type Trial = Pick<TargetReport, "state" | "milliseconds" | "problem" | "hint">;

async function reportOf(
  deployment: Deployment,
  missingKeys: readonly MissingKey[],
  trial: (target: Target) => Promise<Trial>,
): Promise<DeploymentReport> {
  const targets: TargetReport[] = [];
  for (const target of deployment.targets) {
    const missing = missingKeys.find(
      (each) => each.deployment === deployment.name && each.target === target.id,
    );
    targets.push({
      id: target.id,
      provider: target.provider,
      model: target.model,
      baseUrl: target.baseUrl ?? null,
      order: target.order ?? 0,
      weight: target.weight ?? 1,
      isLocal: isLocalTarget(target),
      region: target.region ?? null,
      missingKey: missing?.variable ?? null,
      ...(await trial(target)),
    });
  }
  const { name, operations, dataPolicy = "any", filterPolicy = "off" } = deployment;
  return { name, operations, dataPolicy, filterPolicy, targets };
}

async function tryTarget(target: Target, open: OpenTarget, signal: AbortSignal): Promise<Trial> {
  const started = performance.now();
  try {
    await using model = await open(target);
    await model.generate({
      messages: [{ role: "user", content: "Answer with the word OK." }],
      maxTokens: 16,
      signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
    });
    return { state: "answers", milliseconds: Math.round(performance.now() - started) };
  } catch (error) {
    signal.throwIfAborted();
    const problem = error instanceof Error ? error.message : String(error);
    const { hint } = error as { hint?: unknown };
    return { state: "fails", problem, ...(typeof hint === "string" ? { hint } : {}) };
  }
}

function print(terminal: Terminal, reports: readonly DeploymentReport[]): void {
  if (reports.length === 0) {
    terminal.print("No deployment is configured. docs/deployments.md has an example for tandem.config.json.");
    return;
  }
  for (const { name, operations, dataPolicy, targets } of reports) {
    const policy = dataPolicy === "any" ? "" : `, data policy ${dataPolicy}`;
    terminal.print(
      `${terminal.paint("bold", name)}  ${operations.join(", ")}; ${counted(targets.length, "target")}${policy}`,
    );
    const rows = targets.map((target) => [
      `  ${target.id}`,
      `${target.provider}:${target.model}`,
      `order ${target.order}, weight ${target.weight}`,
      target.isLocal ? "local" : (target.region ?? target.baseUrl ?? ""),
      stateOf(target),
    ]);
    for (const line of textTable(rows)) terminal.print(line);
  }
}

function stateOf(target: TargetReport): string {
  if (target.state === "answers") return `answers in ${target.milliseconds} ms`;
  if (target.state === "fails") return `fails: ${target.problem}`;
  return target.missingKey === null ? "" : `${target.missingKey} is not set`;
}
