import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    globalSetup: "test/run-folder.ts",
    // Vitest leaves one core free, which on a machine with two is half of it.
    maxWorkers: "100%",
    include: ["src/**/*.test.ts", "web/**/*.test.ts", "test/**/*.test.ts"],
    exclude: [
      "test/browser/**",
      "test/corpus/**",
      "test/decisions/**",
      "test/model/**",
      "test/office/**",
      "test/servers/**",
      "**/node_modules/**",
    ],
    testTimeout: 30_000,
  },
});

export default config;
