import {
  isLocalTarget,
  permittedTargets,
  strictestPolicy,
} from "../../../models/deployments/permitted-targets.ts";
import type { DataPolicy, Deployment, Operation, Target } from "../../../models/deployments/types.ts";
import {
  type FilterVerdict,
  isBlocked,
  type PromptFilterResult,
  promptFilterResults,
  worstVerdicts,
} from "../../../models/safety/filter-annotations.ts";
import { type MaskSession, maskSession } from "../../../models/safety/mask-text.ts";
import type { Gateway } from "../gateway.ts";
import type { Call } from "../read-call.ts";
import type { Caller } from "../types.ts";
import type { CallerResponse } from "../upstream/caller-response.ts";
import { WireError } from "../wire/wire-error.ts";
import { type AnswerTransform, inOrder } from "./answer-transform.ts";
import { defangAnswer } from "./defang-answer.ts";
import { filterAnswer } from "./filter-answer.ts";
import { type Judge, judgeCall } from "./judge-call.ts";
import { type MaskedCall, maskCall } from "./mask-call.ts";
import { PolicyResponse } from "./policy-response.ts";
import { promptTexts } from "./prompt-texts.ts";
import { recordingSend } from "./recording-send.ts";
import { rememberAnswer } from "./remember-answer.ts";
import { unmaskAnswer } from "./unmask-answer.ts";

/** What the policies make of one call, decided before it is sent anywhere. */
export type CallPolicy = {
  readonly dataPolicy: DataPolicy;
  /** What the router is told: `local-only` too where a call can't be masked. */
  readonly routing: DataPolicy;
  /** The call as it may go to the target, and how many values were replaced in it; undefined where it goes as it is. */
  readonly callFor: (target: Target) => { readonly call: Call; readonly masked: number } | undefined;
  /** The caller's response behind the policies; undefined where the answer passes untouched. */
  readonly responseFor: (target: Target, response: CallerResponse) => PolicyResponse | undefined;
};

/** Their answers are texts of a model. */
const WRITING: ReadonlySet<Operation> = new Set(["chat", "responses", "completions"]);

/** Where no policy holds, calls and answers pass as they are. */
const UNTOUCHED: CallPolicy = {
  dataPolicy: "any",
  routing: "any",
  callFor: () => undefined,
  responseFor: () => undefined,
};

/** Reads the policies that hold for a call. Throws `WireError` 403 `data_policy` or 400 `content_filter` for a refused one. */
export function openCallPolicy(
  call: Call,
  deployment: Deployment,
  caller: Caller,
  gateway: Gateway,
): CallPolicy | Promise<CallPolicy> {
  const dataPolicy = strictestPolicy(deployment.dataPolicy, call.dataPolicy);
  const { filterPolicy = "off", allowedLinks } = deployment;
  if (dataPolicy === "any" && filterPolicy === "off" && allowedLinks === undefined) return UNTOUCHED;
  return readPolicies(call, deployment, caller, gateway, dataPolicy);
}

async function readPolicies(
  call: Call,
  deployment: Deployment,
  caller: Caller,
  gateway: Gateway,
  dataPolicy: DataPolicy,
): Promise<CallPolicy> {
  const { filterPolicy = "off" } = deployment;
  const isMasked = dataPolicy === "redact" && !permittedTargets(deployment).every(isLocalTarget);
  const reason = isMasked ? unknownPast(call, caller, gateway) : undefined;
  const session =
    reason === undefined ? (gateway.sessions?.of(caller.keyId, call.job) ?? maskSession()) : maskSession();
  const masked: MaskedCall | undefined =
    reason !== undefined ? { kind: "unmaskable", reason } : isMasked ? maskCall(call, session) : undefined;
  const routing = masked?.kind === "unmaskable" ? "local-only" : dataPolicy;
  checkTargets(deployment, routing, masked);
  const filter =
    filterPolicy === "off"
      ? undefined
      : await judgePrompt(call, deployment, caller, gateway, { dataPolicy, session });
  const held: Held = { call, caller, deployment, gateway, session, masked, filter };
  return {
    dataPolicy,
    routing,
    callFor: (target) =>
      masked?.kind === "masked" && isSentMasked(held, target)
        ? { call: masked.call, masked: masked.count }
        : undefined,
    responseFor: (target, response) => {
      const transforms = transformsFor(held, target);
      return transforms.length === 0 ? undefined : new PolicyResponse(response, inOrder(transforms));
    },
  };
}

