// `npm run last-audit`: a warning on GitHub Actions where audits have stopped. A repository without stacks has none to miss.
import { listStacks } from '../stacks/working-tree.ts';
import { annotateRun } from './annotations.ts';
import { describeOldAudit } from './audit/describe-old-audit.ts';
import { findGitHub } from './github-remote.ts';
import { readToday } from './today.ts';

if ((await listStacks(process.cwd())).length > 0)
  annotateRun(await describeOldAudit(findGitHub(process.env), readToday()));
