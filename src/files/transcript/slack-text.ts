import { decodeEntities } from "./caption-text.ts";

/**
 * Readable text of a Slack message: `<@U123>` becomes `@Ann Lee`, `<#C1|general>` becomes `#general`, `<!here>` becomes
 * `@here`, and a link keeps its label and address (docs.slack.dev, "Formatting message text").
 */
export function slackText(text: string, nameOf: (userId: string) => string | undefined): string {
  const readable = text.replace(/<([^<>]{1,3000})>/g, (_, inner: string) => {
    const bar = inner.indexOf("|");
    const target = bar < 0 ? inner : inner.slice(0, bar);
    const label = bar < 0 ? "" : inner.slice(bar + 1);
    switch (target.charAt(0)) {
      case "@":
        return `@${nameOf(target.slice(1)) ?? (label === "" ? target.slice(1) : label)}`;
      case "#":
        return `#${label === "" ? target.slice(1) : label}`;
      case "!":
        return special(target.slice(1), label);
      default:
        return link(target, label);
    }
  });
  return decodeEntities(readable);
}

function special(target: string, label: string): string {
  if (/^(?:here|channel|everyone)$/.test(target)) return `@${target}`;
  if (label !== "") return label;
  return `@${target.replace(/^subteam\^/, "")}`;
}

function link(target: string, label: string): string {
  const address = target.replace(/^(?:mailto|tel):/, "");
  return label === "" || label === target || label === address ? address : `${label} (${address})`;
}
