import { expect, test } from 'vitest';
import { findExecutiveTitle } from './executives.ts';

/** As people write them in job titles: separated by a bar. */
const executives: Readonly<Record<string, string>> = {
  en: `
    CEO | C.E.O. | Ceo | Joint CEO | Co-CEO | Interim CEO | Acting CFO | Deputy CEO | Group CEO |
    CEO & Founder | President & CEO | President and CEO | CFO, EMEA | Chief Executive Officer and Founder |
    Chief Executive | Joint Chief Executive | Deputy Chief Executive Officer |
    Interim Chief Financial Officer | Chief Human Resources Officer | Chief Financial & Operating Officer |
    Managing Director | Joint Managing Director | Managing Director, EMEA | MD | MD & Founder | M.D. | VP |
    V.P. Sales | VP, Engineering | SVP | SVP Marketing | EVP | EVP, Global Sales | Sr. VP Operations |
    Vice President | Vice President of Sales | Executive Vice President | Senior Vice President, People |
    Assistant Vice President | Vice-President | Chairman | Chairwoman | Chair | Chair of the Board |
    Vice Chair | Non-Executive Director | Non-Exec Director | Independent Non-Executive Director |
    Board Member | Member of the Board | Member of the Executive Board | Member of the Management Board |
    Supervisory Board Member | General Counsel | Deputy General Counsel | Company Secretary | Founder |
    Co-Founder | Co-founder & CTO | CTO | Chief Technology Officer | CIO/CISO | CMO | Global CMO | CPO |
    Chief of Staff and CFO | Finance Director | Executive Director | Managing Partner | Group President |
    President, North America | Commercial Director, EMEA | Secretary of the Board | Regional President | Owner | Executive Chairman | Chief Exec`,
  de: `
    Geschäftsführer | Geschäftsführerin | Geschaeftsfuehrer | Geschäftsführer/in | Geschäftsführer:in |
    GeschäftsführerIn | GF | GF Vertrieb | stellv. Geschäftsführer | Stellvertretende Geschäftsführerin |
    Interims-Geschäftsführer | Mitgeschäftsführer | Geschäftsführender Gesellschafter |
    Geschäftsführende Gesellschafterin | Geschäftsführung | Mitglied der Geschäftsführung |
    Mitglied der Geschäftsleitung | Kaufmännischer Geschäftsführer | Vorstand | Vorständin |
    Vorstand Finanzen | Finanzvorstand | Mitglied des Vorstands | Vorsitzender des Vorstands |
    Vorstandsvorsitzende | Vorstandsmitglied | Vorstandssprecher | Aufsichtsrat |
    Aufsichtsratsvorsitzender | Vorsitzende des Aufsichtsrats | Präsident | Präsidentin | Vizepräsident |
    Präsident/in | Generaldirektor | Generaldirektorin | Prokurist | Prokuristin | Verwaltungsrat |
    Verwaltungsratspräsident | Inhaber | Gründer & CEO | Geschäftsleiterin |
    Sprecher der Geschäftsführung | Generalbevollmächtigter | Kaufmännischer Leiter`,
  fr: `
    Directeur général | Directrice générale | Directeur Général Adjoint | Directrice Générale Déléguée |
    PDG | P.D.G. | Président-directeur général | Présidente | Président | Président(e) | DG | DGA |
    DG adjoint | Directeur financier | Directrice financière | Directeur administratif et financier | DAF |
    DRH | DSI | Membre du directoire | Président du directoire | Membre du Conseil d'administration |
    Gérant | Gérante | Co-gérante | Fondateur | Secrétaire général | Vice-présidente |
    Directeur(trice) général(e) | Membre du Comex | Directeur des opérations | Administrateur délégué |
    Directeur général par intérim | Directrice commerciale | Secrétaire du conseil d’administration`,
  es: `
    Director General | Directora General | Director/a General | Consejero Delegado | Consejera Delegada |
    Presidente | Presidenta | Vicepresidente | Director Financiero | Directora Financiera |
    Gerente General | Director Ejecutivo | Socio Director | Fundador |
    Miembro del Consejo de Administración | Director General Adjunto | Administradora única |
    Consejero independiente | Presidente del Consejo | Secretario del Consejo | Director Comercial`,
  it: `
    Amministratore Delegato | Amministratrice Delegata | AD | A.D. | Direttore Generale |
    Direttrice Generale | Direttore Finanziario | Presidente del Consiglio di Amministrazione |
    Consigliere di Amministrazione | Vicepresidente | Amministratore unico | Fondatrice | Membro del CdA |
    Vice Direttore Generale | Vicedirettore generale | Direttore Commerciale | Direttore generale ad interim`,
  nl: `
    Algemeen directeur | Financieel directeur | Bestuurder | Bestuursvoorzitter |
    Voorzitter Raad van Bestuur | Lid Raad van Bestuur | Lid Raad van Commissarissen | DGA | Directeur |
    Statutair directeur | Directeur-eigenaar | Gedelegeerd bestuurder | Zaakvoerder | Directievoorzitter |
    Adjunct-directeur`,
  pt: `
    Diretor Geral | Diretora Geral | Diretor-Geral | Diretor(a) Geral | Diretor Executivo |
    Diretora Financeira | Diretor-Presidente | Presidente | Vice-Presidente | Administrador Delegado |
    Membro do Conselho de Administração | Sócio-gerente | Sócia-gerente | Gerente Geral`,
  pl: `
    Prezes | Prezes Zarządu | Prezeska Zarządu | Wiceprezes | Członek Zarządu | Członkini Zarządu |
    Dyrektor Generalny | Dyrektor Finansowy | Członek Rady Nadzorczej`,
  sv: `
    VD | Verkställande direktör | Vice VD | Styrelseordförande | Styrelseledamot | Koncernchef |
    Ekonomidirektör | tf VD`,
  'da and no': `
    Administrerende direktør | Adm. direktør | Direktør | Økonomidirektør | Bestyrelsesformand |
    Daglig leder | Konsernsjef | Styreleder | Adm. dir. | Finansdirektør | Bestyrelsesmedlem`,
  fi: `
    Toimitusjohtaja | Varatoimitusjohtaja | Talousjohtaja | Hallituksen puheenjohtaja | Hallituksen jäsen`,
  cs: `
    Generální ředitel | Generální ředitelka | Jednatel | Jednatelka | Předseda představenstva |
    Člen představenstva | Finanční ředitel | Výkonná ředitelka`,
  all: `
    Chief Digital and Information Officer | Group Chief Risk Officer |
    Chief Accounting Officer and Treasurer | Executive VP & Chief Legal Officer | Sr Vice President |
    Vice-Chairman | Lead Independent Director | Independent Director | Non Executive Chairman | NED |
    Trustee | Regional Managing Director | Managing Director (Interim) | CEO (a.i.) | CEO a.i. |
    Chief Executive Officer (Acting) | Acting Managing Director | Co-Managing Director | Deputy Chairman |
    Founder/CEO | Founder & Managing Partner | Co-président | PDG adjoint | Directeur général délégué |
    DG Délégué | Directeur Exécutif Finance | Directrice Générale Adjointe en charge des finances |
    Vice-président exécutif | Président du conseil d'administration | Geschäftsführer (m/w/d) |
    Techn. Geschäftsführer | CEO/Vorsitzender der Geschäftsführung | CFO (Vorstand) |
    Stv. Vorstandsvorsitzende | Ressortvorstand | Sprecherin des Vorstands | Mitglied des Aufsichtsrates |
    Aufsichtsratsmitglied | Mitglied der Konzernleitung | Konzernleitung | Direktor/in | Presidente y CEO |
    Presidente Ejecutivo | Vicepresidenta Ejecutiva | Subdirector General | Dtor. General | Dir. General |
    Vocal del Consejo | Presidente e AD | Vice Presidente | Condirettore Generale |
    Direttore delle Risorse Umane | Voorzitter van de Raad van Bestuur | Lid van de Raad van Bestuur |
    Vice-voorzitter | Directeur Financiën | Interim directeur | Commissaris | Lid Raad van Toezicht |
    CEO/Eigenaar | Presidente do Conselho de Administração | Presidente Executivo | CEO e Fundador |
    Vogal do Conselho de Administração | Diretor Superintendente | Diretora-Geral Adjunta |
    Wiceprezes Zarządu | p.o. Prezesa | Zastępca Dyrektora Generalnego | Przewodniczący Rady Nadzorczej |
    vVD | T.f. VD | Vice verkställande direktör | Styrelsens ordförande | Ledamot i styrelsen |
    Ekonomichef | Bestyrelsens formand | Formand for bestyrelsen | CEO & Adm. Dir. | Direktør, CFO |
    Viceadm. direktør | Konst. adm. direktør | Styrets leder | Nestleder i styret | vt. toimitusjohtaja |
    Hallituksen varapuheenjohtaja | Talous- ja hallintojohtaja | Ředitel společnosti |
    Zástupce generálního ředitele | Jednatel společnosti | Předseda dozorčí rady | Člen správní rady |
    Chief People Officer | Chief Happiness Officer | CEO, Contoso Ltd | Chair, Audit Committee |
    Board Chair | General Manager & CEO | Head of Legal and General Counsel | Group CEO (Designate) |
    Interim CTO / VP Engineering | S.V.P. | E.V.P., Sales | Pres. | President/CEO | Vice Pres. Sales |
    Snr VP | Finance Director & Company Secretary | Group Finance Director | Joint Chair | Co-Chair |
    Deputy Chair | Geschäftsführerin Finanzen | Mitglied der GF | Leitung Geschäftsführung |
    Vorsitzende der Geschäftsleitung | kfm. Geschäftsführer | Geschäftsführer, Gründer | Vize-Präsidentin |
    Vorstand IT | IT-Vorstand | Stiftungsvorstand | Delegierter des Verwaltungsrates |
    Präsident des Verwaltungsrates | Président Directeur Général | Directeur Général France |
    Gérant associé | Directora Ejecutiva | Presidenta del Consejo | Director/a Financiero/a |
    Consejero/a Delegado/a | Direttore/Direttrice Generale | Amministratore delegato (AD) |
    Directeur Generaal | Chief Exec. | Deputy MD | MD, Europe | MD UK | JMD | Managing Director/CEO |
    Managing-Director | Man. Director | Mgr. Director | Vice President - EMEA | VP - Finance |
    VP of Product | VP Finance (Interim) | Vice President, Legal & Compliance |
    Chief Operating Officer (COO) | Chief Information Security Officer | CISO | CHRO |
    CPO / Chief Product Officer | CRO | CMO | CDO | CSO | CCO | CAO | CLO | Global CDO | Group CSO |
    Deputy CMO | Joint MD | Joint CFO`,
};

