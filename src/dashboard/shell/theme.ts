/** Light or dark: as the device has it, unless somebody says otherwise. What they said is no secret and is kept in the browser. */
import { useEffect, useState } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
const KEPT_AS = 'headwater.theme';

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(keptTheme);
  // Before anything reads the colours that follow from it.
  document.documentElement.dataset.theme = theme;
  useEffect(() => {
    try {
      localStorage.setItem(KEPT_AS, theme);
    } catch {
      // A browser that keeps nothing has it as the device does next time.
    }
  }, [theme]);
  return [theme, setTheme];
}

function keptTheme(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEPT_AS)) ?? 'system';
  } catch {
    return 'system';
  }
}
