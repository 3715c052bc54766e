/** Where the prepared folders and databases of this test run are; made once by global-setup.ts. */
import { inject } from 'vitest';

export interface TestTemplate {
  readonly data: string;
  readonly keys: string;
  /** Name of the template database when the run is on a server. */
  readonly serverDatabase: string | null;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** The packed gazetteer. */
    atlasFile: string;
    templates: { readonly base: TestTemplate; readonly demo: TestTemplate };
  }
}

export function atlasFileOfRun(): string {
  return inject('atlasFile');
}

export function templatesFor(kind: 'base' | 'demo'): TestTemplate {
  return inject('templates')[kind];
}
