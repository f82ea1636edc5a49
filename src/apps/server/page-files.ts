import { stat } from "node:fs/promises";
import { join } from "node:path";
import staticFiles from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { refuse } from "./answer-errors.ts";

export type PageFilesOptions = {
  /** Where the built page is. */
  readonly folder: string;
  /** With a slash at both ends. */
  readonly prefix: string;
  /** What builds it, for whoever started the server. */
  readonly buildCommand: string;
};

/** True when a page was built there. */
export async function isPageBuilt(folder: string): Promise<boolean> {
  const found = await stat(join(folder, "index.html")).catch(() => undefined);
  return found?.isFile() ?? false;
}

/** Serves a built page, or says plainly that it wasn't built. */
export async function addPageFiles(app: FastifyInstance, options: PageFilesOptions): Promise<void> {
  const { folder, prefix, buildCommand } = options;
  app.get(prefix.slice(0, -1), (_, reply) => reply.redirect(prefix, 308));
  if (!(await isPageBuilt(folder))) {
    const message = "the page was not built on this server";
    app.get(`${prefix}*`, (_, reply) =>
      refuse(reply, 503, { code: "not-built", message, hint: `run: ${buildCommand}` }),
    );
    return;
  }
  await app.register(staticFiles, {
    root: folder,
    prefix,
    cacheControl: false,
    dotfiles: "deny",
    setHeaders: (reply, path) => {
      // Names of assets hold a hash of what is in them.
      const isLasting = /[\\/]assets[\\/]/.test(path);
      reply.setHeader("cache-control", isLasting ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}
