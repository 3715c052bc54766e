/** A figure that a test holds to its limit, printed for whoever wants to see it: FIGURES=1 npx vitest run … */
export function tellFigure(what: string, value: string | number): void {
  if (process.env.FIGURES === '1') process.stdout.write(`figure: ${what}: ${value}\n`);
}
