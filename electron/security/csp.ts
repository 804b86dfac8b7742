import type { Surface } from '../../shared/contract/define.ts';

/**
 * Electron security checklist #7 "Define a Content Security Policy", sent as a response header.
 * A page may show what was built into it and nothing else: no network, no frames, no inline
 * script, no string that becomes markup.
 */
export function contentSecurityPolicy(surface: Surface): string {
  const styles = surface === 'guide' ? `'self' ${reactAriaStyleHash}` : "'self'";
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** For a document that is only printed: its own style sheet, and nothing else of any kind. */
export const printingPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Every header a page or one of its files is served with, except its content type. */
export function securityHeaders(surface: Surface): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(surface),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    // Cuts the window off from whoever opened it, and a page from every other page's process.
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': deniedFeatures
      .map((feature) => `${feature}=${mayUse(surface, feature)}`)
      .join(', '),
    'cache-control': 'no-store',
  };
}

/**
 * The hash of the one `<style>` that React Aria (usePress) puts into the page.
 * test/unit/security/csp.test.ts computes it again from the installed version.
 */
export const reactAriaStyleHash = "'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='";

/** The camera, for the page that scans; nothing else for anybody. */
const mayUse = (surface: Surface, feature: string): '(self)' | '()' =>
  surface === 'scan' && feature === 'camera' ? '(self)' : '()';

const deniedFeatures = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
] as const;
