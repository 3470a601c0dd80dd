// What accounts of machines are called, in thirteen languages: scanners, copiers, fax, alarms, kiosks, backups. Data only.
// Phrases of whole words; case, accents, digits and hyphens make no difference.

/** Words that are no person's name: they count anywhere in the name. */
export const machineNames: Readonly<Record<string, string>> = {
  en: `
    healthmailbox*, health mailbox*, systemmailbox*, system mailbox, discoverysearchmailbox*, search mailbox, federatedemail, federated email, krbtgt*, application account,
    rightfax, *backups, alertmanager, opsgenie, pagerduty, servicenow, printqueue, print queue, cash register, cashregister,
    voip*, sip trunk, siptrunk, pbx, asterisk,
    *scanner, *printer, *kiosk, *backup, *copier, video recorder, building management, power supply, process automation, docuware, docscan, doc scan, dms scan, epson scan, canon scan, brother scan, copy machine,
    brother mfc, mfc l #, mfc j #, laserjet, laser jet, officejet, office jet, imagerunner, iradv, ir adv, i r adv, taskalfa, ecosys, workcentre, versalink, prtsrv, printsrv, faxin, faxout, faxgw,
    faxgateway, faxmail, faxline, fire alarm, *alarm, synology, qnap, nas #, nas backup, backup nas, commvault, rubrik, acronis, arcserve, datto backup, notifications, notification,
    notifier, alerts, alert monitor, alerting, autoreply, auto reply, automailer, mailrelay, mailrobot, mail delivery, mailbot, webhook, webhooks,
    apc ups, ilo alerts, idrac, vmware, vcenter, esxi, github, gitlab, azuredevops, azure devops, buildagent, build agent, buildserver,
    build server, build user, ci bot, build bot, deploy bot, teams bot, slack bot, chat bot, sap interface, sapuser, sap user, sap rfc,
    edi import, edi export, edi interface, integration user, integrationuser, interface user, api user, apiuser, powerautomate, power automate,
    flow service, uipath, blueprism, blue prism, automation, ldap*, adfs, adsync, aadconnect, aad connect, azure ad connect, dirsync,
    ad sync, sync service, msol, sccm, intune, dem account, autopilot, system monitor, teamsroom, teamsrooms, teams room, teams rooms,
    mtr, surfacehub, surface hub, conf room, confroom, conferenceroom, lobbyphone, lobby phone, receptionphone, reception phone,
    commonareaphone, common area, dect, polycom, poly studio, yealink, callcenterqueue, callcenter queue, turnstile, turnstiles,
    badge reader, badgereader, card reader, cardreader, weighbridge, pos terminal, posterminal, checkout #, wallboard, dashboard tv,
    smarttv, smart tv, chromecast, projector, projectors, beamer #, cnc, scada, plc, hmi, agv #, ipcam, ip cam, ip camera, dashcam,
    bodycam, test user, testuser, test account, testaccount, demo user, demouser, demo account, lab pc, loaner laptop, shared ipad,
    shared pc, sharedpc, shared laptop, shared tablet, shared computer, reception tablet, shop tablet, warehouse tablet,
    warehouse ipad, reception ipad,
    scanner, scanners, scantomail, scantoemail, scantofolder, scan to mail, scan to email, scan to folder, copier,
    copiers, photocopier, printer, printers, printserver, print server, mfp, mfd, multifunction, plotter, fax, faxes, efax,
    faxserver, alarm*, intruder, kiosk, kiosks, backup*, back up, veeam, postmaster, hostmaster, webmaster, mailer daemon,
    mailerdaemon, noreply, no reply, donotreply, do not reply, dontreply, bounce, bounces, voicemail, voice mail,
    autoattendant, auto attendant, callqueue, call queue, cctv, nvr, dvr, webcam, webcams, intercom, doorbell, doorphone,
    elevator, elevators, digitalsignage, digital signage, signage, monitoring*, nagios, zabbix, prtg, icinga, grafana,
    solarwinds, thermostat, hvac, bms, iot, sensor, sensors, franking, postage, smtp, smtprelay, mail relay, relay,
    svc, serviceaccount, service account, systemaccount, system account, shared device, shared phone, common area phone,
    conference room, meeting room, meetingroom, boardroom, board room, huddle room, resource account, rpa, chatbot,
    bkp, abuse, accesscontrol, access control, robot account, ricoh, xerox, kyocera, konica, bizhub, lexmark, docucentre, checkin, check in terminal, timeclock, time clock`,
  de: `
    *notruf, parkautomat, parkticket, kassensystem, kassensysteme, kassenautomat,
    *kopierer, laserdrucker, multifunktionsdrucker, arbeitsplatzdrucker, faxeingang, faxausgang, scaneingang, scan eingang, hausalarm,
    einbruchalarm, telefonzentrale, drehkreuz, stechuhr, stempeluhr, waage #, lüftung, lüftungsanlage, klimaanlage, photovoltaik,
    pv anlage, solaranlage, wechselrichter, gebäudeleittechnik, lagertablet, lager tablet, besprechungszimmer, besprechung #, testkonto,
    testbenutzer, gemeinschaftspostfach, parkhaus,
    netzwerkdrucker, etikettendrucker, farbdrucker, druckserver, kopierer, kopiergerät, fotokopierer,
    multifunktionsgerät, multifunktion, faxgerät, faxserver, telefax, brandmelde*, brandmeldeanlage, einbruchmelde*, notruf,
    kamera, kameras, überwachung*, videoüberwachung, sprechanlage, türsprechanlage, türöffner, türstation, türsprechstelle, aufzug*,
    aufzüge, roboter, zutritt*, heizung, heizungsanlage, fahrstuhl, datensicherung, sicherung, anrufbeantworter, frankiermaschine, kassenterminal, infoterminal,
    infodisplay, zeiterfassung, dienstkonto, funktionskonto, dienstekonto, keine antwort, nicht antworten, haustechnik,
    gebäudetechnik, besprechungsraum, konferenzraum, sitzungszimmer`,
  fr: `
    kiosque, kiosques, badgeuse, pointeuse, messagerie vocale, serveur fax, copieur multifonction, climatisation, chauffage,
    ne pas répondre svp, compte de test, compte test,
    imprimante, imprimantes, copieur, copieurs, photocopieur, photocopieuse, scanneur, numériseur, numérisation,
    multifonction, télécopie, télécopieur, alarme, alarmes, sauvegarde, sauvegardes, interphone, visiophone,
    ascenseur, vidéosurveillance, répondeur, ne pas répondre, nepasrepondre, standard automatique, compte de service,
    salle de réunion`,
  es: `
    cámaras,
    copia seguridad, fichaje, fichajes, reloj de fichar, cajero #, tpv #, tpv, cámara #, centralita, sala de juntas, climatización,
    cuenta de prueba,
    impresora, impresoras, escáner, escaner, escáneres, escaneo, escaneos, fotocopiadora, copiadora, multifunción,
    multifuncional, alarma, alarmas, quiosco, respaldo, respaldos, copia de seguridad, copias de seguridad, copias seguridad, ascensor,
    interfono, videoportero, videovigilancia, contestador, buzón de voz, no responder, noresponder, cuenta de servicio,
    sala de reuniones`,
  it: `
    centralino, timbratura, timbrature, rilevazione presenze, rilevatore presenze, marcatempo, climatizzazione, account di prova,
    stampante, stampanti, scansione, scansioni, fotocopiatrice, fotocopiatore, multifunzione, allarme, allarmi, chiosco,
    totem, ascensore, citofono, videocitofono, videosorveglianza, telecamera, telecamere, segreteria telefonica,
    non rispondere, nonrispondere, account di servizio, sala riunioni`,
  nl: `
    vergaderkamer, tijdregistratie, prikklok, tijdklok, telefooncentrale, weegbrug, testaccount,
    kopieermachine, kopieerapparaat, kopieer, multifunctional, alarminstallatie, zuil, infozuil, camerabewaking,
    bewakingscamera, reservekopie, frankeermachine, niet beantwoorden, nietbeantwoorden, antwoordapparaat, deurbel,
    deurtelefoon, vergaderzaal, vergaderruimte, dienstaccount, serviceaccount`,
  pt: `
    sala reuniões, relógio ponto, relógio de ponto, central telefónica, central telefônica, câmara #, câmera #, conta de teste,
    impressora, impressoras, digitalizadora, digitalizador, digitalização, digitalizações, copiadora, multifunções,
    alarme, quiosque, cópia de segurança, cópias de segurança, elevador, intercomunicador, videovigilância,
    videoporteiro, atendedor, não responder, naoresponder, não responda, naoresponda, conta de serviço, sala de reuniões`,
  pl: `
    rejestrator, czytnik, centrala telefoniczna, rejestracja czasu, konto testowe,
    drukarka, drukarki, skaner, skanery, kserokopiarka, kopiarka, ksero, faks, kopia zapasowa, kopie zapasowe,
    domofon, kamera, kamery, kiosk, nie odpowiadaj, nieodpowiadaj, konto usługi, konto serwisowe, sala konferencyjna`,
  sv: `
    skrivaren, larmcentral, larmcentralen,
    passersystem, tidsregistrering, stämpelklocka, telefonväxel, testkonto,
    skrivare, skannern, kopiator, kopieringsmaskin, larm, inbrottslarm, brandlarm, säkerhetskopia, säkerhetskopiering,
    porttelefon, telefonsvarare, svara inte, svarainte, tjänstekonto, mötesrum, konferensrum`,
  da: `
    tidsregistrering, adgangskontrol, telefoncentral,
    kopimaskine, skanner, skannere, sikkerhedskopi, sikkerhedskopiering, dørtelefon, telefonsvarer, svar ikke, svarikke,
    tjenestekonto, mødelokale, mødeværelse, indbrudsalarm, brandalarm`,
  no: `
    adgangskontroll, sentralbord,
    skrivere, kopimaskin, sikkerhetskopi, sikkerhetskopiering, porttelefon, ikke svar, ikkesvar, møterom,
    innbruddsalarm`,
  fi: `
    työajanseuranta, kulunvalvonta, puhelinvaihde, testitili,
    tulostin, tulostimet, skanneri, kopiokone, monitoimilaite, faksi, hälytys, hälytin, hälytykset, kioski, varmuuskopio,
    varmuuskopiointi, hissi, ovipuhelin, valvonta, vastaaja, älä vastaa, alavastaa, palvelutili, kokoushuone, neuvotteluhuone`,
  cs: `
    docházka, docházkový, čtečka, telefonní ústředna, testovací účet,
    tiskárna, tiskárny, skener, kopírka, kopírky, kiosek, zálohy, zálohování, výtah, neodpovídat,
    neodpovidejte, servisní účet, zasedací místnost, zasedačka`,
};

