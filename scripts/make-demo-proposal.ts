import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { proposalPackage } from "./proposal/proposal-package.ts";

// Writes the demo's input, a proposal as Word would have saved it. `proposal/proposal-text.ts` has its words.
const file = fileURLToPath(new URL("../demo/proposal.docx", import.meta.url));
writeFileSync(file, proposalPackage());
console.log(file);
