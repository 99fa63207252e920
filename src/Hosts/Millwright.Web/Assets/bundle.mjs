// Bundles the islands and styles of every room into the folder given as the only argument; every file is named by its digest and gzipped.
import { build } from "esbuild";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const folder = process.argv[2];
const rooms = readdirSync(".", { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== "node_modules").map(entry => entry.name).sort();
const beside = suffix => rooms.flatMap(room => readdirSync(room).filter(file => file.endsWith(suffix)).sort().map(file => `./${room}/${file}`));
const imports = files => files.map(file => `import ${JSON.stringify(file)};`).join("\n");
const common = { bundle: true, minify: true, target: "es2022", outdir: folder, entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]", legalComments: "none", logLevel: "warning" };
const virtual = (name, contents) => ({
  name: `virtual-${name}`,
  setup(plugins) {
    plugins.onResolve({ filter: new RegExp(`^virtual:${name}$`) }, () => ({ path: name, namespace: "virtual" }));
    plugins.onLoad({ filter: new RegExp(`^${name}$`), namespace: "virtual" }, () => ({ contents, loader: "js", resolveDir: process.cwd() }));
  },
});

// The theme is set before the first paint, so its script is a classic one in the head; all others are one module.
await build({ ...common, entryPoints: { head: "./Layout/head.ts" }, format: "iife" });
await build({
  ...common, entryPoints: { islands: "virtual:islands" }, format: "esm", splitting: true,
  plugins: [virtual("islands", imports(beside(".ts").filter(file => !["./Layout/head.ts", "./Charts/echarts.ts"].includes(file) && !file.endsWith(".d.ts"))))],
});
await build({
  ...common, stdin: undefined, entryPoints: { site: "virtual:site" }, loader: { ".svg": "dataurl" },
  plugins: [{
    name: "virtual-site",
    setup(plugins) {
      plugins.onResolve({ filter: /^virtual:site$/ }, () => ({ path: "site", namespace: "virtual" }));
      const styles = ["@tabler/core/dist/css/tabler.min.css", ...beside(".css")];
      plugins.onLoad({ filter: /^site$/, namespace: "virtual" }, () => ({ contents: styles.map(file => `@import ${JSON.stringify(file)};`).join("\n"), loader: "css", resolveDir: process.cwd() }));
    },
  }],
});

for (const file of readdirSync(folder).filter(name => /\.(js|css)$/.test(name))) {
  writeFileSync(join(folder, `${file}.gz`), gzipSync(readFileSync(join(folder, file)), { level: 9 }));
  rmSync(join(folder, file));
}
