// Collections whose reads can be behind their writes: the first reads of a new entry miss it, those after a deletion find it.
import { FormerValues, type Lag } from './replicas.ts';

type StartLag = () => Lag | null;

/** Everything but a request's reads sees it as it is. */
export class ReplicatedMap<K, V> extends Map<K, V> {
  readonly #startLag: StartLag;
  readonly #former = new Map<K, FormerValues<V | undefined>>();

  constructor(startLag: StartLag) {
    super();
    this.#startLag = startLag;
  }

  override set(key: K, value: V): this {
    this.#note(key);
    return super.set(key, value);
  }

  override delete(key: K): boolean {
    this.#note(key);
    return super.delete(key);
  }

  override get(key: K): V | undefined {
    const now = super.get(key);
    const former = this.#former.get(key);
    return former ? former.showById(now) : now;
  }

  override has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  /** Whether reads show it; a write finds also what is new. */
  shows(key: K): boolean {
    return this.#show(key, super.get(key)) !== undefined;
  }

  override *entries(): MapIterator<[K, V]> {
    if (this.#former.size === 0) return yield* super.entries();
    for (const key of new Set([...super.keys(), ...this.#former.keys()])) {
      const now = super.get(key);
      const shown = this.#show(key, now);
      if (shown !== undefined) yield [key, shown];
    }
  }

  override *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  override *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  override [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  #show(key: K, now: V | undefined): V | undefined {
    const former = this.#former.get(key);
    return former ? former.show(now) : now;
  }

  #note(key: K): void {
    const lag = this.#startLag();
    if (lag === null) return;
    const former = this.#former.get(key) ?? new FormerValues();
    this.#former.set(key, former);
    former.note(super.get(key), lag);
  }
}

/** The same for a set, such as the members of a group; `values` are in it from the start. */
export class ReplicatedSet<T> extends Set<T> {
  readonly #values: ReplicatedMap<T, true>;

  constructor(startLag: StartLag, values: Iterable<T> = []) {
    super();
    let isStarting = true;
    this.#values = new ReplicatedMap(() => (isStarting ? null : startLag()));
    for (const value of values) this.#values.set(value, true);
    isStarting = false;
  }

  override get size(): number {
    return [...this.#values.keys()].length;
  }

  override add(value: T): this {
    if (!this.has(value)) this.#values.set(value, true);
    return this;
  }

  override delete(value: T): boolean {
    return this.#values.delete(value);
  }

  override has(value: T): boolean {
    return this.#values.shows(value);
  }

  override keys(): SetIterator<T> {
    return this.#values.keys();
  }

  override values(): SetIterator<T> {
    return this.#values.keys();
  }

  override [Symbol.iterator](): SetIterator<T> {
    return this.#values.keys();
  }
}
