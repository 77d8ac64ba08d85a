// Builds app/static into app/static/dist: style sheets, scripts, fonts, icons, each under a name that carries the
// hash of its content, and manifest.json (logical name -> hashed file). The same input gives the same bytes.
// New entries need no change here: every file of css/entries and of js/entries is one.
//   node tools/assets.mjs [folder to write instead of app/static/dist]
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import subsetFont from "subset-font";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const STATIC = join(ROOT, "app/static");
const DIST = process.argv[2] ?? join(STATIC, "dist");
const MODULES = join(ROOT, "node_modules");
const TARGETS = ["chrome109", "firefox115", "safari16"];

const range = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, step) => String.fromCodePoint(first + step)).join("");
const ARABIC =
  range(0x060c, 0x060c) + range(0x061b, 0x061f) + range(0x0621, 0x0652) + range(0x0660, 0x066d) +
  range(0x06f0, 0x06f9) + "\u0670\u0671\u067e\u0686\u06a4\u06a9\u06af\u06cc\u06d5\ufdf2\ufdfa";
const LATIN = range(0x20, 0x7e) + range(0xa0, 0xff) + range(0x2010, 0x2026) + "\u0152\u0153\u0178\u202f\u20ac";

const FONTS = [
  ["liqaa-arabic-400", "ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-400-normal.woff2", ARABIC],
  ["liqaa-arabic-600", "ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-600-normal.woff2", ARABIC],
  ["liqaa-latin-400", "ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2", LATIN],
  ["liqaa-latin-600", "ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2", LATIN],
  ["liqaa-tifinagh-400", "noto-sans-tifinagh/files/noto-sans-tifinagh-tifinagh-400-normal.woff2", range(0x2d30, 0x2d7f)],
];

const manifest = {};

/** Writes content under a hashed name and notes it; answers the path inside dist. */
async function put(logical, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const extension = extname(logical);
  const hashed = `${logical.slice(0, -extension.length)}-${hash}${extension}`;
  await mkdir(dirname(join(DIST, hashed)), { recursive: true });
  await writeFile(join(DIST, hashed), content);
  manifest[logical] = hashed;
  return hashed;
}

async function fonts() {
  for (const [name, source, characters] of FONTS) {
    const whole = await readFile(join(MODULES, "@fontsource", source));
    await put(`fonts/${name}.woff2`, await subsetFont(whole, characters, { targetFormat: "woff2" }));
  }
}

async function pictures() {
  for (const name of (await readdir(join(STATIC, "icons"))).sort()) {
    const text = await readFile(join(STATIC, "icons", name));
    const small = extname(name) === ".svg" ? text.toString().replace(/<!--[\s\S]*?-->\s*/g, "") : text;
    await put(name, small);
  }
}

/** The reader of QR codes for browsers without BarcodeDetector; fetched by the scanner only when needed. */
async function decoder() {
  await put("zxing_reader.wasm", await readFile(join(MODULES, "zxing-wasm/dist/reader/zxing_reader.wasm")));
}

/** url("fonts/x.woff2") and url("motif.svg") in the sources point to logical names of the manifest. */
const hashedUrls = {
  name: "hashed-urls",
  setup(hook) {
    hook.onResolve({ filter: /\.(woff2|svg)$/ }, ({ path }) => {
      if (!(path in manifest)) throw new Error(`no such asset: ${path}`);
      return { path: `./${manifest[path]}`, external: true };
    });
  },
};

async function entries(folder, extension) {
  const names = (await readdir(join(STATIC, folder, "entries"))).filter((name) => name.endsWith(extension));
  return names.sort().map((name) => join(STATIC, folder, "entries", name));
}

/** One build an entry: a page that needs one script never waits for a chunk shared with another. */
async function bundle(entry, options) {
  const result = await build({
    entryPoints: [entry], bundle: true, minify: true, write: false, metafile: true, legalComments: "none",
    outdir: DIST, entryNames: "[name]", chunkNames: "chunks/[name]-[hash]", target: TARGETS, absWorkingDir: ROOT,
    logLevel: "warning", nodePaths: [MODULES], ...options,
  });
  const main = basename(entry);
  for (const file of result.outputFiles) {
    const name = relative(DIST, file.path);
    if (name === main) {
      await put(main, Buffer.from(file.contents));
    } else {
      await mkdir(dirname(file.path), { recursive: true });
      await writeFile(file.path, file.contents);
    }
  }
}

async function main() {
  await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  await Promise.all([fonts(), pictures(), decoder()]);
  for (const entry of await entries("css", ".css")) await bundle(entry, { plugins: [hashedUrls] });
  for (const entry of await entries("js", ".js")) await bundle(entry, { format: "esm", splitting: true });
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(join(DIST, "manifest.json"), JSON.stringify(sorted, null, 2) + "\n");
  console.log(`${Object.keys(sorted).length} assets in ${relative(ROOT, DIST)}`);
}

await main();
