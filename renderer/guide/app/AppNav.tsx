import type { AppInfo } from '../../../shared/contract/guide.ts';
import { cx } from '../components/cx.ts';
import { Icon, type IconName } from '../components/icons/Icon.tsx';
import { Select } from '../components/Choice/Choice.tsx';
import type { Go, Place } from './place.ts';
import type { Theme } from './theme.ts';
import styles from './AppNav.module.css';

export interface AppNavProps {
  readonly place: Place;
  readonly go: Go;
  readonly info: AppInfo;
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
}

/** The places there are, and the colours they are shown in. */
export function AppNav({ place, go, info, theme, onTheme }: AppNavProps) {
  return (
    <div className={styles.nav}>
      <p className={styles.mark}>
        <Icon name="key" size={1.5} />
        Keyturn
      </p>
      <ul className={styles.places}>
        {places.map(({ at, label, icon }) => (
          <li key={at}>
            <button
              type="button"
              className={cx(styles.place, place.at === at && styles.here)}
              aria-current={place.at === at ? 'page' : undefined}
              onClick={() => go({ at })}
            >
              <Icon name={icon} />
              {label}
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.foot}>
        <Select label="Colours" options={themes} value={theme} onChange={onTheme} />
        <p className={styles.version}>
          Version {info.version}
          <br />
          {info.host === 'electron' ? 'Electron' : 'Chromium'} window
        </p>
      </div>
    </div>
  );
}

const places: readonly {
  at: 'home' | 'sites' | 'profiles' | 'practice' | 'holder' | 'desk' | 'records';
  label: string;
  icon: IconName;
}[] = [
  { at: 'home', label: 'Home', icon: 'home' },
  { at: 'sites', label: 'Sites', icon: 'site' },
  { at: 'profiles', label: 'Clusters', icon: 'cluster' },
  { at: 'practice', label: 'Practice', icon: 'practice' },
  { at: 'holder', label: 'I hold a share', icon: 'key' },
  { at: 'desk', label: 'Offline desk', icon: 'plug' },
  { at: 'records', label: 'Records', icon: 'record' },
];

const themes: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
