// What stands above the tables: the answers that a record of processing and an information of people ask for, as far as the
// program has them. Articles: Regulation (EU) 2016/679, https://eur-lex.europa.eu/eli/reg/2016/679/oj, as quoted at
// https://gdprhub.eu (Articles 14, 21, 22, 30) and https://streamlex.eu/articles/gdpr-en-art-14.

const law = 'https://eur-lex.europa.eu/eli/reg/2016/679/oj';

export const opening = `For a data protection officer, and for whoever has to answer one. The page says what personal data Dormant keeps, where, why, for how long and who can see it. The tables are made from the schemas and from the types of what is written: a field that somebody adds without a reason fails a test.

It has facts about the program, and is no legal advice. What depends on a setting has its default, with the setting’s name. What only you can know is marked **yours**. Articles are those of [Regulation (EU) 2016/679](${law}), the GDPR; where another law holds for you, the facts are the same.`;

/** Article 30(1), letter by letter. */
export const recordRows: readonly (readonly [letter: string, answer: string])[] = [
  [
    '(a) Controller and contacts',
    '**Yours.** Dormant is a program that runs in your repository and your tenant. Whoever wrote it gets no data from it, and it sends none to them.',
  ],
  [
    '(b) Purposes',
    'To find accounts of Microsoft 365 that nobody uses, to block their sign-in and free their licences in steps that people have approved, and to give back what was taken by mistake. Security (an account that nobody watches), and cost. It is not made to judge how somebody works, and has nothing that could: [no number of what anybody did, no time of day, no content](#what-is-never-kept).',
  ],
  [
    '(c) Whose data, and which',
    '[The places](#the-places-at-a-glance) say whose; the tables below say which, field by field.',
  ],
  [
    '(d) Recipients',
    'Reviewers and everybody else who may read the repository; managers by mail; HR about executives; an auditor to whom you give a record. Services that keep it for you: GitHub or your forge, Microsoft, and whoever runs the stores of state and records. Each is **yours** to name.',
  ],
  [
    '(e) Transfers to third countries',
    '**Yours**: where your GitHub organisation, your tenant, and the stores of state and records are, and by which contract. Dormant adds no recipient of its own and sends nothing about people to any other server; what it downloads, packages and tools, it asks for by their names.',
  ],
  [
    '(f) Time limits',
    '[The places](#the-places-at-a-glance), in the last two columns. Some have none of themselves: git’s history, pull requests with what was said in them, and the copies of the engine’s state.',
  ],
  [
    '(g) Security',
    'Two identities without a secret, each with the least rights; a private repository, which every run checks; signed facts; reviews. [Security](../../SECURITY.md), [threat model](../threat-model.md), [what each identity may do](../guides/adopt.md#what-the-audit-may-do).',
  ],
];

/** What Articles 13 and 14 ask for beyond that. */
export const informationRows: readonly (readonly [what: string, answer: string])[] = [
  [
    'Where the data comes from (14(2)(f))',
    'From your own Microsoft 365 tenant: Entra’s directory, its sign-in activity, Microsoft’s usage reports, Exchange’s and OneDrive’s sizes and holds. Not from the people, and not from public sources. [Every request](requests.md).',
  ],
  [
    'Legal basis (13(1)(c), 14(1)(c))',
    '**Yours.** If it is a legitimate interest (6(1)(f)), you have to weigh it, and say which. For the scales: what is read is the last day of activity and no content; a person decides each step; managers are told before; what was taken can be given back, [but for what Microsoft deletes](../guides/microsofts-clocks.md); of who is active, and in no stage, no day is kept.',
  ],
  ['How long (13(2)(a), 14(2)(a))', '[The places](#the-places-at-a-glance).'],
  [
    'Access (15)',
    'What main has of somebody, and had: [their file’s history](../guides/audit-trail.md). Where they stand and why: [`dormant why`](../guides/why.md). What a run left: search its artifact for the object id; in [records](../guides/records.md) it is the folder `people/<object id>/`.',
  ],
  [
    'Rectification (16)',
    'Facts come from the directory and are signed: correct them there, and the next audit has them. A reason that somebody wrote is corrected by a pull request; [the history keeps what was](../guides/erase.md).',
  ],
  [
    'Erasure (17)',
    '[The guide to erasure](../guides/erase.md): files, archive, records, and what git’s history keeps.',
  ],
  [
    'Objection (21)',
    'A reviewer’s `stage: keep`, an entry in `exemptions.yaml`, or a manager’s reply to the mail, which a person carries out. It ends what was planned; what was taken is then proposed to be given back.',
  ],
  ['Automated decisions (13(2)(f), 14(2)(g), 22)', '[Who decides](#who-decides).'],
];

export const decisions = `Article 22 is about decisions that are based *solely* on automated processing and that affect somebody in law or similarly much. This is what happens by itself here, and what does not:

| By itself | By a person |
| --- | --- |
| An audit reads the tenant and judges each account by the policy’s rules. In doubt it keeps the account. | Somebody wrote the policy, and somebody approved it. |
| It proposes, in a pull request, who enters which stage. | **Each step of each account is merged by a person**: into \`notify\`, \`review\`, \`disable\` and \`delicense\`, each by a proposal of its own, a week apart by default. Whoever reviews can keep anybody by one line. |
| After the merge into \`notify\`, the manager gets a mail. | A manager can object before sign-in is blocked. |
| After a merge, the apply does what was merged. It looks at each account once more and leaves alone who was active, has a new role or is not as reviewed. It never does more than was merged. | What was taken is given back when somebody asks and somebody else approves. |
| Who is active again, exempt or protected leaves by the next proposal. | That, too, is merged by a person. |

Whether an approval is needed to merge, by whom, and how many there have to be, is a rule of your repository ([the guide](../guides/github.md) has the one that is proposed). Where proposals are merged without anybody reading them, such as by a robot, there is no such person, and this section does not describe what you do.`;

export const never = `No content: no mail, file, chat or calendar is read, and neither identity has a permission to. Of activity only the last *day* in each service, and of sign-ins the last day with and without success: no time of day, no number of mails or hours, no place, no device, no network address. Sizes of mailbox and OneDrive are read, and how many files it has, because they decide what has to stay. Of who is active, and in no stage, not even that: they are in one list, [without a day](../decisions/0049-everybody-is-listed-without-a-day.md). Nobody is ranked or compared.

Free text is what people write: the reason of an exemption, of a \`keep\` and of a give-back, and messages of commits. It can say that somebody is ill, which is a special category of data (Article 9). No form needs that, and the one for exemptions says so; “agreed with HR” is enough. The name of a population, such as \`long-leave\`, stands in each of its people’s files: choose a neutral one.`;
