// What Keyturn needs of a machine beside Node, how to see whether it is there, and what it is
// called in each system's packages.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a program of that name is on the PATH (or where Debian keeps those for root). */
export const onPath = (name) =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/sbin'].some(
    (folder) => folder !== '' && existsSync(join(folder, name)),
  );

const chromiums = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

export const needs = {
  chromium: {
    what: 'Chromium',
    found: () => chromiums.some(onPath) || existsSync(process.env.KEYTURN_CHROMIUM ?? ''),
    packages: { apt: 'chromium', dnf: 'chromium', pacman: 'chromium', zypper: 'chromium' },
  },
  fonts: {
    what: 'a font',
    found: () => hasFont('/usr/share/fonts') || hasFont('/usr/local/share/fonts'),
    packages: {
      apt: 'fonts-dejavu-core',
      dnf: 'dejavu-sans-fonts',
      pacman: 'ttf-dejavu',
      zypper: 'dejavu-fonts',
    },
  },
  display: {
    what: 'a virtual display (Xvfb)',
    found: () => onPath('Xvfb'),
    packages: {
      apt: 'xvfb',
      dnf: 'xorg-x11-server-Xvfb',
      pacman: 'xorg-server-xvfb',
      zypper: 'xorg-x11-server-Xvfb',
    },
  },
  bus: {
    what: 'D-Bus',
    found: () => onPath('dbus-daemon') && onPath('dbus-send'),
    packages: { apt: 'dbus', dnf: 'dbus-daemon', pacman: 'dbus', zypper: 'dbus-1' },
  },
  keyring: {
    what: 'a keyring (gnome-keyring)',
    found: () => onPath('gnome-keyring-daemon'),
    packages: {
      apt: 'gnome-keyring',
      dnf: 'gnome-keyring',
      pacman: 'gnome-keyring',
      zypper: 'gnome-keyring',
    },
  },
  // The tests lock and unlock a keyring of their own with it.
  gdbus: {
    what: 'gdbus',
    found: () => onPath('gdbus'),
    packages: {
      apt: 'libglib2.0-bin',
      dnf: 'glib2',
      pacman: 'glib2',
      zypper: 'glib2-tools',
    },
  },
  // The tests sign a record as a person would, on another machine.
  gpg: {
    what: 'gpg',
    found: () => onPath('gpg') && onPath('gpgconf') && onPath('gpg-agent'),
    packages: { apt: 'gnupg', dnf: 'gnupg2', pacman: 'gnupg', zypper: 'gpg2' },
  },
  // The deep tests read pictures of the windows with it. A machine without it skips that, and says so.
  ocr: {
    what: 'a reader of pictures (Tesseract)',
    optional: true,
    found: () => onPath('tesseract'),
    packages: {
      apt: 'tesseract-ocr',
      dnf: 'tesseract',
      pacman: 'tesseract-data-eng',
      zypper: 'tesseract-ocr',
    },
  },
  // The tests read a report's PDF as a person would. A machine without it skips that, and says so.
  pdf: {
    what: 'a reader of PDF text (pdftotext)',
    optional: true,
    found: () => onPath('pdftotext'),
    packages: {
      apt: 'poppler-utils',
      dnf: 'poppler-utils',
      pacman: 'poppler',
      zypper: 'poppler-tools',
    },
  },
  libsecret: {
    what: 'libsecret',
    found: () => /libsecret-1\.so\.0/.test(libraries()),
    packages: {
      apt: 'libsecret-1-0',
      dnf: 'libsecret',
      pacman: 'libsecret',
      zypper: 'libsecret-1-0',
    },
  },
};

function hasFont(folder) {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true }).some((name) =>
    /\.(ttf|otf)$/i.test(String(name)),
  );
}

/** What the dynamic linker knows; `ldconfig -p` needs no rights. */
const libraries = () =>
  spawnSync(existsSync('/sbin/ldconfig') ? '/sbin/ldconfig' : 'ldconfig', ['-p'], {
    encoding: 'utf8',
  }).stdout ?? '';
