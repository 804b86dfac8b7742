import type { X509Certificate } from 'node:crypto';
import { judgeWindow } from './clock.ts';
import { failure, type VaultFailure, type Wording } from './failure.ts';
import type { Circumstances } from './network-trouble.ts';
import { fingerprint, oneLine, windowOf } from './peer.ts';
import { cleanText } from './sanitise.ts';

const clockCodes = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/** What OpenSSL's verification and Node's name check call their refusals. */
const certificateCodes = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_SIGNATURE_FAILURE',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'UNSPECIFIED',
]);

export const isClockCode = (code: string): boolean => clockCodes.has(code);
export const isCertificateCode = (code: string): boolean => certificateCodes.has(code);

/** A certificate that was refused: says what is wrong with it, or with our clock. */
export function certificateFailure(code: string, where: Circumstances): VaultFailure {
  const wording = isClockCode(code) ? datesWording(where) : otherWording(code, where);
  return failure(
    where.asked,
    {
      ...wording,
      facts: { reason: code, ...names(where.shown), ...leafOf(where), ...wording.facts },
    },
    { delivery: where.delivery },
  );
}

function datesWording({ route, asked, shown }: Circumstances): Wording {
  const ourClock = route.clock.now();
  const outside = shown.find((certificate) => isOutside(certificate, ourClock)) ?? shown[0];
  if (outside === undefined) {
    return {
      code: 'vault.certificate',
      known: `The certificate of ${asked.address} is expired or not valid yet by this machine’s clock.`,
      next: 'Compare this machine’s clock with a watch, then look at the certificate’s dates.',
      facts: { ourClock: ourClock.toISOString() },
    };
  }
  const { notBefore, notAfter } = windowOf(outside);
  const serverClock = route.clock.serverNow();
  const facts: Record<string, string> = {
    ourClock: ourClock.toISOString(),
    certificateFrom: notBefore,
    certificateUntil: notAfter,
    certificate: oneLine(outside.subject),
  };
  if (serverClock !== undefined) facts['serverClock'] = serverClock.toISOString();
  const verdict = judgeWindow({
    ourClock,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    serverClock,
  });
  const dates = `This machine’s clock says ${facts['ourClock']}; the certificate of ${asked.address} is valid from ${notBefore} until ${notAfter}.`;
  return verdict === 'clock'
    ? {
        code: 'vault.clock',
        known: `${dates} The clock of this machine looks wrong.`,
        next: 'Compare the clock with a watch and set it. If the clock is right, the certificate must be replaced.',
        facts,
      }
    : {
        code: 'vault.certificate',
        known: `${dates} The certificate looks wrong, not the clock.`,
        next: 'Compare the clock with a watch to be sure, then have the certificate of that node replaced. In the ceremony’s own window, two people may trust exactly this one for this ceremony.',
        facts,
      };
}

function otherWording(code: string, { route, asked, shown }: Circumstances): Wording {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH') {
    const carried = shown[0]?.subjectAltName ?? 'no name at all';
    return {
      code: 'vault.certificate',
      known: `The certificate of ${asked.address} is not made out for “${route.expectedName}”.`,
      next: 'Check the address. If the certificate is right, set the profile’s TLS server name to one of the names it carries.',
      facts: { expectedName: route.expectedName, certificateNames: cleanText(carried, 1000) },
    };
  }
  if (code === 'CERT_REVOKED') {
    return {
      code: 'vault.certificate',
      known: `The certificate of ${asked.address} has been revoked.`,
      next: 'Have the certificate of that node replaced before anything is sent to it.',
    };
  }
  if (/ISSUER|SELF_SIGNED|LEAF_SIGNATURE|UNTRUSTED|SIGNATURE_FAILURE/.test(code)) {
    return {
      code: 'vault.certificate',
      known: `The certificate of ${asked.address} does not come from a CA that this profile trusts.`,
      next: 'Put the CA that issued it into the profile. If it should be the right one already, something else may be answering in Vault’s place.',
    };
  }
  return {
    code: 'vault.certificate',
    known: `The certificate of ${asked.address} failed verification.`,
    next: 'Have the certificate of that node and its chain looked at. There is no way to skip this check.',
  };
}

function isOutside(certificate: X509Certificate, at: Date): boolean {
  const { notBefore, notAfter } = windowOf(certificate);
  return at < new Date(notBefore) || at > new Date(notAfter);
}

/** The fingerprint of a leaf that is over: only that one can be trusted, and only for its dates. */
function leafOf({ route, shown }: Circumstances): Record<string, string> {
  const leaf = shown[0];
  if (leaf === undefined || route.clock.now() <= new Date(windowOf(leaf).notAfter)) return {};
  return { leafSha256: fingerprint(leaf) };
}

function names(shown: readonly X509Certificate[]): Record<string, string> {
  const leaf = shown[0];
  return leaf === undefined ? {} : { subject: oneLine(leaf.subject), issuer: oneLine(leaf.issuer) };
}
