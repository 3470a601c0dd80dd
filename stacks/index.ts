// What plain `pulumi preview -s <stack>` runs, by Pulumi.yaml. `dormant preview` and `dormant apply` run the same program inline.
import { getStack } from '@pulumi/pulumi/index.js';
import { loadStack } from '../policy/repository.ts';
import { declareStack } from './program.ts';
import { workingTree } from './working-tree.ts';

export default async function program(): Promise<void> {
  const repository = process.env.DORMANT_REPOSITORY ?? `${import.meta.dirname}/..`;
  const files = await loadStack(workingTree(repository), getStack());
  await declareStack(files, { repository, today: new Date().toISOString().slice(0, 10) });
}
