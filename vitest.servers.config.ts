import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/servers/**/*.test.ts"],
    // A PostgreSQL is set up and started for each file, and some thousand plans are run three times.
    testTimeout: 600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // The tables go to the terminal as they are.
    disableConsoleIntercept: true,
  },
});

export default config;
