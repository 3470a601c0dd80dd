// The tenant: its people, directory, subscriptions, report setting and clock, made from a seed.
import { type Clock, formatTimestamp } from '../clock.ts';
import type { CloudName } from '../clouds.ts';
import { createExchangeOrganization, type ExchangeOrganization } from '../exchange/roles/organization.ts';
import type { Switches } from '../options.ts';
import { type ArchiveBilling, watchBilling } from './archive-billing.ts';
import { type Concealment, createConcealment } from './concealment.ts';
import { createDirectory, type Directory } from './directory.ts';
import { followRules, joinByLicense } from './dynamic-groups.ts';
import { grantPrivileges } from './grant-privileges.ts';
import { createGroup, expandGroups, type GroupInput } from './group-input.ts';
import { processDue } from './group-licensing.ts';
import { addDynamicGroup, addShareGroups, findOrAddGroup } from './groups.ts';
import { getKindInput, kinds } from './kinds/catalogue.ts';
import type { DynamicGroupInput } from './license-groups.ts';
import { LicenseQueue } from './license-queue.ts';
import { changeMailbox } from './mailbox-changes.ts';
import { PeopleStore } from './people-store.ts';
import type { ChangedPerson } from './person.ts';
import type { PersonInput } from './person-input.ts';
import { createLags } from './replicas.ts';
import { createSeats, type Seats } from './seats.ts';
import { generateGuid } from './seeded-random.ts';
import { createWorld, type World } from './world.ts';

export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
  readonly cloud: CloudName;
  readonly world: World;
  readonly clock: Clock;
  readonly switches: Switches;
  readonly people: PeopleStore;
  readonly directory: Directory;
  readonly concealment: Concealment;
  readonly seats: Seats;
  /** What group-based licensing has not come to yet. */
  readonly licenseQueue: LicenseQueue;
  readonly archiveBilling: ArchiveBilling;
  /** Exchange's roles and their assignments. */
  readonly exchange: ExchangeOrganization;
}

interface TenantOptions {
  readonly seed: string | number;
  readonly cloud?: CloudName;
  readonly users: number;
  readonly people: readonly PersonInput[];
  readonly dynamicGroups?: readonly DynamicGroupInput[];
  readonly groups?: readonly GroupInput[];
  readonly groupLicensedShare?: number | undefined;
  readonly clock: Clock;
  readonly switches: Switches;
}

const DOMAIN = 'contoso.com';

/** Creates the tenant of a seed, whose delays are to begin yet. `users` is 0 or at least the number of named kinds. */
export function createTenant({
  seed,
  cloud = 'global',
  users,
  people,
  dynamicGroups = [],
  groups = [],
  groupLicensedShare,
  clock,
  switches,
}: TenantOptions): Tenant {
  if (users !== 0 && users < kinds.length) {
    throw new Error(`A tenant has 0 or at least ${kinds.length} users (every kind once), not ${users}.`);
  }
  const firstGenerated = users === 0 ? 0 : kinds.length;
  const world = createWorld({
    seed,
    firstGenerated,
    end: users,
    startDay: clock.today(),
    domain: DOMAIN,
    groupLicensedShare: groupLicensedShare ?? null,
  });
  const archiveBilling = watchBilling(clock, switches);
  const lags = createLags(clock, switches);
  const store = new PeopleStore(world, clock, { switches, archiveBilling });
  const tenant: Tenant = {
    id: generateGuid(world.random, 0, 8200),
    displayName: 'Contoso',
    domain: DOMAIN,
    cloud,
    world,
    clock,
    switches,
    people: store,
    directory: createDirectory(world.random, clock.now(), lags),
    concealment: createConcealment(clock, switches, lags),
    seats: createSeats(store, switches),
    licenseQueue: new LicenseQueue(),
    archiveBilling,
    exchange: createExchangeOrganization(),
  };
  for (const group of dynamicGroups) addDynamicGroup(tenant.directory, group, clock.now());
  if (groupLicensedShare !== undefined) addShareGroups(tenant.directory, world.random, clock.now());
  for (const group of groups) createGroup(tenant, group);
  store.followRules = (person) => followRules(tenant, person);
  store.processDue = () => processDue(tenant);
  const named = users === 0 ? [] : kinds.map(getKindInput);
  populate(tenant, [...named.entries(), ...people.map((input, order) => [users + order, input] as const)]);
  return tenant;
}

/** Adds one person to a running tenant. */
export function addPerson(tenant: Tenant, input: PersonInput): ChangedPerson {
  const index = tenant.people.size;
  tenant.seats.moveCounts([], []); // counts everybody else first
  populate(tenant, [[index, input]]);
  const person = tenant.people.change(index);
  tenant.seats.moveCounts([], person.licenses);
  return person;
}

/** The tenant's time, as Graph writes an instant. */
export function formatTenantNow(tenant: Tenant): string {
  return formatTimestamp(tenant.clock.now());
}

/** Places everybody first, then adds managers, roles and groups, because a manager may come later in the list. */
function populate(tenant: Tenant, inputs: readonly (readonly [number, PersonInput])[]): void {
  const placed = inputs.map(([index, input]) => ({
    person: tenant.people.place(index, expandGroups(tenant.directory, input)),
    input,
  }));
  for (const { person, input } of placed) linkPerson(tenant, person, input);
}

function linkPerson(tenant: Tenant, person: ChangedPerson, input: PersonInput): void {
  const { people, directory, clock } = tenant;
  const { manager } = input;
  if (manager) {
    const isKind = people.kinds.has(manager);
    person.managerId = isKind ? people.requireKind(manager).id : (people.find(manager)?.id ?? manager);
  }
  if (input.mailbox) changeMailbox(tenant, person, input.mailbox);
  grantPrivileges(tenant, person.id, input);
  joinByLicense(directory, person, person.licenses);
  for (const name of input.groups ?? []) findOrAddGroup(directory, name, clock.now()).members.add(person.id);
}
