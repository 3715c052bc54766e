/**
 * How much a test draws: few on the embedded database, so that the command of the README stays short, many where the same suite runs on a
 * server, which the gate does too; a number in the environment decides for both.
 */
export function draws(few: number, many: number, asked?: string): number {
  if (asked !== undefined) return Number(asked);
  return process.env.TEST_DATABASE_URL === undefined ? few : many;
}
