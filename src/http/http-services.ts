/** What the app is made of: handed in at the start, so that a test hands in its own. */
import type { Logger } from 'pino';
import type { ImportTools } from '../intake/imports/import-tools.service.ts';
import type { OidcSettings } from '../people/accounts/oidc.ts';
import type { AtlasSource } from '../places/gazetteer.service.ts';
import type { Database } from '../platform/database.ts';
import type { KeyStore } from '../vault/key-store.ts';

export interface HttpServices {
  /** What the app uses of the hub; the hub itself fits. */
  readonly hub: {
    readonly database: Database;
    readonly keys: KeyStore;
    readonly imports: ImportTools;
    readonly atlas: AtlasSource;
  };
  /** Origins whose pages may call the API from a browser, like https://map.example.org. */
  readonly corsOrigins: readonly string[];
  /** Whether one proxy stands in front, so that the client's address is in X-Forwarded-For. */
  readonly trustProxy: boolean;
  readonly log: Logger;
  readonly now: () => Date;
  /** 600 unless given; a tenth of it may fail to authenticate from one address. */
  readonly requestsAMinute?: number;
  /** The identity provider people sign in at; none: passphrase and one-time code. */
  readonly oidc?: OidcSettings | null;
  /** Told of each operation whether the fast path answered it, and whether in front of Apollo; `off`: ordinary execution answers all. */
  readonly fastPath?: ((fast: boolean, short: boolean) => void) | 'off';
  /** 10 unless given: the largest request that brings a file. */
  readonly uploadMegabytes?: number;
}

export function uploadMegabytes(services: HttpServices): number {
  return services.uploadMegabytes ?? 10;
}
