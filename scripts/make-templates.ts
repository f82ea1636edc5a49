import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { templatePackage } from "../src/files/docx/create/template-package.ts";

// Writes the default template as a file that people can copy and change in Word.
const folder = fileURLToPath(new URL("../templates/", import.meta.url));
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}minutes.dotx`, templatePackage());
console.log(`${folder}minutes.dotx`);
