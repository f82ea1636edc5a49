import { type Html, html } from "../../server/pages/html.ts";
import { page } from "../../server/pages/page.ts";
import type { HourCounts } from "./call-counts.ts";
import type { DeploymentStatus, StatusReport, TargetStatus } from "./status-report.ts";

/** The status report as a page. */
export function statusPage(report: StatusReport): string {
  const { deployments, incidents, at, since, version } = report;
  const body = html`
<h1>Status</h1>
<p class="soft small">As of ${time(at)}. This process has served since ${time(since)}, version ${version}.
<a href="/status">Look again</a> · <a href="/status.json">as JSON</a></p>
${banner(report)}
<h2 id="deployments">Deployments</h2>
${deployments.length === 0 ? html`<p>None is configured, so calls to models are answered with 404.</p>` : deployments.map(card)}
<h2 id="incidents">Incidents</h2>
${
  incidents.length === 0
    ? html`<p>None since this process started.</p>`
    : html`<table class="folds" role="table">
<caption>Times in which a target was left out because it failed; newest first</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Deployment and target</th><th scope="col" role="columnheader">Began</th><th scope="col" role="columnheader">Ended</th><th scope="col" role="columnheader">Reason</th></tr></thead>
<tbody role="rowgroup">${incidents.map(
        (
          each,
        ) => html`<tr role="row"><th scope="row" role="rowheader">${each.deployment} / ${each.target}</th>
<td role="cell" data-label="Began">${time(each.began)}</td>
<td role="cell" data-label="Ended">${each.ended === null ? mark("bad", "still failing") : time(each.ended)}</td>
<td role="cell" data-label="Reason">${each.reason}</td></tr>`,
      )}</tbody></table>`
}
<h2 id="meaning">What the words mean</h2>
<ul class="small soft">
<li>A <em>deployment</em> is the name that callers give as <code>model</code>; its <em>targets</em> are where its calls go.</li>
<li><em>Failing</em>: left out for a while after failures. <em>Probing</em>: one call finds out whether it works again.
<em>Paused</em>: it asked to be left alone, or is at its own limit. <em>Off</em>: takes no calls.</li>
<li><em>Cut short</em>: the answer broke off, or its caller left. Counts are of this process.</li>
<li>Text stays on this side with <em>local</em> targets, and goes to the named provider with <em>remote</em> ones.</li>
</ul>`;
  return page({ title: "Status", at: "/status", body });
}

function banner({ deployments, isAvailable }: StatusReport): Html {
  if (isAvailable) return html`<p class="banner good">Every deployment can be asked.</p>`;
  if (deployments.length === 0) return html`<p class="banner bad">There is no deployment.</p>`;
  const names = deployments.filter((each) => !each.isAvailable).map(({ name }) => name);
  return html`<p class="banner bad">Not available: ${names.join(", ")}.</p>`;
}

const POLICIES: Readonly<Record<string, string>> = {
  any: "text may go to every target",
  redact: "personal data and secrets are replaced before text leaves",
  "local-only": "text stays on machines of this organisation",
};

function card({ name, operations, dataPolicy, isAvailable, targets, lastHour }: DeploymentStatus): Html {
  return html`<section class="card" aria-label="Deployment ${name}">
<h3>${name} ${isAvailable ? mark("good", "available") : mark("bad", "not available")}</h3>
<p class="small">${operations.join(", ")}<br><span class="soft">Data policy ${dataPolicy}: ${POLICIES[dataPolicy] ?? ""}.</span></p>
<p class="small">Last hour: ${sentence(lastHour)}</p>
<table class="folds" role="table">
<caption>Targets of ${name}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Target</th><th scope="col" role="columnheader">State</th><th scope="col" role="columnheader">Where text goes</th><th scope="col" role="columnheader" class="number">First byte</th><th scope="col" role="columnheader" class="number">Answered</th><th scope="col" role="columnheader" class="number">Cut short</th></tr></thead>
<tbody role="rowgroup">${targets.map(row)}</tbody>
</table>
</section>`;
}

function row(target: TargetStatus): Html {
  const { id, provider, model, isLocal, region, latencyMs, lastHour } = target;
  const place = region === null ? "" : `, ${region}`;
  return html`<tr role="row"><th scope="row" role="rowheader">${id}</th>
<td role="cell" data-label="State"><span>${stateMark(target)}</span></td>
<td role="cell" data-label="Where text goes"><span>${mark(isLocal ? "good" : "quiet", isLocal ? "local" : "remote")} ${provider}${place}<br><span class="soft small">${model}</span></span></td>
<td role="cell" data-label="First byte" class="number">${latencyMs === null ? "–" : `${latencyMs} ms`}</td>
<td role="cell" data-label="Answered" class="number">${lastHour.calls}</td>
<td role="cell" data-label="Cut short" class="number">${lastHour.cut}</td></tr>`;
}

const STATES: Readonly<Record<TargetStatus["state"], "good" | "bad" | "warn" | "quiet">> = {
  ready: "good",
  probing: "warn",
  failing: "bad",
  paused: "warn",
  off: "quiet",
  unusable: "bad",
};

function stateMark({ state, reason, retryAt }: TargetStatus): Html {
  const more = [reason, retryAt === null ? undefined : `asked again after ${retryAt.slice(11, 19)} UTC`];
  const words = more.filter((each) => each !== null && each !== undefined).join("; ");
  return html`${mark(STATES[state], state)}${words !== "" && html`<br><span class="soft small">${words}</span>`}`;
}

function sentence({ calls, failed, refused, cut, inputTokens, outputTokens }: HourCounts): string {
  if (calls === 0) return "no calls.";
  const parts = [`${calls} ${calls === 1 ? "call" : "calls"}`, `${failed} failed`, `${refused} refused`];
  return `${[...parts, `${cut} cut short`].join(", ")}; ${inputTokens} tokens in, ${outputTokens} out.`;
}

function mark(kind: "good" | "bad" | "warn" | "quiet", text: string): Html {
  return html`<span class="mark ${kind}">${text}</span>`;
}

function time(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}
