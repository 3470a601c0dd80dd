// `npm start`: the whole story on the embedded tenant, with the real engine, real git and the clock moved.
import { join } from 'node:path';
import pc from 'picocolors';
import { exitCodeOf, printFailure } from '../failure.ts';
import { type Company, foundCompany, stack } from './company.ts';
import { apply, auditAndPropose, merge, read } from './week.ts';

const folder = join(import.meta.dirname, '..', '..', 'out', 'story');

try {
  await tellStory();
} catch (error) {
  printFailure(error);
  process.exitCode = exitCodeOf(error);
}

async function tellStory(): Promise<void> {
  const company = await foundCompany(folder);
  const { clock } = company.tenant.tenant;
  try {
    introduce(company);
    for (const week of [0, 1, 2, 3]) {
      await auditAndPropose(company);
      if (week === 0) await read(company);
      await merge(company);
      await apply(company);
      clock.advance({ days: 7 });
    }
  } finally {
    await company.close();
  }
}

function introduce({ tenant, today, repository }: Company): void {
  const accounts = tenant.tenant.people.size.toLocaleString('en');
  console.log(pc.bold(`\nA company of ${accounts} accounts adopts Dormant on ${today()}.`));
  console.log(`Its repository is ${repository}, its stack ${stack}.`);
}
