// Everything about one person from every source, joined. A source that cannot be read is told, and leaves the others as they are.
import { join } from 'node:path';
import { getOutFolder } from '../../audit/out-folder.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { findClosedDay } from '../../policy/calendar/find-closure.ts';
import { DormantError } from '../../policy/errors.ts';
import { foldId } from '../../policy/identifiers.ts';
import { findExemption } from '../../policy/judge/exemption.ts';
import { findPause } from '../../policy/pause/find-pause.ts';
import { selectStages } from '../../policy/populations/population-policy.ts';
import { listGivenBack } from '../../policy/words/describe-given-back.ts';
import { listEntries } from '../list-entries.ts';
import { buildRecordDownload } from '../person-commands.ts';
import { describeMoves, listDownloads, listPullsAbout } from './ask-git-hub.ts';
import { buildAuditWords } from './audit-words.ts';
import { type AuditedStanding, readAuditedStanding, selectCurrentPlace } from './audited-standing.ts';
import type { FoundPerson } from './find-person.ts';
import { describeNext, listCommands } from './next-step.ts';
import { readAccountRecord } from './read-record.ts';
import type { Standing } from './standing.ts';
import { findStandingOnMain, type StandingOnMain } from './standing-on-main.ts';
import type { Reading } from './unread.ts';

interface StandingQuery {
  repo: string;
  /** null: there is no token for one. */
  github: GitHub | null;
}

export async function readStanding(
  { sources, id, userPrincipalName, displayName }: FoundPerson,
  { repo, github }: StandingQuery,
  reading: Reading,
): Promise<Standing> {
  const { stack, today, settings, audited } = sources;
  const main = findStandingOnMain(id, sources);
  const found = await readAuditedStanding(join(getOutFolder(repo, stack), 'audit.json'), id);
  const audit = found && { ...found, place: selectCurrentPlace(found, main) };
  const person = buildPerson({ id, userPrincipalName, displayName }, main, audit);
  const record = await readAccountRecord(repo, stack, id);
  const state =
    settings === null ? null : await reading.attempt('state', () => readState(repo, stack, settings.tenant.value, id));
  const asked = await askGitHub({ repo, stack, github }, { main, audit, hasSteps: record.steps.length > 0 }, reading);
  const rules = { stack, exemptions: settings?.exemptions ?? [] };
  const exemption = findExemption({ id: person.id, userPrincipalName: person.userPrincipalName }, rules, today);
  const pause = settings?.policy ? findPause({ tenant: settings.tenant, policy: settings.policy }, today) : null;
  const { taken } = main;
  const { place, since, path, reason, evidence, reviewerEdits } = main;
  const placed = {
    ...{ stack, today, person, place, since, path, reason, evidence, reviewerEdits },
    ...asked,
    exemption: exemption && { reason: exemption.reason, owner: exemption.owner, until: exemption.until },
    giveBack: findGiveBack(sources, id),
    pause: pause && { reason: pause.reason, until: pause.until },
    closed: findClosed(sources),
    escalatedSince: settings?.escalations.find((entry) => foldId(entry.id) === id)?.since ?? null,
    audit: buildAuditWords(audited && { ...audited, person: audited.people.get(id) }, audit),
    ...{ state, record },
    givesBack: taken === null ? [] : listGivenBack(taken.file, taken.since, today),
    unread: reading.unread,
  };
  const planned = audit?.place ?? null;
  return {
    ...placed,
    next: describeNext(placed, { ...findStageDays(sources, main), audited: planned }),
    commands: listCommands(placed, planned),
  };
}

function findClosed({ settings, today }: FoundPerson['sources']): Standing['closed'] {
  if (settings === null) return null;
  const { tenant, policy, holidays } = settings;
  const query = { zone: tenant.value.timeZone, day: today, holidays };
  const found = findClosedDay(policy?.value.calendar, query);
  return found && { because: found.because, opens: found.opens };
}

/** Those of the population that the file says, and the days that do not count. */
function findStageDays({ settings, history }: FoundPerson['sources'], { file }: StandingOnMain) {
  const policy = settings?.policy?.value ?? null;
  return {
    stages: policy && selectStages(policy, file?.evidence.population),
    uncounted: history?.lineRules.findUncounted(Number.POSITIVE_INFINITY) ?? [],
  };
}

/** As main has the person last; else as the audit saw them. */
function buildPerson(
  names: Pick<Standing['person'], 'id' | 'userPrincipalName' | 'displayName'>,
  { file }: StandingOnMain,
  audit: AuditedStanding | null,
): Standing['person'] {
  const account = file?.account ?? audit?.listed?.evidence ?? null;
  if (account === null) return { ...names, department: null, jobTitle: null, manager: null };
  const { userPrincipalName, displayName, department, jobTitle, manager } = account;
  return { id: names.id, userPrincipalName, displayName, department, jobTitle, manager: manager?.displayName ?? null };
}

function findGiveBack({ settings }: FoundPerson['sources'], id: FoundPerson['id']): Standing['giveBack'] {
  const found = settings?.giveBacks.find(({ value }) => foldId(value.account.id) === id);
  if (found === undefined) return null;
  const { reason, askedBy, askedOn } = found.value;
  return { path: found.path, reason, askedBy, askedOn };
}

async function readState(
  ...[repo, stack, tenant, id]: [string, string, Parameters<ReadState>[0]['tenant'], FoundPerson['id']]
) {
  const { readStateWords } = await import('./read-state.ts');
  return readStateWords({ repo, stack, tenant }, id);
}

type ReadState = typeof import('./read-state.ts')['readStateWords'];

/** Without GitHub, and where it refuses, git alone says who did what. */
async function askGitHub(
  { repo, stack, github }: StandingQuery & { stack: string },
  { main, audit, hasSteps }: { main: StandingOnMain; audit: AuditedStanding | null; hasSteps: boolean },
  reading: Reading,
): Promise<Pick<Standing, 'history' | 'openPulls' | 'downloads'>> {
  const { moves } = main;
  const withoutGitHub = {
    history: await describeMoves(repo, null, moves),
    openPulls: [],
    downloads:
      main.taken === null || hasSteps ? [] : [{ run: null, at: null, command: buildRecordDownload(stack, null) }],
  };
  const asked = await reading.attempt('github', async () => {
    if (github === null) throw createNoGitHubError();
    const path = main.path ?? (audit?.place?.kind === 'moves' ? audit.place.entry.path : null);
    const known = new Set(await listEntries(join(getOutFolder(repo, stack), 'runs')));
    return {
      history: await describeMoves(repo, github, moves),
      openPulls: path === null ? [] : await listPullsAbout(github, stack, path),
      downloads: moves.length === 0 ? [] : await listDownloads(github, stack, { moves, known }),
    };
  });
  return asked ?? withoutGitHub;
}

function createNoGitHubError(): DormantError {
  return new DormantError(
    'no-github',
    'GitHub is not asked: names are as git has them, which whoever commits writes.',
    {
      remedy: '`export GITHUB_TOKEN=$(gh auth token) GITHUB_REPOSITORY=<owner>/<name>` lets it be asked.',
    },
  );
}
