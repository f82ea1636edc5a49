import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/model/**/*.test.ts"],
    // A real model on a small machine, after its download.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    passWithNoTests: true,
    disableConsoleIntercept: true,
  },
});

export default config;
