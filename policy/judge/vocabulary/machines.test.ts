import { allLocales } from '@faker-js/faker';
import { expect, test } from 'vitest';
import { findExecutiveTitle } from './executives.ts';
import { type AccountNames, findMachineName, findMachineTitle } from './machines.ts';

function named(userPrincipalName: string, change: Partial<AccountNames> = {}): string | null {
  const found = findMachineName({
    userPrincipalName,
    displayName: 'Lena Hoffmann',
    givenName: null,
    surname: null,
    ...change,
  });
  return found?.phrase ?? null;
}

const machines = `
    scan | scanner-2og | fax.berlin | mfp-3 | alarm | backup | postmaster | kiosk01 | Scanner.Empfang |
    printer-hq | hq-printer | no-reply | noreply | donotreply | imprimante.rdc | copieur | photocopieur-2 |
    impresora | escaner-planta1 | stampante.ufficio | impressora | drukarka | skrivare | kopimaskine |
    tulostin | tiskarna | drucker-3og | kopierer | alarmanlage | brandmeldeanlage | aufzug |
    tuersprechanlage | lift-b | door-north | camera-01 | kamera.lager | voicemail | monitoring | nagios |
    zabbix | backup-exec | veeam | sauvegarde | alarme | borne-accueil | respaldo | alarma | allarme |
    chiosco | kopieermachine | digitalizacao | kopia.zapasowa | larm | sikkerhetskopi | varmuuskopio |
    zaloha | mailer-daemon | hostmaster | meetingroom-4 | scan2mail | copier | ricoh-mfp | xerox |
    faxserver | terminal-3 | kasse-1 | cctv | intercom | franking | frankiermaschine | telefax |
    multifunktionsgeraet | parking | elevator | print | printserver | scans | robot-1 | svc-sql | scan-hr |
    hr-scan | scanner1 | buero-scanner | mfp.eg | mfd-2 | copier-3rd-floor | kopierer.2og | faxserver |
    efax | fax-eingang | alarmserver | alarm.zentrale | brandmelder | kiosk-lobby | lobby.kiosk |
    backupadmin | backup-job | backups | bkp | sauvegardes | postmaster | hostmaster | abuse | mailer |
    no_reply | do-not-reply | noreply.hr | nicht-antworten | printer01 | prn-01 | drucker | drucker2 |
    hp-drucker-1 | etikettendrucker | plotter | cam01 | camera-entrance | kamera2 | videoueberwachung |
    cctv-1 | doorbell | tuersprechstelle | aufzug1 | lift1 | aufzugnotruf | elevator.phone | voicemail |
    voicemail-support | anrufbeantworter | monitoring | nagios-alerts | zabbix | prtg | sensor-12 |
    heizung | hvac | frankiermaschine | zeiterfassung | terminal1 | kasse2 | kassa3 | pos-12 | tv-lobby |
    display-1 | signage | roboter | imprimante | copieur.3 | scanneur | fax | telecopie | alarme-incendie |
    ascenseur | impresora2 | escaner | fotocopiadora | quiosco | copias.seguridad | stampante1 |
    scansioni | allarmi | ascensore | kopieerapparaat | printer.receptie | brandalarm | impressora1 |
    digitalizador | copiadora | elevador | quiosque | drukarka2 | skaner | ksero | kopiarka | skrivare1 |
    kopiator | skanner | printer-kbh | kopimaskin | tulostin1 | skanneri | varmuuskopiointi | tiskarna1 |
    skener | kopirka | zalohovani | MFP_Floor2 | ScannerHR | Fax-Hamburg | scan2email | scantofolder |
    xerox-3 | konica.minolta | canon-mfp | hp-mfp | ricoh | sharp-copier | door-access | accesscontrol |
    zutritt`;

test.each(machines.split('|').map((name) => name.trim()))('%s@ is a machine', (name) => {
  expect(named(`${name}@contoso.com`)).not.toBeNull();
});

const people = `
    anna.backus | peter.drucker | p.drucker | jim.scanlon | karin.faxen | scanlon | k.faxen |
    mary.copeland | tom.printz | bill.gates | elisabeth.borne | norman.mailer | damon.smith | tor.hansen |
    jan.bot | lars.lift | sara.bell | ida.alarcon | anna.kasse | fabrice.portier | vera.monitor`;

test.each(people.split('|').map((name) => name.trim()))('%s@ is a person', (name) => {
  expect(named(`${name}@contoso.com`)).toBeNull();
});

test('nobody of many countries is set aside for a name', () => {
  const wrong = Object.values(allLocales).flatMap(({ person }) => [
    ...textsIn(person?.first_name).filter((name) => named(`${name}.hansen@contoso.com`) !== null),
    ...textsIn(person?.last_name).filter((name) => {
      const displayName = `Anna ${name}`;
      return named(`anna.${name}@contoso.com`, { displayName }) ?? named(`${name}@contoso.com`, { displayName });
    }),
  ]);
  expect(wrong).toEqual([]);
});

test('a surname that is a machine’s word is a person’s where the directory says that it is one', () => {
  const fabian = { displayName: 'Fabian Scanner', givenName: 'Fabian', surname: 'Scanner' };
  expect(named('fabian.scanner@contoso.com', fabian)).toBeNull();
  expect(named('x1@contoso.com', { displayName: 'Drucker, Peter' })).toBeNull();
  expect(named('drucker.peter@contoso.com', { displayName: 'Peter Drucker' })).toBeNull();
  // The person who made the account typed the place as a surname.
  const fax = { displayName: 'Fax Berlin', givenName: 'Fax', surname: 'Berlin' };
  expect(named('fax.berlin@contoso.com', fax)).toBe('fax');
});

test('a machine is known by its display name, too', () => {
  for (const displayName of ['Scanner 2. OG', 'Kopierer Empfang', 'Reception kiosk', 'Imprimante RDC'])
    expect(named('b4711@contoso.com', { displayName })).not.toBeNull();
});

test.each(['Service Account', 'Technischer Benutzer', 'Compte de service', 'Shared device', 'Scanner', 'Kiosk'])(
  'nobody works as "%s"',
  (title) => {
    expect(findMachineTitle(title)).not.toBeNull();
  },
);

test.each(['Scanner Operator', 'Kiosk Attendant', 'Backup Administrator', 'Alarm Technician', 'Fax Clerk'])(
  'somebody works as %s',
  (title) => {
    expect(findMachineTitle(title) ?? findExecutiveTitle(title)).toBeNull();
  },
);

/** Faker has names as lists, by sex, or with weights. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
