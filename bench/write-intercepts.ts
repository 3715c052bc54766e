/** Invented border intercepts as a file of any length. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { generateDemo } from '../seeds/demo.ts';

/** The demo's intercepts over and over, under numbers of their own. */
export async function writeIntercepts(file: string, wanted: number): Promise<void> {
  const demo = generateDemo(1, { now: '2026-11-01', scale: 1 });
  const text = demo.files.find(({ profile }) => profile === 'border-intercept')?.text ?? '';
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const at = header.split(',').indexOf('irf_number');
  const number = new RegExp(`^((?:(?:"[^"]*"|[^",]*),){${at}})`);
  const out = createWriteStream(file);
  out.write(`${header}\n`);
  for (let row = 0; row < wanted; row += 1) {
    const line = lines[row % lines.length] ?? '';
    const again = `R${Math.floor(row / lines.length)}`;
    if (!out.write(`${line.replace(number, `$1${again}`)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
