import { expect, test } from 'vitest';
import { type AccountNames, findMachineName, findMachineTitle } from './machines.ts';

function named(userPrincipalName: string, change: Partial<AccountNames> = {}): string | null {
  const names = { userPrincipalName, displayName: 'B 4711', givenName: null, surname: null, ...change };
  return findMachineName(names)?.phrase ?? null;
}

const machines = `
    rightfax | sqlbackups | alertmanager | print-queue | cámaras | larmcentral | liftnotruf | voip-gateway | pbx |
    HealthMailbox1a2b3c | SystemMailbox{bb558c35-97f1} | DiscoverySearchMailbox{D919BA05} | krbtgt_AzureAD |
    scantoemail2 | scan-to-mail | scan_to_mail | scan.eg | hp-scan | scan01 | scanning | scanner.warehouse | epson-scan |
    docscan | dms-scan | docuware-scan | copier-reception | copy-machine | mfc-l2700 | hp.printer | zebra-printer |
    labelprinter | label.printer | print.server | prtsrv | faxin | faxeingang | fax.in | e-fax | fax2mail | fax2email |
    fax-gateway | faxgw | alarm.system | fire-alarm | firealarm | alarm-intrusion | alarmas2 | burglar.alarm |
    einbruchmeldeanlage | bma-zentrale | kiosk.hr | hr-kiosk | hrkiosk | selfservice-kiosk | infokiosk | info-kiosk | kiosque
    | backup_sql | sqlbackup | backup.nas | nas-backup | nas01 | synology | qnap-alerts | veeam-one | backupexec | commvault
    | rubrik | acronis | arcserve | dpm-backup | postmaster.contoso | mailerdaemon | no-reply-hr | noreply-it | do.not.reply
    | donotreply-billing | notifications | alerts | alerting | alert-monitor | notifier | autoreply | automailer | mailrobot
    | smtp-relay | smtprelay | relay01 | mailrelay | ups-usv1 | apc-ups | ilo-alerts | idrac | vmware-alerts | vcenter |
    esxi01 | gitlab | github-bot | azuredevops | buildagent | build.server | ci-bot | deploy-bot | sap-interface |
    sapuser-rfc | edi-import | integration-user | powerautomate | power-automate | flow-svc | uipath | rpa-bot01 | blueprism
    | automation | automation01 | webhook | api-user | apiuser | ldap-bind | ldapbind | ldapuser | adfs | adsync | aadconnect
    | sccm | intune-enroll | dem-account | autopilot | teamsroom-4 | teams-room-berlin | mtr-berlin | mtr.hq1 | surfacehub |
    surface-hub-2 | conf-room-a | confroom1 | conferenceroom2 | konferenzraum-1 | sala-riunioni | sala.reunioes |
    salle-reunion-2 | vergaderkamer-1 | sitzungszimmer-3 | poly-studio | polycom | yealink | lobbyphone | lobby-phone |
    receptionphone | commonareaphone | dect-01 | telefonzentrale | callcenter-queue | autoattendant-de | hotline | turnstile
    | drehkreuz-1 | gate-2 | barrier-1 | schranke1 | parkhaus | door.access | timeclock | stechuhr | zeiterfassung-werk2 |
    badge-reader | badgereader | weighbridge | waage-1 | pos-terminal | kassenterminal-3 | checkout-1 | caisse-2 | cajero1 |
    tpv-1 | infodisplay | digital.signage | tv-kantine | wallboard | dashboard-tv | smarttv | chromecast | beamer |
    projector-1 | plotter-a0 | 3dprinter | 3d-printer | cnc-01 | scada | plc-line3 | hmi-1 | robot.line1 | agv-02 | ipcam |
    ip-camera-3 | webcam-roof | nvr-hq | dashcam | bodycam2 | testuser | test.user | testaccount | demo-user | lab-pc1 |
    loaner-laptop | shared-ipad | sharedpc | shop-tablet | lagertablet | drucker_og2 | kopierer-eg | multifunktion.2 |
    telefax-einkauf | aufzug-notruf | notruf-lift | heizung.alarm | lueftung | klimaanlage | photovoltaik | solaranlage |
    wechselrichter | gebaeudeleittechnik | brandmeldezentrale | hausalarm | imprimante-compta | copieur-rdc | télécopieur |
    numeriseur | scan-compta | alarme.usine | sauvegarde.nas | borne.accueil | badgeuse | pointeuse | serveur-fax |
    messagerie-vocale | impresora.almacen | escaner.rrhh | fotocopiadora2 | multifuncion-p1 | copia-seguridad | fichaje |
    cámara-1 | alarma.nave | stampante.magazzino | scanner.amministrazione | allarme.sede | backup.server | centralino |
    timbratura | rilevazione-presenze | kopieerapparaat-2 | alarm.magazijn | printer-magazijn | tijdregistratie |
    bewakingscamera | camera.parkeer | impressora-rh | digitalizador.rh | alarme-loja | relogio-ponto | camara-1 |
    drukarka.ksiegowosc | skaner-kadry | faks | alarm-hala | kopia-zapasowa | rejestrator | monitoring.hala | skrivare-lager
    | skanner.ekonomi | larm.lager | backup-srv | kopiator.reception | printer.lager | alarm.lager | sikkerhedskopiering |
    tidsregistrering | skriver-2etg | kopimaskin.resepsjon | varmuuskopio.palvelin | tulostin-varasto | skanneri.toimisto |
    halytin | tiskarna-sklad | skener.uctarna | kopirka-recepce | zaloha.server | alarm-hala2 | kamera.vratnice | dochazka`;

