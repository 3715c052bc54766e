// Builds the dashboard into dist/dashboard, packed for the wire, unless what stands there was built from the same sources.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// React has a slower build for those who develop it, which a test run would ask for.
process.env.NODE_ENV = 'production';
const ROOT = path.dirname(fileURLToPath(import.meta.url));
const SOURCE = path.join(ROOT, 'src', 'dashboard');
const TARGET = path.join(ROOT, 'dist', 'dashboard');
const STAMP = path.join(TARGET, '.built-from');
/** Of brotli: a notch below the best, which takes twenty times as long for some percent. */
const QUALITY = 9;

const digest = digestOf([
  path.join(ROOT, 'package-lock.json'),
  fileURLToPath(import.meta.url),
  ...filesUnder(SOURCE),
]);
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== digest) {
  const began = performance.now();
  // Loaded where it is used: most starts find everything built.
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: SOURCE,
    base: '/',
    logLevel: 'error',
    build: {
      outDir: TARGET,
      emptyOutDir: true,
      assetsDir: 'dashboard',
      target: 'es2022',
      // Nothing goes into the page itself: the policy lets nothing inline run.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2_000,
      reportCompressedSize: false,
      sourcemap: false,
    },
  });
  const sizes = pack(TARGET);
  writeFileSync(STAMP, digest);
  const [plain, br] = sizes.map((bytes) => Math.round(bytes / 1024));
  console.log(
    `dashboard built in ${Math.round(performance.now() - began)} ms: ${plain} KB, ${br} KB as it is sent`,
  );
}

function pack(folder) {
  let plain = 0;
  let packed = 0;
  for (const file of filesUnder(folder)) {
    const bytes = readFileSync(file);
    plain += bytes.length;
    // Letters are packed already.
    if (file.endsWith('.woff2')) {
      packed += bytes.length;
      continue;
    }
    const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
    writeFileSync(`${file}.br`, br);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    packed += br.length;
  }
  return [plain, packed];
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

function digestOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(path.relative(ROOT, file)).update(readFileSync(file));
  return hash.digest('hex');
}
