// `npm run code-changed`: tells CI's other jobs whether a pull request, or a queue's group, changes more than the files about
// people. It runs before anything is installed, so it imports nothing that is.
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { isPeopleFile } from '../policy/files/people-file.ts';

const { GITHUB_EVENT_NAME = '', GITHUB_OUTPUT, BASE } = process.env;
// What is checked out for a pull request is its merge, whose first parent is the base branch. A group may have more commits.
const diff = ['diff', '--name-only', '-z', '--no-renames', BASE || 'HEAD^1', 'HEAD'];
const isChanged =
  !['pull_request', 'merge_group'].includes(GITHUB_EVENT_NAME) ||
  execFileSync('git', diff, { encoding: 'utf8' })
    .split('\0')
    .some((path) => path !== '' && !isPeopleFile(path));

console.log(isChanged ? 'Code has changed, or may have.' : 'Only files about people have changed.');
if (GITHUB_OUTPUT !== undefined) appendFileSync(GITHUB_OUTPUT, `code=${isChanged}\n`);
