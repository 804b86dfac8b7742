import { lazy } from 'react';

/*
 * Every screen but Home is a file of its own, so that Home is there sooner. They are all fetched as
 * soon as Home stands: from then on no step waits for the disk.
 */
const ceremony = () => import('./ceremony/Ceremony.tsx');
const desk = () => import('./offline/Desk.tsx');
const holder = () => import('./holder/Holder.tsx');
const practice = () => import('./practice/Practice.tsx');
const profiles = () => import('./profiles/Profiles.tsx');
const records = () => import('./records/Records.tsx');
const selfTest = () => import('./self-test/SelfTest.tsx');
const shiftDesk = () => import('./shift/ShiftDesk.tsx');
const sites = () => import('./sites/Sites.tsx');

export const Ceremony = lazy(async () => ({ default: (await ceremony()).Ceremony }));
export const Desk = lazy(async () => ({ default: (await desk()).Desk }));
export const Holder = lazy(async () => ({ default: (await holder()).Holder }));
export const Practice = lazy(async () => ({ default: (await practice()).Practice }));
export const Profiles = lazy(async () => ({ default: (await profiles()).Profiles }));
export const Records = lazy(async () => ({ default: (await records()).Records }));
export const SelfTest = lazy(async () => ({ default: (await selfTest()).SelfTest }));
export const ShiftDesk = lazy(async () => ({ default: (await shiftDesk()).ShiftDesk }));
export const Sites = lazy(async () => ({ default: (await sites()).Sites }));

/** Fetches what is left, while nobody waits for it. One that fails is asked for again by its screen. */
export function loadTheOtherScreens(): () => void {
  const all = [ceremony, practice, sites, profiles, records, shiftDesk, desk, holder, selfTest];
  const waiting = requestIdleCallback(() => void Promise.allSettled(all.map((one) => one())));
  return () => cancelIdleCallback(waiting);
}
