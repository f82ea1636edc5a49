import { defineConfig, type ViteUserConfig } from "vitest/config";

/** The tests that run a real small model: `vitest run --config vitest.model.config.ts`. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/model/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});

export default config;
