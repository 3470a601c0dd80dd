// What becomes of licence groups while a story runs, and of who is in them. Each event says what it makes of the group.
import { addGroup, changeGroup, removeGroup } from '@dormant-m365/emulator/tenant';
import { takeSnapshot } from '../../demo/proof.ts';
import type { RandomGroup } from './random-groups.ts';
import type { Story } from './story.fixture.ts';

/** One event, for one group. */
export function changeOneGroup(story: Story): void {
  const { chance, groups, tell, counts } = story;
  if (groups.length === 0) return;
  const group = chance.pick(groups);
  const [what, happen] = chance.pick(Object.entries(events));
  const change = findGroup(story, group);
  if (change === undefined) return;
  tell(`the group ${change.properties.displayName}: ${what}`);
  counts.events += 1;
  happen(story, group);
}

type GroupEvent = (story: Story, group: RandomGroup) => void;

const events: Record<string, GroupEvent> = {
  'comes from Active Directory now': (story, group) => become(story, group, { synced: true }, 'synced'),
  'is given an application': (story, group) => become(story, group, { appRoles: ['Travel'] }, 'app role'),
  'is named by Conditional Access': (story, group) =>
    become(story, group, { conditionalAccess: 'exclude' }, 'conditional access'),
  'joins another group': (story, group) => become(story, group, { memberOf: ['Everybody'] }, 'in a group'),
  'gets mail': (story, group) => become(story, group, { kind: 'mail-enabled security' }, 'mail'),
  'finds its members by a rule now': (story, group) =>
    become(story, group, { membershipRule: 'user.department -ne "Nowhere"' }, 'rule'),
  'can hold roles': (story, group) => {
    for (const id of listMembers(story, group)) story.protectedIds.add(id);
    become(story, group, { roleAssignable: true }, 'role-assignable');
  },
  'is renamed': (story, group) => {
    become(story, group, { displayName: `Renamed ${story.counts.events}` });
  },
  'another one gets its name': ({ company: { tenant } }, group) => {
    const { directory, clock } = tenant.tenant;
    addGroup(directory, clock.now(), {
      displayName: directory.groups.get(group.id ?? '')?.properties.displayName ?? '',
    });
  },
  'is deleted': (story, group) => {
    for (const id of listEverMembers(story, group)) story.meddledIds.add(id);
    const found = findGroup(story, group);
    if (found) removeGroup(story.company.tenant.tenant, found);
    group.obstacles.push('gone');
  },
  'takes somebody back': (story, group) => moveSomebody(story, group, 'addGroups'),
  'lets somebody go': (story, group) => moveSomebody(story, group, 'removeGroups'),
};

function become(story: Story, group: RandomGroup, change: Parameters<typeof changeGroup>[2], obstacle?: string): void {
  const found = findGroup(story, group);
  if (found) changeGroup(story.company.tenant.tenant, found, change);
  const isAccepted = group.isAccepted && ['app role', 'conditional access', 'in a group'].includes(obstacle ?? '');
  if (obstacle !== undefined && !isAccepted) group.obstacles.push(obstacle);
}

function moveSomebody(story: Story, group: RandomGroup, how: 'addGroups' | 'removeGroups'): void {
  const states = takeSnapshot(story.company);
  const ids = listEverMembers(story, group).filter((id) => states.get(id)?.deletedDateTime === null);
  if (ids.length === 0 || group.id === undefined) return;
  const id = story.chance.pick(ids);
  story.meddledIds.add(id);
  story.company.tenant.applyEvents(id, { [how]: [group.id] });
}

function findGroup({ company: { tenant } }: Story, { id = '' }: RandomGroup) {
  return tenant.tenant.directory.groups.get(id);
}

/** Object ids of people who are in it now. */
function listMembers({ company }: Story, { displayName, id = '' }: RandomGroup): string[] {
  const name = company.tenant.tenant.directory.groups.get(id)?.properties.displayName ?? displayName;
  return [...takeSnapshot(company).values()].filter(({ groups }) => groups.includes(name)).map((state) => state.id);
}

/** And of those who have been, so that the pipeline may have to put them back. */
function listEverMembers(story: Story, group: RandomGroup): string[] {
  const were = [...story.before.values()].filter(({ groups }) => groups.includes(group.displayName));
  return [...new Set([...were.map(({ id }) => id), ...listMembers(story, group)])];
}
