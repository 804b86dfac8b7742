import type { Pins } from '../../../../shared/profile.ts';

/** The values a pin remembers, by the names people see. */
export const factsOfPins = (pins: Pins): [name: string, value: string][] => [
  ['cluster_id', pins.clusterId],
  ['secondary_id', pins.secondaryId ?? notGiven],
  ['CA (SHA-256)', pins.rootFingerprint],
];

/** The pinned values that are not the ones seen; the time of either test does not count. */
export function differences(
  pinned: Pins,
  seen: Pins,
): readonly { name: string; before: string; now: string }[] {
  const now = new Map(factsOfPins(seen));
  return factsOfPins(pinned).flatMap(([name, before]) => {
    const value = now.get(name) ?? notGiven;
    return value === before ? [] : [{ name, before, now: value }];
  });
}

const notGiven = 'not given';
