// What can go wrong on purpose: the next matching requests are refused, delayed, cut or answered by a broken gateway.

export type Fault =
  | { kind: 'secondary-rate-limit'; retryAfterSeconds: number; status: 403 | 429 }
  | { kind: 'status'; status: 500 | 502 | 503 }
  | { kind: 'reset' }
  | { kind: 'delay'; milliseconds: number };

export interface FaultRule {
  method?: string;
  /** Matched against the path, such as `/graphql`. */
  path: RegExp;
  /** How many matching requests it hits. */
  times: number;
  fault: Fault;
  /** Requests that match first go through unharmed. */
  after?: number;
}

export interface FaultSwitch {
  add(rule: FaultRule): void;
  clear(): void;
  /** The fault for this request, if one is due. */
  next(method: string, path: string): Fault | null;
}

export function faultSwitch(): FaultSwitch {
  let rules: { rule: FaultRule; seen: number }[] = [];
  return {
    add: (rule) => rules.push({ rule, seen: 0 }),
    clear: () => {
      rules = [];
    },
    next(method, path) {
      for (const entry of rules) {
        const { rule } = entry;
        if (!rule.path.test(path) || (rule.method ?? method) !== method) continue;
        entry.seen += 1;
        const skipped = rule.after ?? 0;
        if (entry.seen > skipped && entry.seen <= skipped + rule.times) return rule.fault;
      }
      return null;
    },
  };
}
