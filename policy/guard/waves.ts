// The waves that main has had: who was taken something from on which day, and was given it back since. Pure.
import type { Day } from '../evidence.ts';
import { isTakingStage } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import { type Stage, stages } from '../schemas/account.ts';
import type { FileVersion } from '../signing/main-line.ts';

/** All merges of a day: a wave that is cut into many is still one. */
export interface Wave {
  day: Day;
  accounts: ReadonlySet<IdKey>;
  /** The first day on which each of these was given something back after it; absent: nobody was. */
  givenBack: ReadonlyMap<IdKey, Day>;
}

interface WaveSource {
  /** Of accounts/ and archive/, the oldest first. */
  versions: readonly FileVersion[];
  /** Of give-back/, each of which gives an account back. */
  giveBacks: readonly FileVersion[];
  /** By place. */
  days: ReadonlyMap<number, Day>;
  /** The place from which waves count. */
  start: number;
}

/**
 * The oldest first. Texts are searched, not parsed: a long history has thousands of files. An account belongs to the wave that
 * disables it and to the one that delicenses it.
 */
export function listWaves({ versions, giveBacks, days, start }: WaveSource): Wave[] {
  const stageOf = new Map<IdKey, Stage>();
  const byDay = new Map<Day, { accounts: Set<IdKey>; givenBack: Map<IdKey, Day> }>();
  const giveBack = (id: IdKey, day: Day) => {
    for (const { accounts, givenBack } of byDay.values())
      if (accounts.has(id) && !givenBack.has(id)) givenBack.set(id, day);
  };
  const given = new Set(giveBacks);
  // Of one commit the files of accounts come first: what it takes, it may give back at once.
  for (const version of [...versions, ...giveBacks].sort((a, b) => a.at - b.at)) {
    const { text, at } = version;
    const [id, stage] = text === null ? [null, null] : [readId(text), readStage(text)];
    if (id !== null && given.has(version) && at >= start) giveBack(id, days.get(at) ?? '');
    if (id === null || stage === null || given.has(version)) continue;
    const before = stageOf.get(id);
    stageOf.set(id, stage);
    if (at < start || stage === before) continue;
    const day = days.get(at) ?? '';
    const isForward = isTakingStage(stage) && !(before === 'delicense' && stage === 'disable');
    if (!isForward) {
      giveBack(id, day);
      continue;
    }
    const wave = byDay.get(day) ?? { accounts: new Set(), givenBack: new Map() };
    wave.accounts.add(id);
    byDay.set(day, wave);
  }
  return [...byDay].map(([day, wave]) => ({ day, ...wave }));
}

function readId(text: string): IdKey | null {
  const [, id] = accountId.exec(text) ?? [];
  return id === undefined ? null : foldId(id);
}

function readStage(text: string): Stage | null {
  const [, word] = stageLine.exec(text) ?? [];
  return stages.find((each) => each === word) ?? null;
}

const accountId =
  /^account:[^\n]*\n(?:[ \t#][^\n]*\n)*?[ \t]+id:[ \t]*["']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/im;
const stageLine = /^stage:[ \t]*["']?([a-z]+)/m;
