// Titles of executives and names of machines as companies write them, put together at random. The words are this file's own:
// the product's lists are what is tested with them.
import fc from 'fast-check';

const words = fc.constantFrom;

/** By language: who it is, and how somebody holds the office only in part, for a time or for another. */
const executives: readonly fc.Arbitrary<string>[] = [
  english(),
  fc
    .tuple(
      words('', 'Stellvertretender ', 'Stv. ', 'Kommissarischer ', 'Interims-'),
      words('Geschäftsführer', 'Vorstandsvorsitzender', 'Generaldirektor', 'Finanzvorstand'),
    )
    .map((parts) => parts.join('')),
  words('Geschäftsführerin', 'Stellvertretende Geschäftsführerin', 'Vorstandsvorsitzende', 'Mitglied des Vorstands'),
  fc
    .tuple(words('Directeur général', 'Directrice générale'), words('', ' adjoint', ' par intérim', ' délégué'))
    .map((parts) => parts.join('')),
  words('Président-directeur général', 'PDG', 'Présidente', 'Présidente du directoire'),
  fc
    .tuple(words('Director general', 'Directora general'), words('', ' interino', ' adjunta', ' en funciones'))
    .map((parts) => parts.join('')),
  words('Consejero delegado', 'Consejera delegada', 'Presidenta'),
  words('Amministratore delegato', 'Amministratrice delegata', 'Direttore generale', 'Direttrice generale ad interim'),
  words('Diretor-geral', 'Diretora executiva', 'Diretor presidente'),
  words('Algemeen directeur', 'Adjunct-directeur', 'Bestuursvoorzitter', 'Financieel directeur'),
  words('Prezes zarządu', 'Wiceprezes zarządu', 'Członek zarządu', 'p.o. Prezesa'),
  words('Verkställande direktör', 'VD', 'Vice VD', 'Tf. VD'),
];

export const anyExecutiveTitle: fc.Arbitrary<string> = fc
  .tuple(fc.oneof(...executives), words(asItIs, inCapitals, inLowerCase))
  .map(([title, write]) => write(title));

function english(): fc.Arbitrary<string> {
  const office = words(
    'Chief Executive Officer',
    'CEO',
    'C.E.O.',
    'Chief Financial Officer',
    'CFO',
    'Chief People & Culture Officer',
    'Managing Director',
    'President',
    'General Counsel',
    'Chairwoman of the Board',
  );
  const before = words('', 'Deputy ', 'Interim ', 'Acting ', 'Joint ', 'Group ', 'Co-');
  const after = words('', ', EMEA', ' & Founder', ' and Company Secretary', ' (interim)', ' - Europe', ' / Partner');
  return fc.tuple(before, office, after).map((parts) => parts.join(''));
}

/** The part of a userPrincipalName before the @. */
export const anyMachineName: fc.Arbitrary<string> = fc
  .tuple(
    words(
      ...['scanner', 'printer', 'copier', 'fax', 'alarm', 'kiosk', 'backup', 'postmaster', 'noreply', 'drucker'],
      ...['kopierer', 'imprimante', 'impresora', 'stampante', 'alarmanlage', 'sicherung'],
    ),
    words('', '1', '-2og', '.hall', '_berlin', '-07'),
  )
  .map((parts) => parts.join(''));

function asItIs(title: string): string {
  return title;
}

function inCapitals(title: string): string {
  return title.toUpperCase();
}

function inLowerCase(title: string): string {
  return title.toLowerCase();
}
