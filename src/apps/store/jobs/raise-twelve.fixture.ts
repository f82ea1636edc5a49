import type { JobClaim, Jobs } from "./jobs.ts";

/** Twelve steps, each with an effect in the store. */
export async function raiseTwelve(jobs: Jobs, claim: JobClaim): Promise<void> {
  for (let step = 0; step < 12; step++) {
    await jobs.checkpoint(claim, `step ${step}`, async (db) => {
      await db
        .updateTable("setting")
        .set((query) => ({ value: query("value", "+", 1) }))
        .execute();
      return step;
    });
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
