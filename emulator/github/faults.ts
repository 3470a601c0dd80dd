// Injected faults: the next matching requests are refused, delayed, cut off or answered by a broken gateway.

type GitHubFault =
  | { kind: 'secondary-rate-limit'; retryAfterSeconds: number; status: 403 | 429 }
  | { kind: 'status'; status: 500 | 502 | 503 }
  | { kind: 'reset' }
  | { kind: 'delay'; milliseconds: number };

interface GitHubFaultRule {
  method?: string;
  /** Matched against the path, such as `/graphql`. */
  path: RegExp;
  /** How many matching requests fail. */
  times: number;
  fault: GitHubFault;
  /** How many matching requests succeed before. */
  after?: number;
}

export interface GitHubFaults {
  add(rule: GitHubFaultRule): void;
  clear(): void;
  /** The fault for this request, if one is due. */
  takeFault(method: string, path: string): GitHubFault | null;
}

export function createGitHubFaults(): GitHubFaults {
  let rules: { rule: GitHubFaultRule; seen: number }[] = [];
  return {
    add: (rule) => rules.push({ rule, seen: 0 }),
    clear: () => {
      rules = [];
    },
    takeFault(method, path) {
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
