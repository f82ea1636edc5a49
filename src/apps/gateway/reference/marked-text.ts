import { type Html, html } from "../../server/pages/html.ts";

/** Text as HTML; what stands between backticks is code. */
export function markedText(text: string): Html[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
