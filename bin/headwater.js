#!/usr/bin/env node
// Plain JavaScript that any Node reads, so that one too old is told so in a sentence instead of failing on new syntax.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `headwater: found Node ${process.versions.node}, wanted 24 or later; npx headwater uses the one that npm ci installed`,
  );
  process.exit(1);
}
await import('../dist/src/main.js');
