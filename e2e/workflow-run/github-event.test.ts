import { expect, it } from 'vitest';
import { isStarted, type WorkflowEvent } from './github-event.ts';
import { parseWorkflow } from './workflow-file.ts';

const commit = '0'.repeat(40);
const anEvent = (name: string, change: Partial<WorkflowEvent> = {}): WorkflowEvent => ({
  ...{ name, payload: {}, ref: 'refs/heads/main', from: 'repository', commit, checkedCommit: commit },
  ...change,
});
const aPull = (action: string, base = 'main') =>
  anEvent('pull_request', { payload: { action, pull_request: { base: { ref: base } } } });

it.each([
  ['pull_request', aPull('opened'), true],
  ['[push, pull_request]', aPull('synchronize'), true],
  ['pull_request', aPull('ready_for_review'), false],
  ['{ pull_request: { types: [ready_for_review] } }', aPull('ready_for_review'), true],
  ['{ pull_request: { branches: [main] } }', aPull('opened', 'older'), false],
  ["{ pull_request: { paths: ['stacks/**'] } }", aPull('opened'), true],
  ["{ pull_request: { paths: ['policy/*'] } }", aPull('opened'), false],
  ['{ push: { branches: [main] } }', anEvent('push'), true],
  ['{ push: { branches: [main] } }', anEvent('push', { ref: 'refs/tags/main' }), false],
  ["{ push: { tags: ['v*'] } }", anEvent('push'), false],
  ["{ push: { tags: ['v*'] } }", anEvent('push', { ref: 'refs/tags/v0.1.0' }), true],
  ["{ push: { tags: ['v*'] } }", anEvent('push', { ref: 'refs/tags/main' }), false],
  ["{ push: { branches: ['release/**'] } }", anEvent('push', { ref: 'refs/heads/release/1/2' }), true],
  ["{ push: { branches: ['release/*'] } }", anEvent('push', { ref: 'refs/heads/release/1/2' }), false],
  [
    '{ merge_group: { branches: [main] } }',
    anEvent('merge_group', { payload: { merge_group: { base_ref: 'refs/heads/main' } } }),
    true,
  ],
  ['workflow_dispatch', anEvent('push'), false],
])('on: %s', async (on, event, starts) => {
  const files = async () => ['stacks/contoso/accounts/ana.yaml'];
  expect(await isStarted(parseWorkflow(`on: ${on}\njobs: {}`), event, files)).toBe(starts);
});
