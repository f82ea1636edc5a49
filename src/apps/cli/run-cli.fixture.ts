// A real process of the command line, for tests that start one and end it.
import { runProcess } from "./main.ts";

await runProcess();
