/** Invented border intercepts as a file of any length. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { generateDemo } from '../seeds/demo.ts';

/** The demo's intercepts over and over, under numbers of their own; `notes`: with case notes of so many characters in each row. */
export async function writeIntercepts(file: string, wanted: number, notes = 0): Promise<void> {
  const demo = generateDemo(1, { now: '2026-11-01', scale: 1 });
  const text = demo.files.find(({ profile }) => profile === 'border-intercept')?.text ?? '';
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const at = header.split(',').indexOf('irf_number');
  const number = new RegExp(`^((?:(?:"[^"]*"|[^",]*),){${at}})`);
  const out = createWriteStream(file);
  out.write(notes === 0 ? `${header}\n` : `${header},case_notes\n`);
  for (let row = 0; row < wanted; row += 1) {
    const line = lines[row % lines.length] ?? '';
    const again = `R${Math.floor(row / lines.length)}`;
    const told = notes === 0 ? '' : `,${notesOf(row, notes)}`;
    if (!out.write(`${line.replace(number, `$1${again}`)}${told}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** Invented words, in another order in each row. */
function notesOf(row: number, length: number): string {
  const words = ['bus', 'border', 'aunt', 'job', 'phone', 'ticket', 'hotel', 'agent', 'promise', 'passport'];
  let text = '';
  for (let at = row; text.length < length; at = (at * 31 + 7) % 1_000_003)
    text += `${words[at % words.length]} `;
  return text.slice(0, length).trimEnd();
}
