import { useEffect } from 'react';
import type { AppInfo } from '../../../shared/contract/guide.ts';

export type Theme = AppInfo['theme'];

/** Puts the theme a person chose on the page; `system` leaves it to `prefers-color-scheme`. */
export function useTheme(theme: Theme): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);
}
