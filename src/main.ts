/** The one program: every command of `npx headwater`, `serve` when none is named. */
import { runCommandLine } from './cli/command-line.ts';

process.exitCode = await runCommandLine(process.argv.slice(2));
