import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type UserConfig } from "vite";

/** The room's page. Addresses are relative, so it works below any path; nothing is inlined, so it works under a strict CSP. */
const config: UserConfig = defineConfig({
  root: join(import.meta.dirname, "live"),
  base: "./",
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, "../dist/web"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The budget is 200 kB as it travels, compressed; `test/browser` holds it.
    chunkSizeWarningLimit: 700,
    modulePreload: { polyfill: false },
    license: { fileName: "licenses.md" },
  },
});

export default config;
