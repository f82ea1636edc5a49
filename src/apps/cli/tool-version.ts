import { createRequire } from "node:module";

/** Tandem's own version. */
export function toolVersion(): string {
  // The same depth in src/ and dist/.
  return (createRequire(import.meta.url)("../../../package.json") as { version: string }).version;
}
