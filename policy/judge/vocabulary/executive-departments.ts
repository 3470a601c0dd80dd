// What the departments of executives and boards are called, in thirteen languages. Data only; the marks are in phrases.ts.

/** Departments whose people are executives. Whole names only: an executive search team does not count. */
export const executiveDepartments = `
  ==executive leadership team, ==executive management team, ==elt, ==slt, ==group executive board, ==group executive committee,
  ==exco, ==board of trustees, ==trustees, ==governing board, ==board of governors, ==advisory board, ==senior management,
  ==top management, ==gf, ==gl, ==gesamtvorstand, ==konzernvorstand, ==konzernleitung, ==direktorium, ==beirat, ==stiftungsrat,
  ==direction, ==dg, ==codir, ==conseil d administration, ==conseil de surveillance, ==présidence, ==dirección, ==presidencia,
  ==alta dirección, ==direzione, ==presidenza, ==cda, ==alta direzione, ==rvb, ==rvc, ==raad van commissarissen,
  ==raad van toezicht, ==bestuur, ==managementteam, ==diretoria, ==direção, ==comissão executiva, ==presidência,
  ==rada nadzorcza, ==dyrekcja, ==ledning, ==ledningsgrupp, ==styrelse, ==styrelsen, ==bestyrelse, ==koncernledelse, ==ledelse,
  ==ledelsen, ==toppledelse, ==johto, ==vedení, ==dozorčí rada, ==správní rada,
  ==board, ==board of directors, ==executive board, ==management board, ==supervisory board, ==executive office,
  ==executive team, ==executive leadership, ==executive management, ==executive committee, ==executives, ==executive,
  ==c suite, ==c level, ==leadership team, ==senior leadership team, ==vorstand, ==geschäftsführung,
  ==geschäftsleitung, ==aufsichtsrat, ==verwaltungsrat, ==unternehmensleitung, ==direction générale, ==comité exécutif,
  ==comité de direction, ==comex, ==directoire, ==dirección general, ==consejo de administración,
  ==comité de dirección, ==direzione generale, ==consiglio di amministrazione, ==directie, ==raad van bestuur,
  ==diretoria executiva, ==direção geral, ==conselho de administração, ==zarząd, ==koncernledning, ==företagsledning,
  ==direktion, ==direktionen, ==bestyrelsen, ==konsernledelse, ==styret, ==johtoryhmä, ==hallitus, ==představenstvo,
  ==vedení společnosti`;