test.each(
  Object.entries(executives).flatMap(([language, titles]) =>
    titles.split('|').map((title) => [language, title.trim()]),
  ),
)('%s: "%s" is an executive’s title', (_language, title) => {
  expect(findExecutiveTitle(title ?? '')).not.toBeNull();
});

const ordinary = `
    Account Executive | Sales Executive | Executive Assistant | Executive Assistant to the CEO |
    Assistant to the CEO | PA to the Managing Director | EA to CEO & CFO | CEO Assistant |
    Secretary to the Board | Personal Assistant to the President | Executive Chef | Board Operator |
    Chairlift Operator | Chair Upholsterer | President Street store clerk | Store Clerk, President Street |
    Vice Principal | Principal Engineer | Chief Engineer | Chief Nurse | Fire Chief | Chief of Staff |
    Customer Service Executive | Head of Marketing | Product Owner | Process Owner | HR Business Partner |
    Office Manager | Assistant Manager | Marketing Director | Director of Engineering | Managing Editor |
    Managing Consultant | General Manager | General Practitioner | Founding Engineer | CEO Office Manager |
    Program Manager, Office of the CEO | President's Club Coordinator | Chef de projet | Chef de cuisine |
    Chef de projet DSI | Technicien DSI | Assistante de direction | Assistante DG |
    Assistant du directeur général | Chargée de mission | Directeur artistique | Directeur de magasin |
    Responsable RH | Administrateur systèmes et réseaux | Assistenz der Geschäftsführung |
    Assistentin der Geschäftsleitung | Vorstandsassistentin | Sekretärin des Vorstands |
    Referent des Vorstands | Geschäftsführungsassistentin | Betriebsrat | Betriebsratsvorsitz |
    Abteilungsleiter | Teamleiter | Vertriebsleiter | Sachbearbeiterin | Kundenberater | Projektleiterin |
    Art Director | Creative Director | Geschäftsstellenleiter | Fahrer des Vorstands | Jefe de proyecto |
    Director de arte | Asistente de dirección | Secretaria de dirección | Administrador de sistemas |
    Administrador de redes | Gerente de tienda | Consejero de estudios | Responsabile vendite | Impiegato |
    Amministratore di sistema | Segretaria di direzione | Direttore artistico | Direttore di negozio |
    Buschauffeur | Heftruckbestuurder | Bestuurder heftruck | Directiesecretaresse | Managementassistent |
    Verkoper | Vendedor | Administrador de sistemas | Assistente da diretoria | Gerente de loja |
    Asystentka Prezesa | Asystent Zarządu | Kierownik działu | Dyrektor sprzedaży |
    Administrativ assistent | Butikschef | Säljchef | Ekonomiassistent | VD-assistent | Avdelningschef |
    Direktionssekretær | Afdelingsleder | Myyntipäällikkö | Toimitusjohtajan assistentti |
    Johdon assistentti | Asistentka generálního ředitele | Vedoucí oddělení | CRO Specialist |
    CMO Project Manager | CPO Engineer | AD Administrator | Medical Doctor | Registered Nurse |
    Scrum Master | Software Engineer | Data Scientist | Board Games Designer | Dashboard Developer |
    Onboarding Specialist | Media Executive | Legal Counsel | Secretary | Treasury Analyst |
    Service Desk Analyst | Driver | Chief Engineer Assistant | Presidential Library Archivist |
    Vice Captain | Vice Squad Officer | Police Officer | Loan Officer | Compliance Officer |
    Security Officer | Press Officer | Founder Relations Manager | Kiosk Attendant | Scanner Operator |
    Fax Clerk | Backup Administrator | Alarm Technician | Printer Technician | Lift Engineer |
    Copier Sales | Sales Director Assistant | Administrator | Accountant | Account Manager |
    Business Analyst | Warehouse Worker | Teacher | Headteacher | Nurse | Chief Pharmacist |
    Chief Resident | Lead Developer | Receptionist | Head Chef | Sous Chef | Chef d'équipe |
    Chef de service | Directeur d'agence | Directrice d'école | Conseiller clientèle |
    Conseiller de vente | Vorarbeiter | Hausmeister | Marketingleiter | Bereichsleiter |
    Stellvertretender Filialleiter | Assistent | Sekretärin | Direktionsassistentin |
    Vorstandssekretariat | Sicherheitsbeauftragter | Director de obra | Director de sucursal | Gerente |
    Gerente comercial | Consejero comercial | Jefa de equipo | Responsabile IT | Consigliere commerciale |
    Consulente | Segretario | Teamleider | Manager | Bestuursadviseur | Bestuurssecretaris |
    Directiesecretaris | Docent | Professor | Diretor de turma | Gerente de projeto |
    Conselheiro de viagens | Auxiliar administrativo | Specjalista | Kierownik projektu |
    Dyrektor oddziału | Sekretarka | Enhetschef | Rektor | Projektleder | Salgschef | Økonomimedarbejder |
    Avdelingsleder | Daglig drift | Projektipäällikkö | Opettaja | Ředitel prodeje | Účetní |
    Chief Operator | Chief Designer | Chief Accountant | Chief Editor | VIP Host | VP9 Encoder Engineer |
    Boardroom Coordinator | Keyboard Player | Chairside Assistant | Chair Massage Therapist |
    Presidents Choice Rep | Executive Housekeeper | Executive Producer | Executive Recruiter |
    Executive Coach | Executive Search Consultant | Junior Executive | Executive Secretary |
    Founder's Office Associate | CEO's Chief of Staff | Chief Executive's Office | Owner Relations |
    Ownership Analyst | MD Liaison | Counsel | Corporate Counsel | Partner Manager | Partner |
    Trustee Services Officer | Governor's Aide | Treasury Manager | Cashier | Officer | Second Officer |
    Chief Officer (ship) | Chief Mate | GF-Assistenz | Assistent GF | Assistenz GL | PA CEO | EA | PA |
    Direktionsassistent | Assistenz Vorstand | Büroleitung Vorstand`;

test.each(ordinary.split('|').map((title) => title.trim()))('"%s" is an ordinary title', (title) => {
  expect(findExecutiveTitle(title)).toBeNull();
});

test('whose assistant somebody is says nothing about their own rank, and a deputy is no assistant', () => {
  expect(findExecutiveTitle('Assistant to the Chief Executive Officer')).toBeNull();
  expect(findExecutiveTitle('CFO and assistant to the board')).toBe('cfo');
  expect(findExecutiveTitle('Assistant Managing Director')).toBe('managing director');
  expect(findExecutiveTitle('Joint Company Secretary')).toBe('company secretary');
});

test('case, accents, hyphens and umlauts written out make no difference', () => {
  for (const title of ['GESCHÄFTSFÜHRERIN', 'geschaeftsfuehrerin', 'Gescha\u0308ftsführerin'])
    expect(findExecutiveTitle(title)).toBe('*geschäftsführerin');
  expect(findExecutiveTitle('Directrice-Generale')).toBe('directrice générale');
});
