// A made-up company of any size for pictures, sizes and timings: the same people for the same seed, in every kind there is.
import { ar, de, en, es, Faker, fr, he, ja, pl } from '@faker-js/faker';
import { aLicense, idOf, lastSeen } from '../../policy/account.fixture.ts';
import { addDays, type Day, type Evidence, type Manager } from '../../policy/evidence.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import { auditedOn } from './audit.fixture.ts';
import { aOneDrive } from './one-drive.fixture.ts';
import { aPerson, type Person } from './person.fixture.ts';

/** Inactive members only; the tenant's active people need no renderer. */
export function aCompany(size: number, seed = 7): Person[] {
  const faker = new Faker({ locale: en, seed });
  const managers = Array.from({ length: Math.max(6, Math.ceil(size / 12)) }, (_, index) => aManager(faker, index));
  return Array.from({ length: size }, (_, index) => anInactive(faker, index, managers));
}

const departments = [
  'Sales',
  'Engineering',
  'Finance',
  'Operations',
  'Customer Success',
  'Marketing',
  'Legal',
  'Research',
  'Logistics',
];

const jobTitles = [
  'Account Executive',
  'Software Engineer',
  'Analyst',
  'Project Lead',
  'Accountant',
  'Support Specialist',
  'Designer',
  'Legal Counsel',
  'Researcher',
  'Warehouse Lead',
  'Contractor',
];

const licenseSets: readonly { weight: number; value: readonly string[] }[] = [
  { weight: 9, value: ['SPE_E3'] },
  { weight: 4, value: ['SPE_E5'] },
  { weight: 3, value: ['SPE_E3', 'POWER_BI_PRO'] },
  { weight: 2, value: ['SPE_E5', 'Microsoft_365_Copilot'] },
  { weight: 3, value: ['SPE_F1'] },
  { weight: 2, value: ['ENTERPRISEPACK', 'EMS'] },
  { weight: 1, value: ['SPE_E3', 'VISIOCLIENT', 'PROJECTPROFESSIONAL'] },
  { weight: 2, value: ['EXCHANGESTANDARD', 'FLOW_FREE'] },
  { weight: 2, value: [] },
];

/** Names as a world-wide company has them; the rest of a person is the same in every language. */
const languages = [en, en, en, en, de, es, fr, pl, ar, he, ja];

function anInactive(faker: Faker, index: number, managers: readonly Manager[]): Person {
  const language = faker.helpers.arrayElement(languages);
  const person = new Faker({ locale: [language, en], seed: faker.number.int() });
  const name = `${person.person.firstName()} ${person.person.lastName()}`;
  const latin = faker.internet
    .username({ firstName: faker.person.firstName(), lastName: faker.person.lastName() })
    .toLowerCase();
  const userPrincipalName = `${latin}${index}@contoso.com`;
  const place = placeOf(faker, index);
  const evidence: Partial<Evidence> = {
    userPrincipalName,
    displayName: name,
    department: faker.helpers.maybe(() => faker.helpers.arrayElement(departments), { probability: 0.96 }) ?? null,
    jobTitle: faker.helpers.arrayElement(jobTitles),
    createdOn: addDays('2015-01-01', faker.number.int({ min: 0, max: 2900 })),
    manager: faker.helpers.maybe(() => faker.helpers.arrayElement(managers), { probability: 0.93 }) ?? null,
    ...activity(faker, place === undefined ? 0 : 30),
    ...holdings(faker),
    ...(place?.stage === 'disable' || place?.stage === 'delicense' ? taken : {}),
    ...(place === undefined ? outsideOnly(faker) : sinceThen(faker)),
  };
  const made = aPerson(evidence, place ? { inForce: place } : {});
  return { ...made, evidence: { ...made.evidence, oneDrive: aOneDrive(index, made.evidence) } };
}

const taken: Partial<Evidence> = {
  accountEnabled: false,
  mailbox: {
    recipientType: 'shared',
    storageUsedBytes: 3_100_000_000,
    hasArchive: false,
    hold: 'none',
  },
};

interface Place {
  stage: Stage;
  since: Day;
}

