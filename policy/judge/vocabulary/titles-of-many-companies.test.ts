import { expect, test } from 'vitest';
import { findExecutiveTitle } from './executives.ts';

/** As many companies write them, beside those of executives.test.ts. */
const executives: Readonly<Record<string, string>> = {
  en: `
    Chief Executive Officer, North America | Chief Medical Officer | Chief Data & Analytics Officer | Interim Chief People Officer | Chief
    of Finance | Chief Technology & Product Officer | Chief Investment Officer | Chief Actuary | Chief Legal Counsel | Group Managing
    Director | Managing Director & Head of EMEA | MD and CEO | CEO-elect | Ceo/Owner | Joint Managing Director (UK) | Interim Managing
    Director | Deputy Managing Director | Asst. Managing Director | Vice Chairman & CFO | Vice-Chairwoman of the Board | Executive
    Vice-President and CFO | Exec. VP | Exec VP | First Vice President | FVP | AVP Operations | SVP & GM | Sr. Vice President | Snr. Vice
    President | Assoc. Vice President | Vice Pres., Marketing | V.P., Operations | VP Ops | Corporate VP | CVP | Corporate Vice President |
    Group Vice President | Division President | President EMEA | Chairman Emeritus | Chairman of the Supervisory Board | Member, Board of
    Directors | Board of Directors Member | Non-Executive Chair | Senior Independent Director | NXD | Executive Board Member | Managing
    Board Member | Co-Founder and Chief Architect | Founding CEO | Joint Founder | Group General Counsel | SVP, General Counsel & Secretary
    | Corporate Secretary | Company Sec. | Chief Risk Off. | Chief Fin. Officer | Chief Financial Off. | Group CFO & COO | Acting Chief
    Executive | Interim Chief Exec | Country Managing Director | Regional CEO | Global COO | Director, Finance | Director of Operations | HR
    Director | Human Resources Director | Director of Human Resources | IT Director | Operations Director | Deputy Finance Director |
    Technical Director | Country President | Managing Principal | Senior Partner | Senior Managing Director | Chief Revenue Officer | Chief
    Growth Officer | Chief Scientist | Director-General | Deputy Director General | Deputy Director-General | Vice-Chancellor | Lord Mayor |
    Executive President | Vice Provost | Chief Constable | Chief Fire Officer | Owner/Director | Owner & Managing Director | Proprietor |
    Executive Partner | Partner & CEO | Non-Executive Board Member | Non exec Director | Exec. Director | Executive Dir. | Mng. Director |
    M.D. (Interim) | Mgmt Board Member | Chairperson, Audit Committee`,
  de: `
    Sprecher des Vorstands | Vorstandsvorsitzender | Vorständin Finanzen | Mitglied d. Geschäftsleitung | GL-Mitglied | Mitglied der GL |
    Vors. der Geschäftsführung | Geschäftsf. Gesellschafter | geschf. Gesellschafter | Geschäftsführender Direktor | Gf. Gesellschafter |
    Interim-Geschäftsführerin | Co-Geschäftsführer | Mitgeschäftsführerin | Alleingeschäftsführer | Stv. Geschäftsführerin | Stellv.
    Vorstandsvorsitzender | Geschäftsführer & CEO | Kaufm. Geschäftsführer | Geschäftsführer*in | Geschäftsführer_in | Hauptgeschäftsführer
    | Hauptgeschäftsführerin | Personalvorstand | Präsidentin des Verwaltungsrats | VR-Präsident | VRP | Mitglied des Verwaltungsrates |
    Delegierte des VR | Kaufmännische Direktorin | Ärztlicher Direktor | Kanzlerin | Intendant | Vorsitz Geschäftsleitung | Leiter Finanzen,
    Mitglied der Geschäftsleitung | Verlegerin | Inhaberin | Firmeninhaber | Gesellschafter-Geschäftsführer | Unternehmer |
    Generaldirektor-Stellvertreter | Vorstandsdirektor`,
  fr: `
    Président Directeur Général (PDG) | Présidente-directrice générale | Directeur général adjoint | Directrice générale déléguée | Dir.
    Général | Dir. Gén. Adjoint | Directeur Général par interim | Co-directeur général | Codirectrice générale | Co-gérant | Gérant de
    société | Président du CA | Président du conseil de surveillance | Membre du conseil de surveillance | Administratrice | Administrateur
    | Directeur Administratif & Financier | Directrice Administrative et Financière | RAF | Directrice RH | Directeur RH | Directeur des
    Ressources Humaines | Dir. Financier | Dir. RH | Secrétaire générale adjointe | Vice-PDG | Cofondatrice & CTO | Associé fondateur |
    Associée | Directeur général des services | DGS | DGA Finances | Directeur Industriel | Directeur Délégué | Président délégué | Chef
    d'entreprise | Dirigeante | Directeur de la stratégie | Directeur informatique | Directeur exécutif | Mandataire sociale`,
  es: `
    Consejera Delegada y Presidenta | Consejero/a Delegado | Presidente-Director General | Presidente del Consejo de Administración |
    Vicepresidente Ejecutivo | Vicepresidenta Primera | Director Gral. | Dir. Gral. | Gte. General | Subgerente General | Gerente Gral. |
    Gerenta General | Directora Financiera (interina) | Director Financiero y de Operaciones | Director de Finanzas | Directora de RRHH |
    Director de RR.HH. | Director de Sistemas | Secretaria del Consejo de Administración | Secretario Consejero | Socio fundador |
    Cofundadora y CEO | Apoderado | Administrador | Consejero Independiente | Miembro del Comité de Dirección | Director Corporativo | Vocal
    de la Junta Directiva | Presidente de la Junta | Presidente Ejecutiva | Representante legal | Dueño | Dueña | Propietaria`,
  it: `
    Presidente e Amministratore Delegato | Amm. Delegato | Amministratrice Unica | Presidente CdA | Consigliera di Amministrazione | Vice
    Presidente Esecutivo | Direttrice Finanziaria | Direttore Amministrativo e Finanziario | Direttore Generale f.f. | Dir. Generale |
    Direttore Gen. | Co-Amministratore Delegato | Co-AD | Membro del Consiglio di Amministrazione | Sindaco effettivo | Presidente del
    Collegio Sindacale | Procuratore | Procuratore speciale | Direttore del Personale | Direttore HR | Socio Unico | Fondatore e CEO |
    Titolare | Dirigente | Segretario Generale`,
  nl: `
    Algemeen directrice | Algemeen directeur a.i. | Interim-directeur | Mededirecteur | Mede-eigenaar | Medeoprichtster | Voorzitter van het
    bestuur | Vice-voorzitter Raad van Toezicht | Lid van de Raad van Commissarissen | Lid RvB | Lid RvC | Voorzitter RvB | Lid van het
    directiecomité | Directeur Operations | Directeur HR | HR-directeur | Financieel bestuurder | Voorzitter directiecomité | CFO/lid
    directie | Adjunct directeur | Plv. directeur | Plaatsvervangend directeur | Secretaris-generaal | Penningmeester | Afgevaardigd
    Bestuurder | Onafhankelijk bestuurder | Vennoot`,
  pt: `
    Diretor-Geral Adjunto | Diretora Administrativa e Financeira | Diretor Administrativo | Diretor de RH | Diretora de Recursos Humanos |
    Diretor Industrial | Vice-Presidente Executiva | Vice-presidenta | Presidente da Comissão Executiva | Administradora | Administrador |
    Administrador Não Executivo | Vogal da Administração | Sócio | Sócio-administrador | Co-fundadora | Fundador e CEO | Presidente do
    Conselho Fiscal | Secretária-Geral | Gerente-Geral | Conselheira de Administração | Proprietária | Dono`,
  pl: `
    Prezes Zarządu / CEO | Wiceprezes Zarządu ds. Finansowych | Wiceprezeska Zarządu | Członek zarządu, CFO | V-ce Prezes | Vice Prezes |
    Z-ca Dyrektora Generalnego | Dyrektor Zarządzający | Dyrektorka Zarządzająca | Dyrektor ds. Finansowych | Dyrektor ds. Operacyjnych |
    Dyrektor HR | Główny Księgowy | Prokurent | Współwłaściciel | Właścicielka | Przewodnicząca Rady Nadzorczej | Członkini Rady Nadzorczej
    | Pełnomocnik Zarządu | Zarząd | Dyrektor`,
  sv: `
    VD och koncernchef | VD/CEO | Vice VD & CFO | Vice ordförande | Styrelsens vice ordförande | Ordf. | Ställföreträdande VD | Stf VD |
    Tillförordnad VD | CFO / Ekonomichef | Finanschef | HR-direktör | Teknisk direktör | Affärsområdeschef | Försäljningsdirektör |
    Marknadsdirektör | Kommunikationsdirektör | Direktör | Bolagsjurist | Chefsjurist | Delägare | Grundare och VD | Vice President, Nordics
    | Landschef`,
  da: `
    Adm. direktør & partner | Vicedirektør | Kommerciel direktør | Salgsdirektør | HR-direktør | IT-direktør | Personaledirektør |
    Marketingdirektør | Juridisk direktør | Ordførende direktør | Bestyrelsesforperson | Næstformand i bestyrelsen | Medejer | Medindehaver
    | Direktør (konstitueret) | Landedirektør`,
  no: `
    Daglig leder / CEO | Konst. daglig leder | Assisterende direktør | HR-direktør | Økonomisjef | Finanssjef | Kommersiell direktør |
    Teknisk direktør | Driftsdirektør | Salgsdirektør | Markedsdirektør | Styrets nestleder | Styremedlem / eier | Medeier | Varamedlem til
    styret | Administrerende | Konserndirektør Finans | Divisjonsdirektør`,
  fi: `
    Toimitusjohtaja, CEO | Toimitusjohtajan sijainen | Vs. toimitusjohtaja | Talous- ja rahoitusjohtaja | Rahoitusjohtaja | Myyntijohtaja |
    Markkinointijohtaja | Markkinointi- ja viestintäjohtaja | Kehitysjohtaja | Lakiasiainjohtaja | Kaupallinen johtaja | Johtaja |
    Tuotantojohtaja | Maajohtaja | Henkilöstöjohtaja (HR) | Hallituksen sihteeri | Hallituksen varajäsen | Yrittäjä | Osakas | Hallituksen
    pj`,
  cs: `
    Obchodní ředitel | Obchodní ředitelka | Technický ředitel | Personální ředitelka | IT ředitel | Ředitel | Předsedkyně představenstva |
    Předseda správní rady | Místopředseda představenstva | Člen dozorčí rady | Jednatel a ředitel | Jednatelka společnosti | Zástupce
    ředitele | Spolumajitel | Majitelka | Výkonný ředitel (CEO) | Výrobní ředitel | Náměstek generálního ředitele | Prokurista společnosti |
    Ředitel závodu | Společník`,
  all: `
    General Director | Founding Director | Stiftungsratspräsident | Gérante majoritaire | DRH Groupe | Directora de Personas |
    Amministratore Indipendente | Lid Raad van Advies | Styrelseordf. | Zástupce generální ředitelky | Secretario Consejero |
    C.F.O. | Chief Exec Officer | (Joint) CEO | Co–CEO | Co‑CEO | CHIEF EXECUTIVE OFFICER | President & Chief Operating Officer | Dy. CEO |
    Dy MD | Deputy C.E.O. | Vice-Président(e) | Geschäftsführer - Vertrieb | Geschaftsfuhrer | GF/CEO | CEO & GF | PDG/CEO | Directrice
    Financière & RH | Amministratore delegato | Chief\u00a0Executive\u00a0Officer | Executive V.P. | Exec. V.P. | E.V.P. & C.F.O. | SVP/CFO
    | SVP-Finance | VP-HR | Vice-Pres. | Asst VP | Asst. Vice President | Managing Director/Owner | Joint Mng. Director | Jt. MD | Jt.
    Managing Director | Exec Chair | Exec. Chairman | Non-exec. director | NonExecutive Director | Nonexecutive Director | INED |
    Independent NED | Chair of Trustees | Chair of Governors | Board Chairperson | Vice-Chairperson | Group FD | FD | CEO (acting) | D.G. |
    D.G.A. | Dir. Général Délégué | Présidente (par intérim) | DG adj. | CEO y Fundadora | Vicepresidenta 1ª | V.D. | v. VD | Adm.dir. |
    adm.direktør | CEO / Adm.dir | Jednatel/CEO | gen. ředitel | Gen. ředitelka | fin. ředitel | Prezes Zarz. | Czł. Zarządu | Dyr.
    Generalny | Dyr. Zarządzający | tj. | CEO, President | CEO,CFO | Group CEO – Europe | Co CEO | CoCEO | CEO EMEA/APAC | Head of Finance &
    CFO | CFO (m/w/d) | Geschäftsführer (w/m/d) Technik | Geschäftsführende/r Gesellschafter/in | Geschäftsführer/-in | Vorstandsmitglied /
    CFO | Mitglied im Vorstand | Mitglied des Verwaltungsrats | Präsident des VR | Director(a) Geral | Diretor(a) Executivo(a) |
    Presidente/a | Director/Directora General | Le Président | Présidente-Directrice Générale adjointe | Direttore Gen.le | Amm.re Delegato
    | Vicepresidente e CFO | Membro CdA | CEO (Algemeen Directeur) | Alg. directeur | Alg. dir. | Fin. directeur | Directeur/eigenaar |
    directeur a.i. | DGA/eigenaar | Partner & Managing Director | Sr. Managing Director | Managing Director (m/f/d) | Chief Sustainability
    Officer, Group | CSO (Chief Sustainability Officer) | Chief Commercial & Marketing Officer | Chief Operations Officer | Chief Financial
    and Administrative Officer | Deputy Chief Financial Officer | Assistant Chief Constable | Group Chief Executive Designate | Executive
    Director of Finance | Vice President/General Manager | VP & General Counsel | Assistant General Counsel | Assoc. General Counsel | Board
    Vice President | Immediate Past President | President-Elect | Past President | Honorary President | Hon. Treasurer | Honorary Treasurer
    | Finance Dir. | Fin. Director | Ops Director | Dir. of Finance | Dir of Operations | Dir. Operations | Gen. Manager & CEO | CEO
    Emeritus | Executive Vice Chair | Interim Executive Director | VP (Sales) | VP1 | VP II | Vice President 2 | Toimitusjohtaja (vt.) | vt.
    tj. | Hallituksen puheenjohtaja ja toimitusjohtaja | Varapj | Styrelseledamot/VD | Arbetande styrelseordförande | Ordförande i styrelsen
    | Bestyrelsesformand og direktør | Adm. Dir. & CFO | Konsernsjef (CEO) | Styreleder/daglig leder | Předseda představenstva a CEO |
    Místopředseda dozorčí rady | Zast. generálního ředitele | Członek Zarządu – Dyrektor Finansowy | Z-ca Prezesa | Dyrektor Naczelny |
    Prokurent samoistny`,
};

