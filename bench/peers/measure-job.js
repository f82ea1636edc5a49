import { readFileSync, writeFileSync } from "node:fs";

/**
 * Runs a job (input bytes and edits in, output bytes out) as often as argv says and prints the time of each run in
 * milliseconds, and the most memory the process had, as one line of JSON. The last output is written to a file.
 */
export async function measureJob(job) {
  const [input, output, runs, list] = process.argv.slice(2);
  const bytes = new Uint8Array(readFileSync(input));
  const edits = JSON.parse(readFileSync(list, "utf8"));
  const milliseconds = [];
  let made;
  for (let run = 0; run < Number(runs); run++) {
    const start = performance.now();
    made = await job(bytes, edits);
    milliseconds.push(performance.now() - start);
  }
  writeFileSync(output, made);
  console.log(JSON.stringify({ milliseconds, peakBytes: process.resourceUsage().maxRSS * 1024 }));
}
