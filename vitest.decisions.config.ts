import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    globalSetup: "test/run-folder.ts",
    // Vitest leaves one core free, which on a machine with two is half of it.
    maxWorkers: "100%",
    include: ["test/decisions/**/*.test.ts"],
    // Hundreds of files, a hundred of them through LibreOffice.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // The tables go to the terminal as they are.
    disableConsoleIntercept: true,
  },
});

export default config;
