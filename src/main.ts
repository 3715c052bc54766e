/** The one program: every command of `npx headwater`, `serve` when none is named. */