/** Words that are surnames, too: only as the first word of the name, or behind a number. */
export const leadingMachineNames = `
  sync, root, hotline, parkhaus, copy, beamer, badge,
  scan, scans, scanning, print, printing, drucker, camera, cameras, caméra, monitor, monitors, lift, lifts, mailer,
  door, doors, gate, gates, deur, borne, bornes, skriver, zvonek, záloha, bots, robot, robots, room, rooms, raum,
  salle, phone, phones, conferencephone, kasse #, kassa #, pos #, cam #, prn #, kassen, caisse, terminal, terminals, tablet, tablets, ipad, ipads, display,
  displays, screen, tv, ups, usv, bma, servers, sql, telefon, téléphone, parking, parkplatz, barrier, schranke,
  device, devices, machine, maschine`;

/** Job titles that somebody has given to an account of a machine. */
export const machineTitles = `
  fax machine, copy machine, kiosk device, common area phone, auto attendant, call queue, teams room, automation account,
  test account, test user, demo account, technischer user, testkonto, rpa robot, =system, =room, =raum, =machine, =phone,
  =besprechungsraum, =konferenzraum, =telefax, =scan, =copieur, =salle de réunion, boîte partagée, boîte aux lettres partagée,
  boîte générique, buzón compartido, buzón genérico, casella condivisa, casella di posta condivisa, gedeelde mailbox,
  gedeeld postvak, caixa partilhada, caixa compartilhada, caixa de correio partilhada, skrzynka współdzielona,
  delad brevlåda, delad postlåda, fællespostkasse, delt postkasse, delt postboks, jaettu postilaatikko, sdílená schránka,
  compte partagé, cuenta compartida, account condiviso, conta partilhada, konto współdzielone, sdílený účet, jaettu tili,
  gemeinsames postfach, gruppenpostfach,
  service account, system account, serviceaccount, machine account, technical account, technical user, functional account,
  functional mailbox, generic account, resource account, shared account, shared mailbox, shared device, shared computer,
  room mailbox, =meeting room, =conference room, =scanner, =printer, =copier, =fax, =kiosk, =alarm, =backup, =robot, =bot,
  =device, =drucker, =kopierer, =imprimante, =impresora, =stampante, =impressora, =drukarka, =skrivare, =tulostin,
  =tiskárna, =photocopieur, =fotocopiadora, technischer benutzer, technischer account, funktionskonto, dienstkonto,
  systemkonto, servicekonto, funktionspostfach, compte de service, compte technique, compte générique,
  cuenta de servicio, cuenta técnica, cuenta genérica, account di servizio, utenza tecnica, utenza di servizio,
  dienstaccount, functioneel account, conta de serviço, conta técnica, konto usługi, konto serwisowe, konto techniczne,
  tjänstekonto, funktionskonto, tjenestekonto, systemkonto, palvelutili, servisní účet, technický účet`;
