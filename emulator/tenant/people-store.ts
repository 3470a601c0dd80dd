// All people of a tenant. Those neither named nor changed are derived from their index on each read, the others are kept in
// an overlay. Object ids and UPNs lead back to an index without a table of everybody.
import type { Clock } from '../clock.ts';
import { advancePerson, type PersonRules } from './advance-person.ts';
import { buildPerson } from './build-person.ts';
import { GeneratedPerson } from './generated-person.ts';
import { type ChangedPerson, type Person, toChangedPerson } from './person.ts';
import type { PersonInput } from './person-input.ts';
import type { World } from './world.ts';

export class PeopleStore {
  readonly #world: World;
  readonly #clock: Clock;
  readonly #rules: PersonRules;
  #isFollowing = false;
  readonly #overlay = new Map<number, ChangedPerson>();
  readonly #upns = new Map<string, number>();
  readonly #givenIds = new Map<string, number>();
  readonly #kinds = new Map<string, number>();
  readonly #generatedUpns: string[] = [];
  /** People opened to changes since the start, each with the revision of the last time. */
  readonly #revisions = new Map<number, number>();
  /** Counts the changes of people. */
  revision = 0;
  /** One more than the highest index; deleted people count. */
  size: number;

  /** Applies the rules of dynamic groups to a person; set once the tenant has its groups. */
  followRules: (person: ChangedPerson) => void = () => undefined;
  /** Gives and takes the licences of groups that are due; set once the tenant has its groups. */
  processDue: () => void = () => undefined;

  constructor(world: World, clock: Clock, terms: PersonRules) {
    this.#world = world;
    this.#clock = clock;
    this.#rules = terms;
    this.size = world.end;
  }

  /** The names of the kinds that were placed, each with its person. */
  get kinds(): ReadonlyMap<string, number> {
    return this.#kinds;
  }

  /** The person of an index, up to date; deleted people, too. */
  get(index: number): Person {
    return this.findChanged(index) ?? new GeneratedPerson(this.#world, index);
  }

  /** The overlay's entry of an index, if the person was named or changed. */
  findChanged(index: number): ChangedPerson | undefined {
    const person = this.#overlay.get(index);
    if (person) this.#bringUpToDate(person);
    return person;
  }

  /** The UPN in lower case. Cached like a directory index: a filter on it checks everybody for each page. */
  getFoldedUpn(index: number): string {
    const changed = this.#overlay.get(index);
    if (changed) return changed.userPrincipalName.toLowerCase();
    const known = this.#generatedUpns[index];
    if (known !== undefined) return known;
    const made = new GeneratedPerson(this.#world, index).userPrincipalName.toLowerCase();
    this.#generatedUpns[index] = made;
    return made;
  }

  /** Whether the person is in the directory, as the reads of now show it. */
  has(index: number): boolean {
    const changed = this.#overlay.get(index);
    return index >= 0 && index < this.size && (changed === undefined || isShown(changed));
  }

  /** By object id or UPN, in any case; undefined if deleted or unknown. */
  find(idOrUpn: string): Person | undefined {
    const key = idOrUpn.toLowerCase();
    const isUpn = key.includes('@');
    const index = isUpn ? this.#findIndex(key) : (this.#givenIds.get(key) ?? this.#world.findIndex(key));
    if (index === undefined || !this.has(index)) return undefined;
    const person = this.get(index);
    return (isUpn ? person.userPrincipalName : person.id).toLowerCase() === key ? person : undefined;
  }

  /** The named person of a kind; throws if the tenant has none. */
  requireKind(kind: string): Person {
    const index = this.#kinds.get(kind);
    if (index === undefined) throw new Error(`There is no person of the kind '${kind}' in this tenant.`);
    return this.get(index);
  }

  /** Places a person from a PersonInput at an index. */
  place(index: number, input: PersonInput): ChangedPerson {
    const person = buildPerson(this.#world, index, input);
    advancePerson(person, this.#clock.now(), this.#rules); // unpaid parts count from now, not from the first read
    this.#overlay.set(index, person);
    if (!person.deletedDateTime) this.#upns.set(person.userPrincipalName.toLowerCase(), index);
    if (input.id) this.#givenIds.set(input.id.toLowerCase(), index);
    if (input.kind) this.#kinds.set(input.kind, index);
    if (index >= this.size) this.size = index + 1;
    return person;
  }

  /** Indexes of people opened to changes since the start. */
  get changed(): ReadonlySet<number> {
    return new Set(this.#revisions.keys());
  }

  /** Whether the person of an index was opened to changes since the start. */
  isChanged(index: number): boolean {
    return this.#revisions.has(index);
  }

  /** Indexes of people changed after a revision, those deleted among them. */
  listChangedSince(revision: number): number[] {
    const later = [...this.#revisions].filter(([, changed]) => changed > revision);
    return later.map(([index]) => index).sort((left, right) => left - right);
  }

  /** Everybody's index, deleted people's too. */
  *listIndexes(): Generator<number> {
    for (let index = 0; index < this.size; index += 1) yield index;
  }

  /** Everybody who was named or changed, up to date; deleted people, too. */
  *listNamed(): Generator<ChangedPerson> {
    for (const index of this.#overlay.keys()) {
      const person = this.findChanged(index);
      if (person) yield person;
    }
  }

  /** Does what group-based licensing was to have done by now; whoever comes first gets the seat, whoever is read first. */
  settle(): void {
    this.#follow(this.processDue);
  }

  /** The person of an index, to be changed. */
  change(index: number): ChangedPerson {
    this.revision += 1;
    this.#revisions.set(index, this.revision);
    const known = this.findChanged(index);
    if (known) return known;
    const person = toChangedPerson(this.get(index));
    this.#overlay.set(index, person);
    this.#upns.set(person.userPrincipalName.toLowerCase(), index);
    return person;
  }

  /** Changes the UPN; the old one is unknown from then on. */
  rename(index: number, userPrincipalName: string): void {
    const person = this.change(index);
    this.#upns.delete(person.userPrincipalName.toLowerCase());
    const untilDay = this.#clock.today() - 1;
    person.formerUpns.push({ userPrincipalName: person.userPrincipalName, untilDay });
    person.userPrincipalName = userPrincipalName;
    this.#upns.set(userPrincipalName.toLowerCase(), index);
  }

  /** Rules first, because a licence may have gone before the rest happened; and again after the directory sync's changes. */
  #bringUpToDate(person: ChangedPerson): void {
    this.settle();
    this.#applyRules(person);
    advancePerson(person, this.#clock.now(), this.#rules);
    this.#applyRules(person);
  }

  #applyRules(person: ChangedPerson): void {
    if (person.ruleGroups.length > 0) this.#follow(() => this.followRules(person));
  }

  /** Not re-entrant: a group's licences are counted, and counting reads everybody. */
  #follow(apply: () => void): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    try {
      apply();
    } finally {
      this.#isFollowing = false;
    }
  }

  #findIndex(upn: string): number | undefined {
    const placed = this.#upns.get(upn);
    if (placed !== undefined) return placed;
    const alias = upn.slice(0, upn.lastIndexOf('@')).replace('_fabrikam.com#ext#', '');
    const index = this.#world.names.findIndex(alias);
    const isGenerated = index !== undefined && index >= this.#world.firstGenerated && index < this.#world.end;
    return isGenerated ? index : undefined;
  }
}

/** A deletion takes a while to show, and so does a restoration. */
export function isShown({ deletedDateTime, former }: Pick<ChangedPerson, 'deletedDateTime' | 'former'>): boolean {
  return former.isThere.show(deletedDateTime === null);
}
