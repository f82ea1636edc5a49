import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { bergamotEngine } from "../../src/models/translation/bergamot/bergamot-engine.ts";
import { pseudoEngine } from "../../src/models/translation/pseudo.ts";
import type { TranslationEngine } from "../../src/models/translation/translation-engine.ts";

const models = join(homedir(), ".cache/tandem/translation");

export const isBergamotHere: boolean = ["en-pt", "pt-en"].every((pair) => existsSync(join(models, pair)));

/** Real translations where the models are on this machine. */
export const bergamotOrPseudo = (): TranslationEngine =>
  isBergamotHere ? bergamotEngine({ folders: [models] }) : pseudoEngine();
