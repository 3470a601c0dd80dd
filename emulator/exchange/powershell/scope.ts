// The variables and functions of a running script. A function sees those of its caller, but not the other way round.
import type { Node } from 'web-tree-sitter';
import { fold, type Value } from './values.ts';

interface ScriptFunction {
  readonly parameters: readonly string[];
  readonly body: Node;
}

export class Scope {
  readonly functions: Map<string, ScriptFunction>;
  readonly #variables = new Map<string, Value>();
  readonly #outer: Scope | null;

  constructor(outer: Scope | null = null) {
    this.#outer = outer;
    this.functions = outer?.functions ?? new Map();
  }

  get(name: string): Value {
    return this.#variables.get(fold(name)) ?? this.#outer?.get(name) ?? null;
  }

  set(name: string, value: Value): void {
    this.#variables.set(fold(name), value);
  }

  /** Runs `work` with `$_` as this value, then restores the one before. */
  runWithCurrent<T>(value: Value, work: () => T): T {
    const before = this.get('_');
    this.set('_', value);
    try {
      return work();
    } finally {
      this.set('_', before);
    }
  }
}
