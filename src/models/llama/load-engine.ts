import { ModelError } from "../../errors.ts";

/** The module `node-llama-cpp`, which brings llama.cpp into this process. */
export type Engine = typeof import("node-llama-cpp");

/**
 * Loads the optional peer dependency `node-llama-cpp`. When it is not installed: `no-model`, with the command
 * that installs it and what that costs.
 */
export async function loadEngine(
  importEngine: () => Promise<Engine> = () => import("node-llama-cpp"),
): Promise<Engine> {
  try {
    return await importEngine();
  } catch (cause) {
    const isMissing = (cause as { code?: unknown }).code === "ERR_MODULE_NOT_FOUND";
    throw new ModelError(
      "no-model",
      isMissing
        ? "the embedded model needs node-llama-cpp, which is not installed"
        : "node-llama-cpp does not load",
      {
        hint: "npm i node-llama-cpp@3.21.1 (about 120 MB, and up to 700 MB where npm adds the graphics builds)",
        cause,
      },
    );
  }
}