/** A pipeline that has run for some weeks: a few dozen people in every stage, some due today. */
function placeOf(faker: Faker, index: number): Place | undefined {
  if (index >= 130) return undefined;
  const stage = faker.helpers.weightedArrayElement<Stage>([
    { weight: 4, value: 'notify' },
    { weight: 4, value: 'review' },
    { weight: 3, value: 'disable' },
    { weight: 3, value: 'delicense' },
    { weight: 0.4, value: 'keep' },
  ]);
  // Proposals are merged on Tuesdays and Wednesdays.
  const merged = faker.helpers.arrayElement([-5, -6]);
  const weeks = faker.number.int({ min: 0, max: stage === 'delicense' ? 7 : 1 });
  return { stage, since: addDays(auditedOn, merged - 7 * weeks) };
}

/** Of those in the pipeline one in thirty has come back, and one in forty has become an administrator since. */
function sinceThen(faker: Faker): Partial<Evidence> {
  if (faker.datatype.boolean(1 / 30)) return { usage: lastSeen({ exchange: '2026-12-03', teams: '2026-12-04' }) };
  return faker.datatype.boolean(1 / 40)
    ? { roles: [{ roleName: 'Exchange Administrator', kind: 'eligible', viaGroup: 'Messaging' }] }
    : {};
}

/** What only accounts outside of the pipeline are: switched off already, synced, executives, never active. */
function outsideOnly(faker: Faker): Partial<Evidence> {
  return {
    accountEnabled: faker.datatype.boolean(0.88),
    onPremisesSyncEnabled: faker.datatype.boolean(0.06),
    ...(faker.datatype.boolean(0.06)
      ? { usage: lastSeen({}), signIns: { kind: 'read', lastSuccessful: null, lastAttempt: null } }
      : {}),
    ...(faker.datatype.boolean(0.015) ? { jobTitle: 'Chief Revenue Officer' } : {}),
    ...(faker.datatype.boolean(0.01)
      ? { roles: [{ roleName: 'User Administrator', kind: 'active', viaGroup: null }] }
      : {}),
  };
}

function activity(faker: Faker, longerBy: number): Pick<Evidence, 'usage' | 'signIns'> {
  const last = addDays('2026-09-05', -longerBy - Math.round(faker.number.float({ min: 0, max: 1 }) ** 2.4 * 900));
  const before = (most: number) =>
    faker.helpers.maybe(() => addDays(last, -faker.number.int({ min: 0, max: most })), {
      probability: 0.85,
    }) ?? null;
  const spray = faker.datatype.boolean(0.05);
  const lastSuccessful = before(25) ?? (spray ? last : null);
  return {
    usage: lastSeen({
      exchange: last,
      oneDrive: before(120),
      sharePoint: before(200),
      teams: before(60),
      yammer: faker.datatype.boolean(0.1) ? before(300) : null,
    }),
    signIns: {
      kind: 'read',
      lastSuccessful,
      lastAttempt: spray ? addDays(auditedOn, -faker.number.int({ min: 2, max: 40 })) : lastSuccessful,
    },
  };
}

function holdings(faker: Faker): Pick<Evidence, 'licenses' | 'mailbox'> {
  const skus = faker.helpers.weightedArrayElement([...licenseSets]);
  const inherited = faker.datatype.boolean(0.12);
  const group = inherited ? { assignedByGroup: idOf('All staff'), groupName: 'Licences: all staff' } : {};
  return {
    licenses: skus.map((sku) => aLicense(sku, group)),
    mailbox: {
      recipientType: skus.length === 0 ? 'none' : 'user',
      storageUsedBytes: faker.datatype.boolean(0.03) ? 61_000_000_000 : faker.number.int({ min: 2e8, max: 3e10 }),
      hasArchive: faker.datatype.boolean(0.03),
      hold: faker.datatype.boolean(0.02) ? 'litigation' : 'none',
    },
  };
}

function aManager(faker: Faker, index: number): Manager {
  const displayName = faker.person.fullName();
  const mail = `manager${index}.${faker.person
    .lastName()
    .toLowerCase()
    .replace(/[^a-z]/g, '')}@contoso.com`;
  return { id: idOf(mail), displayName, mail, userPrincipalName: mail };
}
