import type { FastifyInstance } from "fastify";

/** What a mount may know of the server it is mounted on. */
export type MountContext = {
  /** The address that people use, without a slash at its end. Known once the server listens. */
  readonly publicUrl: () => string;
};

/**
 * A part of the server: its routes and hooks, in a scope of its own. What it opens it closes in an `onClose` hook.
 */
export type Mount = (app: FastifyInstance, context: MountContext) => Promise<void>;
