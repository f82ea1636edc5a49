import type { FastifyInstance, FastifyReply } from "fastify";
import { type Html, html } from "./html.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "./page-style.ts";

export type PageOptions = {
  readonly title: string;
  /** The address of this page, for the navigation. */
  readonly at: string;
  readonly body: Html;
};

const PAGES = [
  ["/status", "Status"],
  ["/docs", "API"],
] as const;

/** A whole page: readable without a script, with nothing from elsewhere. */
export function page({ title, at, body }: PageOptions): string {
  const links = PAGES.map(([address, name]) => {
    const current = address === at && html` aria-current="page"`;
    return html`<li><a href="${address}"${current}>${name}</a></li>`;
  });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tandem</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/pages/page.css">
<script src="/pages/page.js" defer></script>
</head>
<body>
<div class="page">
<a class="skip" href="#main">To the content</a>
<header class="top"><strong>Tandem</strong><nav aria-label="Pages"><ul>${links}</ul></nav></header>
<main id="main">${body}</main>
</div>
</body>
</html>
`.html;
}

/** Serves the style and the script of these pages. */
export function addPageParts(app: FastifyInstance): void {
  const part = (type: string, text: string) => (_: unknown, reply: FastifyReply) =>
    reply.type(`${type}; charset=utf-8`).header("cache-control", "no-cache").send(text);
  app.get("/pages/page.css", part("text/css", PAGE_STYLE));
  app.get("/pages/page.js", part("text/javascript", PAGE_SCRIPT));
}
