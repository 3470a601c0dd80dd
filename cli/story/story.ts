// `npm start`: the whole story on the embedded tenant, with the real engine, real git and the clock moved.
import { join } from 'node:path';
import pc from 'picocolors';
import { exitCodeOf, printFailure } from '../failure.ts';
import { type Company, foundCompany, stack } from './company.ts';
import { auditAndPropose, merge } from './week.ts';

const folder = join(import.meta.dirname, '..', '..', 'out', 'story');

try {
  await tellStory();
} catch (error) {
  printFailure(error);
  process.exitCode = exitCodeOf(error);
}

async function tellStory(): Promise<void> {
  const company = await foundCompany(folder);
  try {
    introduce(company);
    await auditAndPropose(company);
    await merge(company);
  } finally {
    await company.close();
  }
}

function introduce({ tenant, today, repository }: Company): void {
  console.log(
    pc.bold(
      `\nA company of ${tenant.tenant.people.size.toLocaleString('en')} accounts adopts Dormant on ${today()}.`,
    ),
  );
  console.log(`Its repository is ${repository}, its stack ${stack}.\n`);
}
