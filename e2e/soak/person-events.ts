// Random events for people in the pipeline: they come back, marry, are promoted, edited, restored or deleted.
import { SKUS } from '@dormant-m365/emulator/tenant';
import { takeSnapshot } from '../../demo/proof.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import type { Story } from './story.fixture.ts';

/** Applies one event to one person who has a merged file. */
export function applyRandomEvent(story: Story, files: readonly AccountFile[]): void {
  const { company, chance, tell, counts } = story;
  const states = takeSnapshot(company);
  const there = files.filter(({ account }) => states.get(account.id)?.deletedDateTime === null);
  if (there.length === 0) return;
  const file = chance.pick(there);
  const [what, happen] = chance.pick(Object.entries(events));
  tell(`${file.account.userPrincipalName} (${file.stage}): ${what}`);
  counts.events += 1;
  happen(story, file);
}

type StoryEvent = (story: Story, file: AccountFile) => void;

const applyEvents: (
  story: Story,
  file: AccountFile,
  ...events: Parameters<Story['company']['tenant']['applyEvents']>[1][]
) => void = ({ company }, { account }, ...events) => {
  for (const event of events) company.tenant.applyEvents(account.id, event);
};

const meddle: typeof applyEvents = (story, file, ...events) => {
  story.meddledIds.add(file.account.id);
  applyEvents(story, file, ...events);
};

const events: Record<string, StoryEvent> = {
  'comes back': (story, file) => {
    const today = story.company.today();
    applyEvents(story, file, { signIn: { successful: today }, activity: { exchange: today, teams: today } });
  },
  'tries a wrong password': (story, file) => applyEvents(story, file, { signIn: { attempt: story.company.today() } }),
  'moves to another department': (story, file) =>
    applyEvents(story, file, { department: story.chance.pick(['Sales', 'Legal', null]) }),
  'gets another title': (story, file) => applyEvents(story, file, { jobTitle: 'Senior Clerk' }),
  'gets another manager': (story, file) =>
    applyEvents(story, file, { manager: story.chance.pick(['lineManager', 'managerDisabled', null]) }),
  marries: (story, file) =>
    applyEvents(story, file, { userPrincipalName: `married.${story.counts.events}@contoso.com` }),
  'is given to somebody else': (story, file) =>
    applyEvents(story, file, {
      userPrincipalName: `new.owner${story.counts.events}@contoso.com`,
      displayName: `New Owner ${story.counts.events}`,
    }),
  'becomes an executive': (story, file) => {
    story.protectedIds.add(file.account.id);
    applyEvents(story, file, { jobTitle: 'Chief Risk Officer' });
  },
  'becomes an administrator': (story, file) => {
    story.protectedIds.add(file.account.id);
    applyEvents(story, file, { addRoles: ['User Administrator'] });
  },
  'comes to own a role-assignable group': (story, file) => {
    story.protectedIds.add(file.account.id);
    applyEvents(story, file, { addPrivileges: { owns: ['Role: spare, not assigned'] } });
  },
  'may activate a privileged group': (story, file) => {
    story.protectedIds.add(file.account.id);
    applyEvents(story, file, { addPrivileges: { eligibleGroups: ['Role: Helpdesk administrators'] } });
  },
  'joins a restricted management unit': (story, file) => {
    story.protectedIds.add(file.account.id);
    applyEvents(story, file, { addPrivileges: { restrictedUnits: ['Works council'] } });
  },
  'is given back by an admin': (story, file) => meddle(story, file, { accountEnabled: true }),
  'is blocked by an admin': (story, file) => meddle(story, file, { accountEnabled: false }),
  'loses a licence to somebody else': (story, file) => meddle(story, file, { removeLicenses: ['SPE_E3'] }),
  'gets a licence from somebody': (story, file) => meddle(story, file, { addLicenses: ['POWER_BI_PRO'] }),
  'gets a large mailbox': (story, file) => meddle(story, file, { mailbox: { sizeGb: 70 } }),
  'gets a litigation hold': (story, file) => meddle(story, file, { mailbox: { litigationHold: true } }),
  'gets another hold': (story, file) =>
    meddle(story, file, {
      mailbox: story.chance.pick([
        { inPlaceHolds: ['UniH7d895d48-7e23-4a8d-8346-533c3beac15d'] },
        { inPlaceHolds: ['mbxcdbbb86ce60342489bff371876e7f224:3'] },
        { complianceTagHold: true },
        { delayHold: true },
      ]),
    }),
  'gets an archive': (story, file) => meddle(story, file, { mailbox: { archive: true } }),
  'fills a OneDrive': (story, file) => applyEvents(story, file, { oneDrive: { sizeGb: 12, files: 9000 } }),
  'empties a OneDrive': (story, file) => applyEvents(story, file, { oneDrive: { sizeMb: 2, files: 3 } }),
  'gets the mailbox back as a user mailbox': (story, file) => meddle(story, file, { mailbox: { type: 'UserMailbox' } }),
  'is deleted': (story, file) => {
    story.deletedIds.add(file.account.id);
    meddle(story, file, { delete: true });
  },
  'the company has no seat left': ({ company }) => {
    const { seats } = company.tenant.tenant;
    for (const { skuId } of Object.values(SKUS)) seats.buy(skuId, seats.countConsumed(skuId));
  },
};
