import { editWithTandem } from "../edit-job.ts";
import { measureJob } from "./measure-job.js";

await measureJob(async (bytes, edits) => editWithTandem(bytes, edits));
