import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { liveJsonSchema } from "../src/apps/server/protocol/live-json-schema.ts";

// Writes the schemas of protocols that are published with the package. A test holds that they are current.
const folder = join(import.meta.dirname, "../schemas");
writeFileSync(join(folder, "live.schema.json"), `${JSON.stringify(liveJsonSchema(), null, 2)}\n`);
