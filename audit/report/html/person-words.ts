// The words of one row of the table of people: where it stands, why, what next, what was seen of it.
IMPORTS

function stageFilter(place: Place): string {
  const stage = stageAfterMerge(place);
  if (stage !== null) return stageWords[stage].name;
  return {
    moves: 'leaves',
    stays: 'leaves',
    waits: 'waits behind a cap',
    declined: 'declined before',
    'needs-a-person': 'needs a person',
    'left-alone': 'left alone',
  }[place.kind];
}

function whyInWords(account: JudgedAccount, place: Place, today: Day): string {
  const { exemption } = account.judgement;
  const exempt =
    exemption &&
    `exempt until ${dayInWords(exemption.until, today)}: ${exemption.reason} (${exemption.owner})`;
  return [
    planInWords(account, place, today),
    ...(exempt === null ? [] : [exempt]),
    ...toldInWords(place, today),
  ].join('; ');
}

function planInWords(account: JudgedAccount, place: Place, today: Day): string {
  if (place.kind === 'moves') return whyNow({ ...place.move, judged: account }, today);
  const evidence = evidenceInWords(account, today);
  return place.kind === 'stays' ? `${datesInWords(place.held.because, today)}; ${evidence}` : evidence;
}

/** Only known while the account is in notify: later files say when their own stage began. */
function toldInWords(place: Place, today: Day): string[] {
  if (place.kind !== 'stays' || place.held.stage !== 'notify') return [];
  const { manager } = place.held.file.account;
  const who = manager === null ? 'the fallback contact' : `manager ${manager.displayName}`;
  return [`${who} was told on ${dayInWords(place.held.since, today)}`];
}

function nextInWords({ judgement }: JudgedAccount, place: Place, result: AuditResult): string {
  if (place.kind === 'moves') return moveNext(place.move, result);
  if (place.kind === 'stays') return heldNext(place.held, result);
  if (place.kind === 'waits') return 'waits for a later audit, in the order of cost';
  if (place.kind === 'declined') return 'not proposed again for a while, because its pull request was closed';
  const { name, because } = actionWords[judgement.action];
  return judgement.action === 'none' ? because : `${name}: ${because}`;
}

const sourceNames = [
  ...judgedServices.map((service) => serviceWords[service]),
  'Successful sign-in',
  'Sign-in attempt',
];

function seenOf({ usage, signIns }: Evidence): string[] {
  const services = judgedServices.map((service) =>
    usage.kind === 'row' ? (usage.lastActivity[service] ?? '') : '',
  );
  const logins =
    signIns.kind === 'read' ? [signIns.lastSuccessful ?? '', signIns.lastAttempt ?? ''] : ['', ''];
  return [...services, ...logins];
}

function licencesOf(
  evidence: Evidence,
  { policy, prices }: AuditResult,
  index: (word: string) => number,
): LicenceEntry[] {
  const { heldBack } = savingsOutlook(evidence, policy, prices);
  return evidence.licenses.map((license): LicenceEntry => {
    const held = heldBack.find((entry) => entry.license === license);
    const group = license.groupName === null ? '' : ` ${license.groupName}`;
    const note =
      held === undefined
        ? ''
        : held.reason === 'inherited-from-group'
          ? `inherited from group${group}`
          : heldBackWords[held.reason];
    return [
      index(`${license.productName}\u0000${license.skuPartNumber}`),
      monthlyCost([license], prices),
      note,
    ];
  });
}

function aboutInWords(evidence: Evidence, today: Day): string {
  const { mailbox, createdOn, onPremisesSyncEnabled, employeeType } = evidence;
  const size =
    mailbox.storageUsedBytes === null ? '' : ` of ${(mailbox.storageUsedBytes / 1e9).toFixed(1)} GB`;
  return [
    ...(createdOn === null ? [] : [`created ${dayInWords(createdOn, today)}`]),
    `${mailboxWords[mailbox.recipientType]}${mailbox.recipientType === 'none' ? '' : size}`,
    ...(mailbox.hasArchive === true ? ['with an archive'] : []),
    ...(mailbox.litigationHold === true ? ['on litigation hold'] : []),
    ...(onPremisesSyncEnabled ? ['synced from Active Directory'] : []),
    ...(employeeType === null ? [] : [employeeType]),
    ...evidence.roles.map(({ roleName, kind }) => `${roleName} (${kind})`),
  ].join(', ');
}