test.each(machines.split('|').map((name) => name.trim()))('%s@ is a machine, too', (name) => {
  expect(named(`${name}@contoso.com`)).not.toBeNull();
});

const displayed = `
    HP LaserJet 2nd floor | Canon iR-ADV C5535 | Konica Minolta Bizhub C258 | Xerox WorkCentre | Brother MFC-L8690 |
    Multifunktionsdrucker Empfang | Kyocera TASKalfa | Fire Alarm Panel | Visitor Kiosk | Veeam Backup | Conference Room Blue |
    Sala de Juntas | Teams Room Berlin | Common Area Phone Lobby | Lobby Phone | Main Auto Attendant | Call Queue Sales |
    Reception Tablet | Zeiterfassung Werk 2 | Mail Delivery System | System Monitor | Test User | Shared Laptop`;

test.each(displayed.split('|').map((name) => name.trim()))('"%s" is a machine’s display name', (displayName) => {
  expect(named('b4711@contoso.com', { displayName })).not.toBeNull();
});

test.each(['pdrucker', 'druckerp', 'peterdrucker', 'drucker', 'drucker.p', 'p.drucker'])(
  '%s@ is Peter Drucker, whose surname the directory has',
  (name) => {
    const peter = { displayName: 'Peter Drucker', givenName: 'Peter', surname: 'Drucker' };
    expect(named(`${name}@contoso.com`, peter)).toBeNull();
  },
);

test.each([
  ['alarmn', 'Noor', 'Alarm'],
  ['nalarm', 'Noor', 'Alarm'],
  ['mprinter', 'Mike', 'Printer'],
  ['annakiosk', 'Anna', 'Kiosk'],
])('%s@ is %s %s', (name, givenName, surname) => {
  expect(named(`${name}@contoso.com`, { displayName: `${givenName} ${surname}`, givenName, surname })).toBeNull();
});

test.each([
  'Lena Hoffmann (Kiosk Team)',
  'Hoffmann, Lena - Printer Support',
  'Lena Hoffmann | Backup',
  'Lena HOFFMANN',
])('%s is a person, whatever they work on', (displayName) => {
  const lena = { displayName, givenName: 'Lena', surname: 'Hoffmann' };
  expect(named('lena.hoffmann@contoso.com', lena)).toBeNull();
  expect(named('printer-3@contoso.com', lena)).not.toBeNull();
});

test('initials are no machine’s name', () => {
  expect(named('dvr@contoso.com', { displayName: 'Dorte Vang Rasmussen' })).toBeNull();
  expect(named('mtr@contoso.com', { displayName: 'Maria Tofte Ravn' })).toBeNull();
  expect(named('dvr@contoso.com', { displayName: 'Car park' })).toBe('dvr');
  expect(named('dvr@contoso.com', { displayName: 'Digital Video Recorder' })).toBe('video recorder');
});

const nobodyWorksAs = `
    Fax machine | Room | System | Kiosk device | Common Area Phone | Raum | Besprechungsraum | Boîte partagée | Buzón compartido |
    Casella condivisa | Gedeelde mailbox | Caixa partilhada | Skrzynka współdzielona | Delad brevlåda | Fællespostkasse |
    Jaettu postilaatikko | Sdílená schránka | Auto attendant | Call queue | Teams Room | Automation account | Test account |
    Testkonto | Technischer User | Service Account - SQL | Shared mailbox, Director`;

test.each(nobodyWorksAs.split('|').map((title) => title.trim()))('nobody works as "%s", either', (title) => {
  expect(findMachineTitle(title)).not.toBeNull();
});

const somebodyWorksAs = `
    Technical Account Manager | Technical Account Executive | Service Account Manager | Resource Account Specialist |
    Shared Mailbox Administrator | System Account Engineer | Machine Operator | Robot Programmer | Room Attendant |
    Print Manager | Camera Operator | Device Engineer | Bot Developer | Drucker (Offset) | System Administrator`;

test.each(somebodyWorksAs.split('|').map((title) => title.trim()))('somebody works as %s', (title) => {
  expect(findMachineTitle(title)).toBeNull();
});
