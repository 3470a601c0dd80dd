// What accounts of machines are called, in thirteen languages: scanners, copiers, fax, alarms, kiosks, backups. Data only.
// Phrases of whole words; case, accents, digits and hyphens make no difference.

/** Words that no person is called: they count wherever they stand in the name. */
export const machineNames: Readonly<Record<string, string>> = {
  en: `
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
    netzwerkdrucker, etikettendrucker, farbdrucker, druckserver, kopierer, kopiergerät, fotokopierer,
    multifunktionsgerät, multifunktion, faxgerät, faxserver, telefax, brandmelde*, brandmeldeanlage, einbruchmelde*, notruf,
    kamera, kameras, überwachung*, videoüberwachung, sprechanlage, türsprechanlage, türöffner, türstation, türsprechstelle, aufzug*,
    aufzüge, roboter, zutritt*, heizung, heizungsanlage, fahrstuhl, datensicherung, sicherung, anrufbeantworter, frankiermaschine, kassenterminal, infoterminal,
    infodisplay, zeiterfassung, dienstkonto, funktionskonto, dienstekonto, keine antwort, nicht antworten, haustechnik,
    gebäudetechnik, besprechungsraum, konferenzraum, sitzungszimmer`,
  fr: `
    imprimante, imprimantes, copieur, copieurs, photocopieur, photocopieuse, scanneur, numériseur, numérisation,
    multifonction, télécopie, télécopieur, alarme, alarmes, sauvegarde, sauvegardes, interphone, visiophone,
    ascenseur, vidéosurveillance, répondeur, ne pas répondre, nepasrepondre, standard automatique, compte de service,
    salle de réunion`,
  es: `
    impresora, impresoras, escáner, escaner, escáneres, escaneo, escaneos, fotocopiadora, copiadora, multifunción,
    multifuncional, alarma, alarmas, quiosco, respaldo, respaldos, copia de seguridad, copias de seguridad, copias seguridad, ascensor,
    interfono, videoportero, videovigilancia, contestador, buzón de voz, no responder, noresponder, cuenta de servicio,
    sala de reuniones`,
  it: `
    stampante, stampanti, scansione, scansioni, fotocopiatrice, fotocopiatore, multifunzione, allarme, allarmi, chiosco,
    totem, ascensore, citofono, videocitofono, videosorveglianza, telecamera, telecamere, segreteria telefonica,
    non rispondere, nonrispondere, account di servizio, sala riunioni`,
  nl: `
    kopieermachine, kopieerapparaat, kopieer, multifunctional, alarminstallatie, zuil, infozuil, camerabewaking,
    bewakingscamera, reservekopie, frankeermachine, niet beantwoorden, nietbeantwoorden, antwoordapparaat, deurbel,
    deurtelefoon, vergaderzaal, vergaderruimte, dienstaccount, serviceaccount`,
  pt: `
    impressora, impressoras, digitalizadora, digitalizador, digitalização, digitalizações, copiadora, multifunções,
    alarme, quiosque, cópia de segurança, cópias de segurança, elevador, intercomunicador, videovigilância,
    videoporteiro, atendedor, não responder, naoresponder, não responda, naoresponda, conta de serviço, sala de reuniões`,
  pl: `
    drukarka, drukarki, skaner, skanery, kserokopiarka, kopiarka, ksero, faks, kopia zapasowa, kopie zapasowe,
    domofon, kamera, kamery, kiosk, nie odpowiadaj, nieodpowiadaj, konto usługi, konto serwisowe, sala konferencyjna`,
  sv: `
    skrivare, skannern, kopiator, kopieringsmaskin, larm, inbrottslarm, brandlarm, säkerhetskopia, säkerhetskopiering,
    porttelefon, telefonsvarare, svara inte, svarainte, tjänstekonto, mötesrum, konferensrum`,
  da: `
    kopimaskine, skanner, skannere, sikkerhedskopi, sikkerhedskopiering, dørtelefon, telefonsvarer, svar ikke, svarikke,
    tjenestekonto, mødelokale, mødeværelse, indbrudsalarm, brandalarm`,
  no: `
    skrivere, kopimaskin, sikkerhetskopi, sikkerhetskopiering, porttelefon, ikke svar, ikkesvar, møterom,
    innbruddsalarm`,
  fi: `
    tulostin, tulostimet, skanneri, kopiokone, monitoimilaite, faksi, hälytys, hälytin, hälytykset, kioski, varmuuskopio,
    varmuuskopiointi, hissi, ovipuhelin, valvonta, vastaaja, älä vastaa, alavastaa, palvelutili, kokoushuone, neuvotteluhuone`,
  cs: `
    tiskárna, tiskárny, skener, kopírka, kopírky, kiosek, zálohy, zálohování, výtah, neodpovídat,
    neodpovidejte, servisní účet, zasedací místnost, zasedačka`,
};

/** Words that are surnames, too: only as the first word of the name, or behind a number. */
export const leadingMachineNames = `
  scan, scans, scanning, print, printing, drucker, camera, cameras, caméra, monitor, monitors, lift, lifts, mailer,
  door, doors, gate, gates, deur, borne, bornes, skriver, zvonek, záloha, bots, robot, robots, room, rooms, raum,
  salle, phone, phones, conferencephone, kasse #, kassa #, pos #, cam #, prn #, kassen, caisse, terminal, terminals, tablet, tablets, ipad, ipads, display,
  displays, screen, tv, ups, usv, bma, servers, sql, telefon, téléphone, parking, parkplatz, barrier, schranke,
  device, devices, machine, maschine`;

/** Job titles that somebody has given to an account of a machine. */
export const machineTitles = `
  service account, system account, serviceaccount, machine account, technical account, technical user, functional account,
  functional mailbox, generic account, resource account, shared account, shared mailbox, shared device, shared computer,
  room mailbox, =meeting room, =conference room, =scanner, =printer, =copier, =fax, =kiosk, =alarm, =backup, =robot, =bot,
  =device, =drucker, =kopierer, =imprimante, =impresora, =stampante, =impressora, =drukarka, =skrivare, =tulostin,
  =tiskárna, =photocopieur, =fotocopiadora, technischer benutzer, technischer account, funktionskonto, dienstkonto,
  systemkonto, servicekonto, funktionspostfach, compte de service, compte technique, compte générique,
  cuenta de servicio, cuenta técnica, cuenta genérica, account di servizio, utenza tecnica, utenza di servizio,
  dienstaccount, functioneel account, conta de serviço, conta técnica, konto usługi, konto serwisowe, konto techniczne,
  tjänstekonto, funktionskonto, tjenestekonto, systemkonto, palvelutili, servisní účet, technický účet`;
