import type { Deployment } from "../../../models/deployments/types.ts";
import type { Store } from "../../store/open-store.ts";
import { createKey } from "../keys/keys.ts";
import { createProject } from "../keys/projects.ts";
import type { Admission, AdmissionRequest, Refusal, UsedCall } from "../types.ts";
import type { LimitSettings } from "./limit-settings.ts";
import { type AdmissionsOptions, type OpenAdmissions, openAdmissions } from "./open-admissions.ts";

/** A priced deployment: 2 for a million tokens in, 10 out, 1 cached. */
export const paid: Deployment = {
  name: "paid",
  operations: ["chat"],
  targets: [
    { id: "one", provider: "openai", model: "m", price: { input: 2, output: 10, cachedInput: 1 } },
    { id: "cheap", provider: "openai", model: "s", price: { input: 0.15, output: 0.6 } },
  ],
};
export const free: Deployment = { name: "free", operations: ["chat"], targets: [] };

/** A clock that only a test moves. */
export function testClock(start: string): { now: () => number; move: (milliseconds: number) => void } {
  let time = Date.parse(start);
  return {
    now: () => time,
    move: (milliseconds) => {
      time += milliseconds;
    },
  };
}

export const deploymentsOf = (...all: readonly Deployment[]): AdmissionsOptions["deployments"] => ({
  find: (name) => all.find((each) => each.name === name),
});

export type TestGateway = {
  readonly admissions: OpenAdmissions;
  readonly secret: string;
  readonly keyId: string;
  readonly projectId: string;
  readonly ask: (request?: Partial<AdmissionRequest>) => Promise<Admission | Refusal>;
};

/** One project and key with these limits, and admissions over them. */
export async function testGateway(
  store: Store,
  {
    key,
    project,
    options,
    name = "test",
  }: {
    readonly key?: LimitSettings;
    readonly project?: LimitSettings;
    readonly options?: Partial<AdmissionsOptions>;
    readonly name?: string;
  } = {},
): Promise<TestGateway> {
  const now = new Date(options?.now?.() ?? Date.now());
  const made = await createProject(store, { name, now, ...(project && { limits: project }) });
  const created = await createKey(store, { project: name, name: "a key", now, ...(key && { limits: key }) });
  const admissions = await openAdmissions(store, { deployments: deploymentsOf(paid, free), ...options });
  const request: AdmissionRequest = { secret: created.secret, operation: "chat", deployment: "paid" };
  return {
    admissions,
    secret: created.secret,
    keyId: created.key.id,
    projectId: made.id,
    ask: async (more) => admissions.admit({ ...request, ...more }),
  };
}

export function used(inputTokens: number, outputTokens: number, more: Partial<UsedCall> = {}): UsedCall {
  const usage = { inputTokens, outputTokens };
  return { usage, target: "one", status: 200, milliseconds: 12, isEstimate: false, ...more };
}
