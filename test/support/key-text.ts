/** What of a key nobody but its holder knows. It is drawn, and may begin with the sign that parts it from the rest. */
export function secretOf(key: string): string {
  const secret = /^hw_[0-9a-f]+_(.+)$/.exec(key)?.[1];
  if (secret === undefined) throw new Error(`found ${key.length} characters, wanted a key`);
  return secret;
}
