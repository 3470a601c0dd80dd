// For tests of apply.jsonl.
import { type LogLine, readApplyLog } from '../stacks/record/apply-log.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';

export function readLog({ folder }: MergedRepository): Promise<LogLine[]> {
  return readApplyLog({ repository: folder, stack });
}
