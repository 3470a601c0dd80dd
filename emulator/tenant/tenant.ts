// The tenant: its people, directory, subscriptions, report setting and clock, made from a seed.
import { type Clock, timestampOf } from '../clock.ts';
import type { CloudName } from '../clouds.ts';
import { type ExchangeOrganization, exchangeOrganization } from '../exchange/roles/organization.ts';
import type { Switches } from '../options.ts';
import { type ArchiveBilling, watchBilling } from './archive-billing.ts';
import { type Concealment, concealmentOf } from './concealment.ts';
import { type Directory, directoryOf } from './directory.ts';
import { guidOf } from './draw.ts';
import { followRules, joinByRule } from './dynamic-groups.ts';
import { givePrivileges } from './given-privileges.ts';
import { addDynamicGroup, groupNamed } from './groups.ts';
import { kindInput, kinds } from './kinds/catalogue.ts';
import type { DynamicGroupInput } from './license-groups.ts';
import { changeMailbox } from './mailbox-changes.ts';
import type { ChangedPerson } from './person.ts';
import type { PersonInput } from './person-input.ts';
import { Roll } from './roll.ts';
import { type Seats, seatsOf } from './seats.ts';
import { type World, worldOf } from './world.ts';

export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
  readonly cloud: CloudName;
  readonly world: World;
  readonly clock: Clock;
  readonly switches: Switches;
  readonly people: Roll;
  readonly directory: Directory;
  readonly concealment: Concealment;
  readonly seats: Seats;
  readonly archiveBilling: ArchiveBilling;
  /** Who may run what in Exchange. */
  readonly exchange: ExchangeOrganization;
}

export interface TenantOptions {
  readonly seed: string | number;
  readonly cloud?: CloudName;
  readonly users: number;
  readonly people: readonly PersonInput[];
  readonly dynamicGroups?: readonly DynamicGroupInput[];
  readonly clock: Clock;
  readonly switches: Switches;
}

const DOMAIN = 'contoso.com';

/** Makes the tenant of a seed. `users` is 0 or at least the number of named kinds. */
export function tenantOf({
  seed,
  cloud = 'global',
  users,
  people,
  dynamicGroups = [],
  clock,
  switches,
}: TenantOptions): Tenant {
  if (users !== 0 && users < kinds.length) {
    throw new Error(`A tenant has 0 or at least ${kinds.length} users (every kind once), not ${users}.`);
  }
  const firstGenerated = users === 0 ? 0 : kinds.length;
  const world = worldOf({ seed, firstGenerated, end: users, startDay: clock.today(), domain: DOMAIN });
  const archiveBilling = watchBilling(clock, switches);
  const roll = new Roll(world, clock, { switches, archiveBilling });
  const tenant: Tenant = {
    id: guidOf(world.draw, 0, 8200),
    displayName: 'Contoso',
    domain: DOMAIN,
    cloud,
    world,
    clock,
    switches,
    people: roll,
    directory: directoryOf(world.draw, clock.now()),
    concealment: concealmentOf(clock, switches),
    seats: seatsOf(roll, switches),
    archiveBilling,
    exchange: exchangeOrganization(),
  };
  for (const group of dynamicGroups) addDynamicGroup(tenant.directory, group, clock.now());
  roll.followRules = (person) => followRules(tenant, person);
  const named = users === 0 ? [] : kinds.map(kindInput);
  populate(tenant, [...named.entries(), ...people.map((input, order) => [users + order, input] as const)]);
  return tenant;
}

/** Adds one person to a running tenant. */
export function addPerson(tenant: Tenant, input: PersonInput): ChangedPerson {
  const index = tenant.people.size;
  tenant.seats.move([], []); // counts everybody else first
  populate(tenant, [[index, input]]);
  const person = tenant.people.change(index);
  tenant.seats.move([], person.licenses);
  return person;
}

/** The tenant's now, as Graph writes an instant. */
export function stampOf(tenant: Tenant): string {
  return timestampOf(tenant.clock.now());
}

/** Places everybody first, then ties managers, roles and groups: a manager may come later in the list. */
function populate(tenant: Tenant, inputs: readonly (readonly [number, PersonInput])[]): void {
  const placed = inputs.map(([index, input]) => ({ person: tenant.people.place(index, input), input }));
  for (const { person, input } of placed) tie(tenant, person, input);
}

function tie(tenant: Tenant, person: ChangedPerson, input: PersonInput): void {
  const { people, directory, clock } = tenant;
  const { manager } = input;
  if (manager) {
    const isKind = people.kinds.has(manager);
    person.managerId = isKind ? people.ofKind(manager).id : (people.find(manager)?.id ?? manager);
  }
  if (input.mailbox) changeMailbox(tenant, person, input.mailbox);
  givePrivileges(tenant, person.id, input);
  joinByRule(directory, person, person.licenses);
  for (const name of input.groups ?? []) groupNamed(directory, name, clock.now()).members.add(person.id);
}
