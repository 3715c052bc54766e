/** The one program: every command of `npx headwater`, `serve` when none is named. */
import { runHeadwater } from './cli/entry.ts';

process.exitCode = await runHeadwater(process.argv.slice(2));
