import type { Profile } from '../../shared/profile.ts';
import { verdictOf, type Check, type SelfTest, type SelfTestWish } from '../../shared/self-test.ts';
import type { Keychain } from '../keychain/keychain.ts';
import { checkClusters, type Connect } from './clusters.ts';
import { checkDiskSpace, checkFileModes } from './folder.ts';
import { checkKeychain } from './keychain.ts';
import { checkCoreDumps, checkSwap } from './memory.ts';
import { checkPractice } from './practice-run.ts';
import { checkProgram, type ProgramPlace } from './program.ts';
import { checkNetwork, checkScreenLock } from './surroundings.ts';
import { thisSystem, type System } from './system.ts';
import { checkClock, checkTimeZone } from './time.ts';

export interface SelfTestOptions {
  readonly dataFolder: string;
  readonly keychain: Keychain;
  /** The keyring was made for this run and ends with it. */
  readonly temporaryKeyring: boolean;
  readonly program: ProgramPlace;
  /** Asked only where a person wants the clusters asked. */
  readonly profiles: () => readonly Profile[];
  readonly connect: Connect;
  readonly system?: System;
}

/**
 * Is this machine ready for a ceremony? One list of checks for the command line, the button and the
 * packaged app. Changes nothing but an entry of the keychain that is removed again, and a folder in
 * the system’s temporary one. Never throws for what a check finds.
 */
export async function runSelfTest(options: SelfTestOptions, wish: SelfTestWish): Promise<SelfTest> {
  const { dataFolder, system = thisSystem } = options;
  const now = new Date();
  const { check: aboutProgram, program } = await checkProgram(options.program);
  const checks: Check[] = [
    await checkKeychain(system, options.keychain, options.temporaryKeyring),
    await checkPractice(),
    ...(wish.askClusters ? await checkClusters(options.profiles(), options.connect) : []),
    await checkClock(system, now),
    checkTimeZone(now),
    await checkDiskSpace(dataFolder),
    await checkFileModes(dataFolder, system.platform),
    await checkSwap(system),
    await checkCoreDumps(system),
    await checkScreenLock(system),
    checkNetwork(wish.expectNoNetwork),
    aboutProgram,
  ];
  return {
    at: now.toISOString(),
    verdict: verdictOf(checks),
    clustersAsked: wish.askClusters,
    checks,
    ...(program ? { program } : {}),
  };
}