test.each(
  Object.entries(executives).flatMap(([language, titles]) =>
    titles.split('|').map((title) => [language, title.trim()]),
  ),
)('%s: "%s" is an executive’s title, too', (_language, title) => {
  expect(findExecutiveTitle(title ?? '')).not.toBeNull();
});

const ordinary = `
    Secretaria del consejero delegado | Technicien DRH | Vorstandskoordinatorin | Direktionssekretær |
    Sales Manager | Regional Sales Manager | Senior Software Engineer | Associate Director | Director of Photography | Music Director |
    Funeral Director | Medical Director's Assistant | Cruise Director | Stage Director | Chief Steward | Chief Technician | Chief Mechanic |
    Chief Petty Officer | Police Chief | Crew Chief | Chief Librarian | Chief Clerk | Treasurer's Clerk | Partner Success Manager | Channel
    Partner Manager | Client Partner | People Partner | Finance Business Partner | Owner Operator Driver | Scrum Master (CTO Office) |
    Executive PA | Exec Assistant | EA to the Managing Director | Executive Assistant, Office of the CFO | Team Assistant C-Suite | Board
    Support Officer | Board Liaison | Board Certified Nurse | Board Certified Behavior Analyst | Board Repair Technician | Snowboard
    Instructor | Switchboard Operator | Circuit Board Designer | Whiteboard Animator | Chairman's Driver | Personal Secretary to the
    Chairman | Governor's Office Intern | Governor Engineer | President's Assistant | Vice Dean | MD Specialist | John Smith MD | VP
    Assistant | Assistant to VP Sales | VPN Engineer | CIO Advisor | CTO Office Analyst | CAD Designer | COO Support Analyst | CFO Services
    Consultant | NED Administrator | Company Director's PA | Founders Office | Community Manager | Nurse Executive | Executive Chauffeur |
    Tax Executive | HR Executive | Marketing Executive | Senior Sales Executive | Legal Executive | Junior Account Executive | Executive
    Administrator | Chief Information Security Analyst | Clinical Director | Project Director | Programme Director | Account Director |
    Design Director | Director of Nursing | Choir Director | General Manager, Hotel Leeds | Managing Clerk | Head Waiter | Secretary, Sales
    | Trustee Administrator | Treasury Director | Treasury Dealer | Provost Marshal | Owner's Representative | Chancellor's Clerk |
    President's Choice Cashier | Presidential Suite Butler | Vice Presidents' Assistant | Co-op Student | Group Leader | Group Accountant |
    Assistenz GF | GF-Sekretariat | Sekretariat Geschäftsführung | Assistent der Geschäftsführung | Assistenz des Vorstands |
    Vorstandsfahrer | Mitarbeiter Vorstandsbüro | Chauffeur der Geschäftsleitung | Vorstandsstab | Leiter Vorstandsbüro | Referentin der
    Geschäftsführung | Abteilungsdirektor | Schuldirektor | Filialdirektor | Direktionssekretärin | Bezirksdirektor | Pressesprecher |
    Betriebsratsvorsitzender | Betriebsratsvorsitzende | Vorsitzender des Betriebsrats | Personalratsvorsitzende | Vorsitzende Personalrat |
    Schwerbehindertenvertretung | Elternbeiratsvorsitzende | Leiter Einkauf | Leiter Buchhaltung | Marktleiter | Teamleitung | Bauleiter |
    Küchenchef | Chefarzt | Chefsekretärin | Chefkoch | Meister | Gruppenleiter GF-Verwaltung | Gesellschaftsrechtler | Kanzleiangestellte |
    Gründungsberater | Inhaberschaft Sachbearbeiter | Präsidiumsreferent | Prokura-Sachbearbeiter | Chef de rang | Chef de chantier | Chef
    comptable | Directeur d'école | Directeur de projet | Directeur de travaux | Directrice de crèche | Directeur d'agence adjoint |
    Directeur régional | Assistante du PDG | Assistant de direction générale | Secrétaire de direction | Secrétaire médicale |
    Administrateur réseaux | Administratrice des ventes | Administrateur de base de données | Gérant de magasin | Gérante de boutique |
    Gérant de rayon | Président du CSE assistant | Agent administratif | Conseiller commercial | Conseillère en gestion | Associé de vente |
    Ingénieur d'affaires | Technicien DG | Director de orquesta | Director de proyecto | Director de tienda | Directora de colegio |
    Director de cuenta | Director creativo | Jefe de cocina | Gerente de proyecto | Gerente de ventas | Secretaria | Secretario judicial |
    Consejero escolar | Administradora de fincas | Administrador de base de datos | Administrador de contratos | Asistente del Director
    General | Asistente de Gerencia General | Secretaria de Presidencia | Secretaria del Director General | Vocal | Direttore dei lavori |
    Direttore di filiale | Direttore di banca | Direttore di produzione | Segretaria amministrativa | Assistente del Direttore Generale |
    Assistente AD | Segretaria del Presidente | Consigliere di vendita | Amministratore di condominio | Amministratore di rete |
    Amministratore di database | Addetto vendite | Titolare di cattedra | Bestuurssecretaresse | Assistent van de directie |
    Directieassistente | Directeur basisschool | Vrachtwagenbestuurder | Commissaris van politie | Voorzitter ondernemingsraad | Eigenaar
    proces | Proceseigenaar | Product Eigenaar | Secretaresse Raad van Bestuur | Wethouder | Diretor de arte | Diretor de escola |
    Assistente do Presidente | Secretária da Presidência | Secretária executiva | Secretária do Diretor Geral | Gerente de contas | Gerente
    de vendas | Conselheiro tutelar | Administrador de base de dados | Sócio torcedor | Asystentka Zarządu | Sekretarka Prezesa | Dyrektor
    szkoły | Dyrektor regionalny | Dyrektor sprzedaży regionalnej | Kierownik biura zarządu | Kierowca Prezesa | Specjalista ds. zarządu |
    Asystent Dyrektora Generalnego | Biuro Zarządu | VD-sekreterare | Assistent till VD | Ordförande fackklubb | Skyddsombud | Säljare |
    Kökschef | Sekretær for adm. direktør | Skoleleder | Kokkechef | Driftsleder | Chefkonsulent | Kontorchef | Assistent til daglig leder |
    Sekretær | Kontorleder | Butikksjef | Kjøkkensjef | Toimitusjohtajan sihteeri | Johdon sihteeri | Koulun johtaja | Tiiminvetäjä | Ryhmän
    johtaja | Kuoronjohtaja | Asistentka ředitele | Ředitel školy | Ředitelka školky | Sekretářka generálního ředitele | Zástupce ředitele
    školy | Řidič ředitele | Asistentka jednatele | President's Office Manager | Vice President's Assistant | Chief Marketing Intern |
    Executive Assistant to CFO & COO | Asst. to the CEO | Admin Assistant, CEO Office | Assistante de la Présidente | Assistant to VP | PA
    to MD | P.A. to the MD | EA to MD & FD | Assist. GF | Ass. der Geschäftsführung | Assistenz GF/Office Management |
    Geschäftsführungssekretariat | Geschäftsführungsassistent | Assistent d. Geschäftsleitung | Team Lead Vorstandskommunikation |
    Vorstandsreferentin | Adjointe au directeur général | Attachée de direction | Collaboratrice du DG | Secrétariat du PDG | Asist. de
    Presidencia | Asistente ejecutiva | Segreteria di Direzione | Segreteria AD | Management Assistant CEO | Directiesecretariaat |
    Secretariaat directie | Assessoria da Presidência | Assessor da Diretoria | Asystent ds. Zarządu | Sekretariat Zarządu | VD:s assistent
    | Assistent för VD | Chefsassistent | Direktørens assistent | Toimitusjohtajan avustaja | Sekretariát generálního ředitele | Associate
    Director, Analytics | Regional Director of Sales | Senior Director | Director of Product | Deputy Director of Nursing | Production
    Director | Research Director | Chief Inspector | Chief Steward | Chief Photographer | Chief Cashier | Chief Pilot | Chief of Police
    Dispatch | Board Game Designer | Partnerships Manager | Partner Marketing Manager | Owner Support | Service Owner | Asset Owner |
    Governor Maintenance | Principal Consultant | Trustee Support | Treasury Officer | President Hotel Receptionist | Ambassador | Chairlift
    Attendant | Wheelchair Technician | Armchair Upholsterer | Advertising Executive | Sales Exec | CIO Office Coordinator | CTO Intern |
    CRO Analyst | CSO Technician | CNO Specialist | CAO Coordinator | MD Resident`;

test.each(ordinary.split('|').map((title) => title.trim()))('"%s" is an ordinary title, too', (title) => {
  expect(findExecutiveTitle(title)).toBeNull();
});
