/** The title of the window: where the reader is, and in what. */
import { useEffect } from 'react';
import { say } from '../words/words.ts';

export function useTitle(page: string | null): void {
  useEffect(() => {
    const name = say('app.name');
    document.title = page === null ? name : say('app.title', { page, name });
  }, [page]);
}
