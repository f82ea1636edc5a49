import { Agent, type IncomingMessage, request } from "node:http";
import type { SoakPlan } from "./soak-provider.ts";

/** How one call went for the caller. */
export type SoakOutcome = {
  readonly plan: SoakPlan;
  /** 0 where no answer came before the caller left. */
  readonly status: number;
  readonly ended: "whole" | "broken" | "left";
  /** Frames with text that came. */
  readonly frames: number;
  readonly text: string;
};

export type SoakCaller = {
  readonly call: (plan: SoakPlan, options: { deployment: string; secret: string }) => Promise<SoakOutcome>;
  readonly close: () => void;
};

/** Calls as the plans say: reads all, reads slowly, leaves early or midway. Every path and both headers take turns. */
export function soakCaller(url: string): SoakCaller {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  return {
    close: () => agent.destroy(),
    call: (plan, { deployment, secret }) =>
      new Promise((resolve) => {
        const path = [
          "/v1/chat/completions",
          "/openai/v1/chat/completions",
          `/openai/deployments/${encodeURIComponent(deployment)}/chat/completions?api-version=2024-10-21`,
        ][plan.id % 3]!;
        const key = plan.id % 2 === 0 ? { authorization: `Bearer ${secret}` } : { "api-key": secret };
        const headers = { "content-type": "application/json", ...key };
        const sent = request(`${url}${path}`, { method: "POST", agent, headers });
        let isOver = false;
        const end = (outcome: Omit<SoakOutcome, "plan">): void => {
          if (isOver) return;
          isOver = true;
          resolve({ plan, ...outcome });
        };
        sent.on("error", () => end({ status: 0, ended: "broken", frames: 0, text: "" }));
        sent.on("response", (response) => read(plan, response, end));
        sent.end(bodyOf(plan, deployment));
        if (plan.kind !== "leaves early") return;
        setTimeout(() => {
          end({ status: 0, ended: "left", frames: 0, text: "" });
          sent.destroy();
        }, 50);
      }),
  };
}

function bodyOf(plan: SoakPlan, deployment: string): string {
  // The thrifty one is estimated at more than it uses, so that its budget must hold.
  const padding = plan.kind === "thrifty" ? "and so on ".repeat(250) : "";
  const isStream = plan.kind !== "whole";
  return JSON.stringify({
    model: deployment,
    messages: [{ role: "user", content: `${JSON.stringify(plan)}|${padding}` }],
    max_tokens: 60,
    ...(isStream && { stream: true }),
  });
}

function read(
  { kind }: SoakPlan,
  response: IncomingMessage,
  end: (outcome: Omit<SoakOutcome, "plan">) => void,
): void {
  const status = response.statusCode ?? 0;
  let [frames, text] = [0, ""];
  response.setEncoding("utf8").on("data", (piece: string) => {
    frames += piece.split('"delta"').length - 1;
    // Long fillers need not be kept.
    text = (text + piece).slice(-2_000);
    if (kind === "leaves midway" && status === 200 && frames >= 3) {
      end({ status, ended: "left", frames, text });
      response.destroy();
    } else if (kind === "slow reader") {
      response.pause();
      setTimeout(() => response.resume(), 10);
    }
  });
  response.on("end", () => end({ status, ended: "whole", frames, text }));
  response.on("error", () => end({ status, ended: "broken", frames, text }));
  response.on("close", () => end({ status, ended: "broken", frames, text }));
}