type Held = {
  readonly call: Call;
  readonly caller: Caller;
  readonly deployment: Deployment;
  readonly gateway: Gateway;
  readonly session: MaskSession;
  readonly masked: MaskedCall | undefined;
  readonly filter: PromptFilter | undefined;
};

function isSentMasked({ masked }: Held, target: Target): boolean {
  return masked?.kind === "masked" && !isLocalTarget(target);
}

/** What happens to the answer of a target: values first, since links and filters look at what the caller will read. */
function transformsFor(held: Held, target: Target): readonly AnswerTransform[] {
  const { call, caller, gateway, session, masked, filter } = held;
  const { filterPolicy = "off", allowedLinks } = held.deployment;
  const transforms: AnswerTransform[] = [];
  const isWriting = WRITING.has(call.operation);
  const isSent = isSentMasked(held, target);
  if (isSent && session.values.size > 0 && (isWriting || call.operation === "images")) {
    transforms.push(unmaskAnswer(session, { isJsonAnswer: wantsJson(call) }));
  }
  if (isSent && call.operation === "responses" && call.job !== undefined) {
    transforms.push(rememberAnswer((id) => gateway.sessions?.remember(caller.keyId, call.job, id)));
  }
  if (allowedLinks !== undefined && isWriting) transforms.push(defangAnswer(call, allowedLinks));
  if (filter !== undefined && isWriting) {
    const isRedacted = isSent && masked?.kind === "masked" && masked.count > 0;
    const promptResults = filter.resultsFor(isRedacted);
    transforms.push(filterAnswer({ filterPolicy, judge: filter.judge, promptResults }));
  }
  return transforms;
}

/** Why a call can't be masked that goes on with an earlier answer: a token in it may stand for somebody else by now. */
function unknownPast({ json = {}, job }: Call, { keyId }: Caller, { sessions }: Gateway): string | undefined {
  const { previous_response_id: previous, conversation } = json;
  if (conversation !== undefined && conversation !== null)
    return "it goes on with a conversation kept elsewhere";
  if (typeof previous !== "string" || sessions?.knows(keyId, job, previous) === true) return undefined;
  return "it goes on with an earlier answer; name one job for both in the header x-tandem-job";
}

function checkTargets(deployment: Deployment, routing: DataPolicy, masked: MaskedCall | undefined): void {
  if (routing !== "local-only" || permittedTargets(deployment, routing).length > 0) return;
  const rule =
    masked?.kind === "unmaskable"
      ? `The data policy lets only masked text leave this machine, and this call can't be masked: ${masked.reason}.`
      : "The data policy keeps this call on this machine.";
  throw new WireError({
    status: 403,
    code: "data_policy",
    message: `${rule} The deployment ${deployment.name} has no target here.`,
  });
}

type PromptFilter = {
  readonly judge: Judge;
  readonly resultsFor: (isRedacted: boolean) => Promise<readonly PromptFilterResult[]>;
};

/** Under `block` the verdict comes before the call, otherwise while it runs. */
async function judgePrompt(
  call: Call,
  { filterPolicy = "off" }: Deployment,
  caller: Caller,
  gateway: Gateway,
  about: { readonly dataPolicy: DataPolicy; readonly session: MaskSession },
): Promise<PromptFilter> {
  const send = recordingSend(call, caller, about.dataPolicy, gateway);
  const judge = judgeCall({ ...about, filters: gateway.openFilters?.(send) ?? {}, filterPolicy });
  const texts = promptTexts(call);
  const isNeeded = WRITING.has(call.operation) || filterPolicy === "block";
  const verdicts = isNeeded ? judge.prompts(texts) : Promise.resolve([]);
  if (filterPolicy === "block") {
    const refused = (await verdicts).find((each) => each.some((verdict) => isBlocked(verdict, "block")));
    if (refused !== undefined) throw WireError.contentFilter(worstVerdicts(refused));
  }
  const redacted = (each: FilterVerdict): FilterVerdict =>
    "redacted" in each ? { ...each, redacted: true } : each;
  return {
    judge,
    resultsFor: async (isRedacted) => {
      const known = await verdicts;
      const all = isRedacted ? known.map((list) => list.map(redacted)) : known;
      return promptFilterResults(all, filterPolicy);
    },
  };
}

function wantsJson({ json = {} }: Call): boolean {
  const format = json.response_format ?? (json.text as { readonly format?: unknown } | undefined)?.format;
  const type = (format as { readonly type?: unknown } | null | undefined)?.type;
  return type === "json_schema" || type === "json_object";
}
