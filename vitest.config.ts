import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: [
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
