// Every place where personal data lies, and the parts that several files have.
import { desired, restore } from './fields/account-file.ts';
import { escalations, exemptions } from './fields/decisions.ts';
import { evidence, judgement, license } from './fields/evidence.ts';
import { outsidePlaces } from './places/outside.ts';
import { repositoryPlaces } from './places/repository.ts';
import { runPlaces } from './places/runs.ts';

export const places = [...repositoryPlaces, ...runPlaces, ...outsidePlaces];

/** Each has a table of its own, to which the others lead. */
export const sharedParts = [
  { name: 'What an audit saw of an account', reasons: evidence },
  { name: 'One licence', reasons: license },
  { name: 'What an audit made of it', reasons: judgement },
  { name: 'What merging makes true', reasons: desired },
  { name: 'What is given back', reasons: restore },
  { name: 'One exemption', reasons: exemptions.exemptions },
  { name: 'One escalation', reasons: escalations.escalations },
] as const;
