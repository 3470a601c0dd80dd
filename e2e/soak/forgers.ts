// What somebody does who can push to main and has no key: facts edited, old versions brought back, signatures cut or
// borrowed, stages that no audit proposed, people whom no audit planned.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SKUS } from '@dormant-m365/emulator/tenant';
import { stack } from '../../demo/company.ts';
import { takeSnapshot } from '../../demo/proof.ts';
import { addDays } from '../../policy/evidence.ts';
import { editAccountFile, parseAccountFile } from '../../policy/files/account-file.ts';
import { buildDesiredState, getStageOrder } from '../../policy/files/stage.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { listAccountPaths } from './reviewer-actions.ts';
import type { Forgery, Story } from './story.fixture.ts';

/** Pushes one forged file to main, and notes it until an audit puts it right. */
export async function forgeOnMain(story: Story): Promise<void> {
  const { company, chance, tell, counts, forgeries, forgedIds } = story;
  const paths = await listAccountPaths(company);
  if (paths.length === 0) return;
  const path = chance.pick(paths);
  const [what, forge] = chance.pick(Object.entries(kinds));
  const text = await readFile(join(company.repository, path), 'utf8');
  const forged = await forge({ path, text, file: parseAccountFile(path, text) }, story);
  if (forged === null || forged.text === text) return;
  tell(`somebody pushes ${forged.path}: ${what}`);
  counts.forgeries += 1;
  await writeFile(join(company.repository, forged.path), forged.text);
  forgeries.set(forged.path, forged);
  forgedIds.add(forged.id);
  await company.git('add', '--all', 'stacks');
  await company.git('commit', '--quiet', '--message', what);
  await company.git('push', '--quiet', 'origin', 'main');
}

/** Those that main still has. */
export async function readForgeries({ company, forgeries }: Story): Promise<Forgery[]> {
  const found: Forgery[] = [];
  for (const forgery of forgeries.values()) {
    const text = await readFile(join(company.repository, forgery.path), 'utf8').catch(() => null);
    if (text === forgery.text) found.push(forgery);
    else forgeries.delete(forgery.path);
  }
  return found;
}

interface OnMain {
  path: string;
  text: string;
  file: AccountFile;
}

/** null: this file cannot be forged so. */
type Forge = (onMain: OnMain, story: Story) => Promise<Forgery | null>;

const kinds: Record<string, Forge> = {
  'evidence of today, one stage further': async (onMain, { company }) =>
    forgeFile(onMain, (file) => ({
      ...moveForward(file),
      evidence: { ...file.evidence, auditedOn: company.today() },
    })),
  'a sign-in of a year to come': async (onMain, { company }) =>
    forgeFile(onMain, (file) => {
      const lastActivity = { ...file.evidence.lastActivity, signIn: addDays(company.today(), 400) };
      return { ...moveForward(file), evidence: { ...file.evidence, lastActivity } };
    }),
  'another mailbox than it had': async (onMain) =>
    forgeFile(onMain, (file) => ({ ...moveForward(file), restore: { ...file.restore, mailbox: 'user' } })),
  'nothing is held back any more': async (onMain) =>
    forgeFile(onMain, (file) => moveForward({ ...file, savings: { ...file.savings, heldBack: [] } })),
  'a stage that no audit proposed': async (onMain) => forgeFile(onMain, moveForward),
  'a licence back that was never taken': async (onMain, { chance }) => {
    const { restore } = onMain.file;
    const others = Object.values(SKUS).filter(({ skuId }) => restore.licenses.every((each) => each.skuId !== skuId));
    const { skuId, skuPartNumber } = chance.pick(others);
    const license = { skuId, skuPartNumber, assignedByGroup: null, disabledPlans: [] };
    const forged = { ...restore, accountEnabled: true, licenses: [...restore.licenses, license] };
    const forgery = forgeFile(onMain, (file) => ({ ...file, stage: 'restore', reason: 'is missed', restore: forged }));
    return { ...forgery, neverTaken: skuId };
  },
  'a group that it was never in': async (onMain, { company }) => {
    const { restore } = onMain.file;
    const { directory } = company.tenant.tenant;
    const group = [...directory.groups.values()].find(({ properties }) => properties.isAssignableToRole === true);
    if (group === undefined) return null;
    const { id } = group;
    const groups = [...(restore.groups ?? []), { id, displayName: group.properties.displayName }];
    const forgery = forgeFile(onMain, (file) => ({
      ...file,
      stage: 'restore',
      reason: 'is missed',
      restore: { ...restore, groups },
    }));
    return { ...forgery, neverIn: id };
  },
  'half of a signature': async (onMain) =>
    forgeFile(onMain, (file) => ({
      ...moveForward(file),
      ...(file.signed ? { signed: file.signed.slice(0, -9) } : {}),
    })),
  'the signature of somebody else': async (onMain, story) => {
    const other = story.chance.pick(await listAccountPaths(story.company));
    const { signed } = parseAccountFile(other, await readFile(join(story.company.repository, other), 'utf8'));
    if (other === onMain.path || signed === undefined) return null;
    return forgeFile(onMain, (file) => ({ ...moveForward(file), signed }));
  },
  'a version that main had before': async (onMain, { company, chance }) => {
    const commits = (await company.git('log', '--format=%H', '--first-parent', '--', onMain.path)).split('\n');
    const text = `${await company.git('show', `${chance.pick(commits)}:${onMain.path}`).catch(() => '')}\n`;
    if (text.trim() === '') return null;
    const { stage } = parseAccountFile(onMain.path, text);
    return getStageOrder(stage) > getStageOrder(onMain.file.stage) ? toForgery(onMain, text) : null;
  },
  'somebody whom no audit planned': async (onMain, { company, chance }) => {
    const planned = new Set(await readIds(company.repository, await listAccountPaths(company)));
    const others = [...takeSnapshot(company).values()].filter(
      ({ id, deletedDateTime }) => !planned.has(id) && !deletedDateTime,
    );
    const { id, userPrincipalName, displayName } = chance.pick(others);
    const path = `stacks/${stack}/accounts/forged.${id}.yaml`;
    const file = { ...onMain.file, account: { ...onMain.file.account, id, userPrincipalName, displayName } };
    const { text } = forgeFile(onMain, () => ({ ...file, stage: 'disable', desired: getDesired('disable', file) }));
    return { path, text, id, standing: null };
  },
};

async function readIds(repository: string, paths: readonly string[]): Promise<string[]> {
  return Promise.all(
    paths.map(async (path) => parseAccountFile(path, await readFile(join(repository, path), 'utf8')).account.id),
  );
}

function forgeFile(onMain: OnMain, forge: (file: AccountFile) => AccountFile): Forgery {
  return toForgery(onMain, editAccountFile(onMain, forge(onMain.file)));
}

function toForgery({ path, file }: OnMain, text: string): Forgery {
  return { path, text, id: file.account.id, standing: file.stage };
}

function moveForward(file: AccountFile): AccountFile {
  const next: Partial<Record<Stage, Stage>> = {
    notify: 'review',
    review: 'disable',
    keep: 'review',
    restore: 'review',
  };
  const stage = next[file.stage] ?? 'delicense';
  return { ...file, stage, desired: getDesired(stage, file) };
}

function getDesired(stage: Stage, { restore, savings }: AccountFile): AccountFile['desired'] {
  return buildDesiredState(stage, restore, savings);
}
