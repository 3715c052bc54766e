/** Who stands behind the id of a key or an account: what data officers call them, and to everybody else an id. */
import type { ReactNode } from 'react';
import type { Me } from '../hub/session.ts';
import { useAnswer } from '../hub/use-answer.ts';
import { ACCOUNTS, type Account } from '../officer/account-questions.ts';
import { KEYS, type ListedKey } from '../officer/key-questions.ts';

export type Who = (id: string) => ReactNode;

export function useWho({ role }: Me): Who {
  const isOfficer = role === 'DATA_OFFICER';
  const accounts = useAnswer<{ readonly accounts: readonly Account[] }>(isOfficer ? ACCOUNTS : null);
  const keys = useAnswer<{ readonly apiKeys: readonly ListedKey[] }>(isOfficer ? KEYS : null);
  const names = new Map<string, string>([
    ...(keys.data?.apiKeys ?? []).map(({ id, label }) => [id, label] as const),
    ...(accounts.data?.accounts ?? []).flatMap(({ id, name }) =>
      name === null ? [] : [[id, name] as const],
    ),
  ]);
  return (id) => names.get(id) ?? <code className="as-id">{id.slice(0, 8)}</code>;
}
