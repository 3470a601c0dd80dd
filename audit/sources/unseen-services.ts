// The services that a tenant's report of active users does not show, by the columns that it lacks.
import { type JudgedService, judgedServices } from '../../policy/evidence.ts';
import { serviceWords } from '../../policy/words.ts';
import type { ReadReport } from './report-csv.ts';

export function unseenServices({ lacks }: Pick<ReadReport, 'lacks'>): JudgedService[] {
  return judgedServices.filter((service) => lacks.includes(`${serviceWords[service]} Last Activity Date`));
}
