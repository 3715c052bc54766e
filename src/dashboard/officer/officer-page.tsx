/** The data officer's page: agreements, what waits, who saw what, accounts, and sharing as a director wants it. */
import type { PageProps } from '../shell/page-props.ts';
import { say } from '../words/words.ts';
import { Accounts } from './accounts.tsx';
import { Agreements } from './agreements.tsx';
import { Audit } from './audit.tsx';
import { Keeping } from './keeping.tsx';
import { Keys } from './keys.tsx';
import type { OfficerPartProps } from './officer-part.ts';
import { Places } from './places.tsx';
import { Reviews } from './reviews.tsx';
import { Sharing } from './sharing.tsx';

const PARTS = ['agreements', 'reviews', 'places', 'keeping', 'sharing', 'audit', 'accounts', 'keys'] as const;

export function OfficerPage({ me, address, go }: PageProps) {
  const [, named, item = null] = address.path;
  const part = PARTS.find((one) => one === named) ?? 'agreements';
  const given: OfficerPartProps = {
    organisation: me.organisation ?? '',
    open: item,
    openItem: (id) => go({ path: ['officer', 'agreements', ...(id === null ? [] : [id])], params: {} }),
  };
  return (
    <div key={part} className="page">
      <nav className="parts" aria-label={say('page.officer')}>
        {PARTS.map((one) => (
          <a key={one} href={`#/officer/${one}`} aria-current={one === part ? 'page' : undefined}>
            {say(`officer.${one}`)}
          </a>
        ))}
      </nav>
      <div className="page-body">
        {part === 'agreements' && <Agreements {...given} />}
        {part === 'reviews' && <Reviews {...given} />}
        {part === 'sharing' && <Sharing {...given} />}
        {part === 'audit' && <Audit address={address} go={go} />}
        {part === 'accounts' && <Accounts />}
        {part === 'keys' && <Keys />}
        {part === 'places' && <Places />}
        {part === 'keeping' && <Keeping />}
      </div>
    </div>
  );
}
