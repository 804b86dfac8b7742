/** What this control needs of Electron's `Session`. */
export interface PermissionSession {
  setPermissionRequestHandler(
    handler: (
      contents: unknown,
      permission: string,
      answer: (granted: boolean) => void,
      details: object,
    ) => void,
  ): void;
  setPermissionCheckHandler(
    handler: (
      contents: unknown,
      permission: string,
      origin: string,
      details: { readonly mediaType?: string },
    ) => boolean,
  ): void;
  setDevicePermissionHandler(handler: () => boolean): void;
}

/**
 * Electron security checklist #5 "Handle session permission requests from remote content".
 * Electron grants whatever nobody answers; every question, check and device is answered with no.
 */
export function denyPermissions(session: PermissionSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/**
 * The same for the one surface that reads codes: its own camera, no microphone, nothing else, and only
 * while its window is open.
 */
export function permitCamera(
  session: PermissionSession,
  scanning: { readonly origin: string; isOpen(): boolean },
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(permission === 'media' && asksForVideoOnly(details) && scanning.isOpen());
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { mediaType }) =>
      permission === 'media' &&
      mediaType === 'video' &&
      originOf(origin) === originOf(scanning.origin) &&
      scanning.isOpen(),
  );
  session.setDevicePermissionHandler(() => false);
}

function asksForVideoOnly(details: object): boolean {
  if (!('mediaTypes' in details) || !Array.isArray(details.mediaTypes)) return false;
  return details.mediaTypes.length === 1 && details.mediaTypes[0] === 'video';
}

/** Electron gives an origin with or without a slash at its end. */
const originOf = (text: string): string => text.replace(/\/$/, '');
