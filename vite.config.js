import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

const here = import.meta.dirname;
const dist = resolve(here, "static/dist");

// WhiteNoise sends NAME.br or NAME.gz where it lies beside NAME.
const compress = {
  name: "compress",
  closeBundle() {
    const assets = join(dist, "assets");
    for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file))) {
      const bytes = readFileSync(join(assets, name));
      writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes));
    }
  },
};

export default defineConfig({
  root: resolve(here, "static"),
  base: "/static/", // must equal Django's STATIC_URL
  publicDir: false, // Django serves static/public itself
  plugins: [tailwindcss(), compress],
  server: { host: "127.0.0.1", port: 5173, strictPort: true, origin: "http://127.0.0.1:5173" },
  build: {
    outDir: dist,
    emptyOutDir: true,
    manifest: "manifest.json", // django-vite reads it
    assetsInlineLimit: 0, // no data: fonts or images, so the CSP stays tight
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700, // the lazy ECharts chunk
    rolldownOptions: { input: { main: resolve(here, "static/src/main.js") } },
  },
});
