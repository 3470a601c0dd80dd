import { expect, test } from 'vitest';
import { findExecutiveDepartment } from './executives.ts';

test.each(['Executive Office', 'Board', 'Vorstand', 'Direction générale', 'Raad van Bestuur', 'Zarząd'])(
  'anyone who is of %s is an executive',
  (department) => {
    expect(findExecutiveDepartment(department)).not.toBeNull();
  },
);

test.each(['Onboarding', 'Board Games', 'Executive Search', 'Sales'])('%s is an ordinary department', (department) => {
  expect(findExecutiveDepartment(department)).toBeNull();
});

const departments = `
    ELT | ExCo | Board of Trustees | Senior Management | GL | Konzernleitung | CODIR | Présidence | Alta Dirección | Direzione |
    RvB | Diretoria | Rada Nadzorcza | Ledningsgrupp | Bestyrelsen | Koncernledelse | Johto | Vedení | Dozorčí rada`;

test.each(departments.split('|').map((name) => name.trim()))('anyone who is of %s is an executive, too', (name) => {
  expect(findExecutiveDepartment(name)).not.toBeNull();
});

test.each([
  'Direction Commerciale',
  'Dirección de Obra',
  'Leadership Development',
  'Directie-secretariaat',
  'Administration',
])('%s is an ordinary department, too', (name) => {
  expect(findExecutiveDepartment(name)).toBeNull();
});
