// Services that a tenant's report of active users lacks a column for.
import { type JudgedService, judgedServices } from '../../policy/evidence.ts';
import { serviceWords } from '../../policy/words/labels.ts';
import type { ReportFacts } from './report-csv.ts';

export function findUnseenServices({ lacks }: Pick<ReportFacts, 'lacks'>): JudgedService[] {
  return judgedServices.filter((service) => lacks.includes(`${serviceWords[service]} Last Activity Date`));
}
