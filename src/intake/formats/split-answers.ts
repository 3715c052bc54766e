/** Several answers in one cell. */

/** "Delhi; Mumbai;" → Delhi, Mumbai */
export function splitAnswers(text: string, mark: string): string[] {
  return text.split(mark).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}
