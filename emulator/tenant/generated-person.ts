// A generated person: only an index is stored, each property is computed when it is read.
import { DAY_MS, formatTimestamp } from '../clock.ts';
import type { OneDrive } from './belongings.ts';
import { generateSignIns, generateUsage, NO_SIGN_INS, NO_USAGE } from './generated-activity.ts';
import { generateLicenses } from './generated-licenses.ts';
import { generateMailbox } from './generated-mailbox.ts';
import { generateOneDrive } from './generated-one-drive.ts';
import { hasMailboxPlan, hasPlan } from './license-rules.ts';
import type { Mailbox, MailboxType } from './mailbox.ts';
import type { Name } from './names.ts';
import { findManagerIndex, OFFICES, selectDepartment, selectJobTitle } from './organization-chart.ts';
import type { License, Person, ReportRow, SignIns, Usage } from './person.ts';
import { type Population, pickPopulation, pickStanding, type Standing } from './populations.ts';
import { pick } from './seeded-random.ts';
import { isOneDrivePlan } from './service-plans.ts';
import type { World } from './world.ts';

const ROOM_NAMES = ['Aspen', 'Birch', 'Cedar', 'Elm', 'Hazel', 'Juniper', 'Maple', 'Rowan'];

/** Derives the person of an index that `world` generates. */
export class GeneratedPerson implements Person {
  readonly index: number;
  readonly kind = null;
  readonly noSignIn = 'missing';
  readonly identityParentId = null;
  readonly cloudPc = null;
  readonly phone = null;
  readonly population: Population;
  readonly standing: Standing;
  readonly #world: World;
  #id: string | undefined;
  #name: Name | undefined;
  #licenses: readonly License[] | undefined;

  constructor(world: World, index: number) {
    this.#world = world;
    this.index = index;
    this.population = pickPopulation(world, index);
    this.standing = pickStanding(world, index);
  }

  get id(): string {
    this.#id ??= this.#world.getId(this.index);
    return this.#id;
  }
  get mailNickname(): string {
    return this.#fullName.alias;
  }
  get userPrincipalName(): string {
    const { domain } = this.#world;
    if (this.population !== 'guest') return `${this.mailNickname}@${domain}`;
    return `${this.mailNickname}_fabrikam.com#EXT#@${domain}`;
  }
  get displayName(): string {
    const { givenName, surname } = this.#fullName;
    switch (this.population) {
      case 'sharedMailbox':
        return `${selectDepartment(this.#world, this.index)} Desk ${this.index}`;
      case 'room':
        return `Room ${pick(this.#world.random, ROOM_NAMES, this.index, 20)} ${this.index}`;
      case 'equipment':
        return `Projector ${this.index}`;
      case 'serviceAccount':
        return `svc ${surname} sync`;
      default:
        return `${givenName} ${surname}`;
    }
  }
  get givenName(): string | null {
    return this.#isSomebody ? this.#fullName.givenName : null;
  }
  get surname(): string | null {
    return this.#isSomebody ? this.#fullName.surname : null;
  }
  get mail(): string | null {
    if (this.population === 'guest') return `${this.mailNickname}@fabrikam.com`;
    return this.#mailboxType === null ? null : this.userPrincipalName;
  }
  get userType(): 'Member' | 'Guest' {
    return this.population === 'guest' ? 'Guest' : 'Member';
  }
  get creationType(): string | null {
    return this.population === 'guest' ? 'Invitation' : null;
  }
  get accountEnabled(): boolean {
    if (this.standing === 'former') return false;
    return this.population === 'employee' || this.population === 'guest' || this.population === 'serviceAccount';
  }
  get createdDateTime(): string {
    const { random, startDay } = this.#world;
    const age =
      this.standing === 'brandNew'
        ? random.getBetween(this.index, 3, 1, 20)
        : random.getBetween(this.index, 3, 430, 2600);
    return formatTimestamp((startDay - age) * DAY_MS + random.getBetween(this.index, 4, 0, 86_399) * 1000);
  }
  get department(): string | null {
    return this.population === 'employee' ? selectDepartment(this.#world, this.index) : null;
  }
  get jobTitle(): string | null {
    return this.population === 'employee' ? selectJobTitle(this.#world, this.index) : null;
  }
  get companyName(): string | null {
    return this.population === 'guest' ? 'Fabrikam' : 'Contoso';
  }
  get officeLocation(): string | null {
    return this.population === 'guest' ? null : pick(this.#world.random, OFFICES, this.index, 5).officeLocation;
  }
  get usageLocation(): string | null {
    return this.population === 'guest' ? null : pick(this.#world.random, OFFICES, this.index, 5).usageLocation;
  }
  get employeeId(): string | null {
    return this.population === 'employee' ? `E${String(this.index).padStart(7, '0')}` : null;
  }
  get employeeType(): string | null {
    if (this.population !== 'employee') return null;
    return this.#world.random.getUnit(this.index, 6) < 0.08 ? 'Contractor' : 'Employee';
  }
  get employeeHireDate(): string | null {
    return this.population === 'employee' ? this.createdDateTime : null;
  }
  get employeeLeaveDateTime(): string | null {
    return null;
  }
  get managerId(): string | null {
    if (this.population !== 'employee' || this.#world.random.getUnit(this.index, 7) < 0.02) return null;
    const boss = findManagerIndex(this.#world, this.index);
    if (boss === null) return this.#world.firstGenerated > 0 ? this.#world.getId(0) : null;
    const isSomebody = pickPopulation(this.#world, boss) === 'employee';
    return this.#world.getId(isSomebody ? boss : (findManagerIndex(this.#world, boss) ?? boss));
  }
  get onPremisesSyncEnabled(): boolean | null {
    return this.population === 'employee' && this.#world.random.getUnit(this.index, 8) < 0.25 ? true : null;
  }
  get licenses(): readonly License[] {
    this.#licenses ??= generateLicenses(this.#world, this.index, this);
    return this.#licenses;
  }
  get signIns(): SignIns {
    return this.#signsIn ? generateSignIns(this.#world, this.index, this.standing) : NO_SIGN_INS;
  }
  get usage(): Usage {
    const works = this.#signsIn && this.population === 'employee';
    return works ? generateUsage(this.#world, this.index, this.standing) : NO_USAGE;
  }
  get mailbox(): Mailbox | null {
    const type = this.#mailboxType;
    return type === null ? null : generateMailbox(this.#world, this.index, type, this.licenses);
  }
  get oneDrive(): OneDrive | null {
    const isOpened = this.#signsIn && hasPlan(this.licenses, isOneDrivePlan);
    return isOpened ? generateOneDrive(this.#world, this.index) : null;
  }
  get reportRow(): ReportRow {
    const roll = this.#world.random.getUnit(this.index, 14);
    if (roll < 0.002) return 'missing';
    return roll < 0.004 ? 'unknown' : 'normal';
  }

  get #fullName(): Name {
    this.#name ??= this.#world.names.getName(this.index);
    return this.#name;
  }
  get #isSomebody(): boolean {
    return this.population === 'employee' || this.population === 'guest';
  }
  get #signsIn(): boolean {
    if (this.standing === 'neverSignedIn') return false;
    return this.#isSomebody || this.population === 'serviceAccount';
  }
  get #mailboxType(): MailboxType | null {
    switch (this.population) {
      case 'sharedMailbox':
        return 'SharedMailbox';
      case 'room':
        return 'RoomMailbox';
      case 'equipment':
        return 'EquipmentMailbox';
      case 'guest':
        return null;
      default:
        return hasMailboxPlan(this.licenses) ? 'UserMailbox' : null;
    }
  }
}
