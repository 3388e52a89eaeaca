// Walks the demo case through the front door: every step is a request that a person or an agency's system could send, through nginx, with the clock
// moved along the story. Nothing is imported. Environment: DOSSIER_URL, DOSSIER_PROGRAM, DOSSIER_CONF, DOSSIER_ACCOUNTS (file for the accounts drawn here).
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const url = process.env.DOSSIER_URL, program = process.env.DOSSIER_PROGRAM, conf = process.env.DOSSIER_CONF, accountsFile = process.env.DOSSIER_ACCOUNTS;
const here = dirname(fileURLToPath(import.meta.url));
const instead = process.env.DOSSIER_DEMO_DIR ?? '';        // a folder whose files are taken before those of this one (tests)
const file = (name) => readFileSync(instead && existsSync(join(instead, name)) ? join(instead, name) : join(here, name), 'utf8');
const upTo = process.env.DOSSIER_DEMO_UNTIL ?? '';        // stop after the step of this name (tests)
class Stop extends Error {}
const step = (name) => { process.stdout.write(`  ${name}\n`); if (upTo && last === upTo) throw new Stop(); last = name; };
let last = '';

// --- people ------------------------------------------------------------------------------------------------------------------
const agencies = [
  ['harrowdale-council', 'Harrowdale Council', 'council'], ['peakland-police', 'Peakland Police', 'police'],
  ['harrowdale-csc', 'Harrowdale Children’s Social Care', 'childrens-social-care'], ['ryebank-surgery', 'Ryebank Surgery', 'gp'],
  ['peakland-trust', 'Peakland Hospitals NHS Trust', 'acute-trust'], ['larkwell-primary', 'Larkwell Primary School', 'education'],
  ['peakland-0-19', 'Peakland 0-19 Service', 'public-health-0-19'], ['harrowdale-homes', 'Harrowdale Homes', 'housing'],
  ['marlbeck-dental', 'Marlbeck Dental Practice', 'dental'], ['peakland-icb', 'Peakland Integrated Care Board', 'other'],
];
const people = [
  ['admin', 'Alex Moor', 'administrator', '', 'looks after accounts and the demo clock'],
  ['coordinator', 'Ada Fenwick', 'coordinator', '', 'runs the rapid reviews'],
  ['notifier', 'Helen Ward', 'contributor', 'harrowdale-council', 'notifies serious incidents'],
  ['chair', 'Ngozi Bright', 'reviewer', 'peakland-icb', 'chairs the review and writes the report'],
  ['partner.la', 'Owen Tarn', 'reviewer', 'harrowdale-council', 'signs for the local authority'],
  ['partner.icb', 'Sunita Vale', 'reviewer', 'peakland-icb', 'signs for the integrated care board'],
  ['partner.police', 'Callum Stone', 'reviewer', '', 'signs for the police'],
  ...agencies.slice(1, 9).flatMap(([id, name]) => [
    [`author.${id}`, `Author, ${name}`, 'contributor', id, `writes the return of ${name}`],
    [`manager.${id}`, `Manager, ${name}`, 'agency-approver', id, `signs the return of ${name}`]]),
  ['business', 'Mina Frost', 'contributor', '', 'writes the learning page (business unit)'],
  ['redactor', 'Rowan Ash', 'redactor', '', 'redacts what is published'],
  ['clearance', 'Petra Lind', 'approver', '', 'clears what is published'],
  ['executive', 'Jonas Hale', 'approver', '', 'approves for the partnership'],
  ['publisher', 'Bea Corr', 'reader', '', 'publishes'],
  ['duty', 'Theo Wren', 'duty-officer', '', 'may withdraw a page at any hour'],
];
const cli = (command, ...args) => execFileSync(program, [command, '-c', conf, ...args], { encoding: 'utf8' }).trim();
const cliWith = (input, command, ...args) => execFileSync(program, [command, '-c', conf, ...args], { input, encoding: 'utf8' }).trim();
const tokens = {}, passwords = {};

function makePeople() {
  for (const [id, name, type] of agencies) cli('user', 'agency', id, '--name', name, '--type', type, '--area', 'Harrowdale');
  for (const [login, name, roles, agency] of people) {
    passwords[login] = randomBytes(12).toString('base64url');
    cliWith(passwords[login] + '\n', 'user', 'add', login, '--name', name, '--roles', roles, ...(agency ? ['--agency', agency] : []), '--password-stdin');
    tokens[login] = cli('token', 'make', login, '--label', 'demo', '--days', '7').split(/\s+/).find((w) => w.startsWith('d1_'));
  }
  const lines = people.map(([login, name, roles, agency, what]) => `${login.padEnd(26)} ${passwords[login]}   ${name}: ${what}`);
  writeFileSync(accountsFile, `${lines.join('\n')}\n`, { mode: 0o600 });
}

// --- requests ----------------------------------------------------------------------------------------------------------------
const decode = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
async function ask(as, method, path, body, type) {
  const headers = { accept: 'application/xml', authorization: `Bearer ${tokens[as]}` };
  if (type) headers['content-type'] = type;
  const answer = await fetch(url + path, { method, headers, body, redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, text };
}
// What only warns is passed with a reason, as a person would who has looked at it.
async function pass(as, path, body, type, a) {
  const warned = [...a.text.matchAll(/<warning /g)].length, reason = (n) => [`reason.${n + 1}`, 'It was looked at and is right as it stands.'];
  if (a.status !== 422 || !warned || /<problem code="(?!reason")/.test(a.text)) return a;
  if (type !== 'application/xml') return ask(as, 'POST', path, new URLSearchParams([...new URLSearchParams(body), ...Array.from({ length: warned }, (_, n) => reason(n))]).toString(), type);
  const parts = new FormData();
  parts.append('xml', new Blob([body], { type }));
  for (let n = 0; n < warned; n++) parts.append(...reason(n));
  return ask(as, 'POST', path, parts);
}
async function must(as, method, path, body, type) {
  const a = await pass(as, path, body, type, await ask(as, method, path, body, type));
  if (a.status >= 300) {
    const says = [...a.text.matchAll(/(?:where="([^"]*)"[^>]*)? say="([^"]*)"/g)].map((m) => `${m[1] ?? ''} ${decode(m[2])}`).join('\n    ');
    throw new Error(`${as}: ${method} ${path} answered ${a.status}\n    ${says || a.text.slice(0, 600)}`);
  }
  return a.text;
}
const xml = (as, path, name) => must(as, 'POST', path, file(name), 'application/xml');
const form = (as, path, fields) => must(as, 'POST', path, new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded');
const clock = (to) => form('admin', '/sandbox/clock', { to });
const attribute = (text, pattern) => { const m = text.match(pattern); if (!m) throw new Error(`not found: ${pattern}`); return m[1]; };

const theCase = { href: '' };
async function documentOf(type, agency = '', as = 'coordinator') {
  const text = await must(as, 'GET', theCase.href);
  for (const m of text.matchAll(/<document [^>]*>/g))
    if (m[0].includes(` type="${type}"`) && m[0].includes(` agency="${agency}"`) && m[0].includes(' id="')) return attribute(m[0], /href="([^"]*)"/);
  throw new Error(`no document ${type} ${agency}`);
}
const give = (login, role) => form('coordinator', `${theCase.href}/people`, { account: login, role });
const act = (as, name, input) => input ? xml(as, `${theCase.href}/do/${name}`, input) : form(as, `${theCase.href}/do/${name}`, {});
async function actOn(as, type, agency, name, input) {
  const href = await documentOf(type, agency);
  return input ? xml(as, `${href}/do/${name}`, input) : form(as, `${href}/do/${name}`, {});
}

// A document typed into the web form, section by section and row by row, as somebody would who has no system to send XML. The new values come from the file.
function flatten(text) {
  const root = parse(text);
  const sections = {};
  const visit = (node, name, out) => {
    const counts = {};
    const sameAs = (tag) => node.children.filter((c) => c.tag === tag).length;
    for (const child of node.children) {
      counts[child.tag] = (counts[child.tag] ?? 0) + 1;
      const parent = `${name}.${child.tag}`;
      const isRow = rowNames.has(strip(parent)) || sameAs(child.tag) > 1;
      if (proseNames.has(strip(parent))) { out.fields.push([parent, plain(child)]); continue; }
      const full = isRow ? `${parent}.${counts[child.tag]}` : parent;
      if (isRow) out.rows.push([parent, full]);
      if (child.children.some((c) => c.tag === 'written')) {
        const written = child.children.find((c) => c.tag === 'written')?.text ?? '';
        const [y, m, d] = written.split('-');
        out.fields.push([`${full}.day`, d ?? ''], [`${full}.month`, m ?? ''], [`${full}.year`, y ?? ''], [`${full}.precision`, child.children.find((c) => c.tag === 'precision')?.text ?? '']);
      } else if (child.children.length) visit(child, full, out);
      else if (/^\d{4}-\d{2}-\d{2}$/.test(child.text)) { const [y, m, d] = child.text.split('-'); out.fields.push([`${full}.day`, d], [`${full}.month`, m], [`${full}.year`, y]); }
      else out.fields.push([full, child.text]);
    }
    return out;
  };
  for (const section of root.children) sections[section.tag] = visit(section, section.tag, { fields: [], rows: [] });
  return sections;
}
const strip = (name) => name.replace(/\.\d+(?=\.|$)/g, '');
const rowNames = new Set(), proseNames = new Set();
// Prose as it is typed (docs/forms.md): blocks apart by an empty line, mentions in double brackets.
const inline = (node) => node.parts.map((p) => typeof p === 'string' ? p : p.ref ? `[[${p.ref}|${inline(p)}]]` : inline(p)).join('');
const plain = (node) => node.children.length && !node.children[0].ref ? node.children.map((b) => b.tag === 'h' ? `## ${inline(b)}` : b.tag === 'quote' ? `> ${inline(b)}` : b.tag === 'list' ? b.children.map((i) => `- ${inline(i)}`).join('\n') : inline(b)).join('\n\n') : inline(node);
function parse(text) {
  const root = { children: [], parts: [], text: '' }, stack = [root];
  for (const m of text.matchAll(/<\?[^>]*>|<(\/?)([A-Za-z][\w-]*)[^>]*?(\/?)>|([^<]+)/g)) {
    const top = stack[stack.length - 1];
    if (m[4] !== undefined) { top.text += decode(m[4]); top.parts.push(decode(m[4])); }
    else if (m[2] && m[1]) { const n = stack.pop(); n.text = n.children.length ? '' : n.text; }
    else if (m[2]) { const n = { tag: m[2], children: [], parts: [], text: '', ref: m[0].match(/(?:ref|value)="([^"]*)"/)?.[1] }; top.children.push(n); top.parts.push(n); if (!m[3]) stack.push(n); }
  }
  return root.children[0];
}
async function type(as, href, name, id) {
  const definition = readFileSync(join(here, '../../../forms', `${id}.xml`), 'utf8');
  for (const m of definition.matchAll(/<repeat[^>]* nodeset="\/[\w-]+\/([^"]+)"/g)) rowNames.add(m[1].replace(/\//g, '.'));
  for (const m of definition.matchAll(/<bind nodeset="\/[\w-]+\/([^"]+)"[^>]*type="d:prose"/g)) proseNames.add(m[1].replace(/\//g, '.'));
  const chosen = new Set([...definition.matchAll(/<select ref="\/[\w-]+\/([^"]+)"/g)].map((m) => m[1].replace(/\//g, '.')));
  const sections = flatten(file(name));
  for (const [section, { fields, rows }] of Object.entries(sections)) {
    const standing = async () => new Set([...(await must(as, 'GET', `${href}/edit/${section}`)).matchAll(/ n:name="([^"]*)"/g)].map((m) => m[1]));
    let names = await standing();
    for (const [repeat, row] of rows)
      if (!names.has(row)) {
        const rev = attribute(await must(as, 'GET', `${href}/edit/${section}`), / rev="(v?\d+)"/);
        await form(as, `${href}/edit/${section}`, { rev, do: `add:${repeat}` });
        names = await standing();
      }
    const rev = attribute(await must(as, 'GET', `${href}/edit/${section}`), / rev="(v?\d+)"/);
    const body = new URLSearchParams({ rev, do: 'save' });
    for (const [field, value] of fields)
      for (const one of chosen.has(strip(field)) ? value.split(' ').filter(Boolean) : [value]) body.append(field, one);
    await must(as, 'POST', `${href}/edit/${section}`, body.toString(), 'application/x-www-form-urlencoded');
  }
  await form(as, `${href}/submit`, {});
}

// --- the story (fictional; the dates are those of the worked case) -------------------------------------------------------------
async function story() {
  step('26 March 2026: an incident becomes known');
  await clock('2026-03-26T18:30');
  const opened = await form('notifier', '/work/cases', { plugin: 'rapid' });
  theCase.href = attribute(opened, /case="([^"]*)"/);
  await form('coordinator', `${theCase.href}/people`, { account: 'coordinator', role: 'rr_coord' });
  for (const [login, role] of [['chair', 'rr_chair'], ['partner.la', 'partner_la'], ['partner.icb', 'partner_icb'], ['partner.police', 'partner_police'], ['business', 'scp_bu'],
    ['redactor', 'redactor'], ['clearance', 'ig_check'], ['executive', 'scp_exec'], ['publisher', 'publisher']]) await give(login, role);

  step('30 March: the notification is written');
  await clock('2026-03-30T16:00');
  await xml('notifier', await documentOf('notification'), 'notification.xml');

  step('1 April: the Panel is notified, agencies are asked');
  await clock('2026-04-01T11:05');
  await act('notifier', 'notify', 'do-notify.xml');
  const made = await must('coordinator', 'POST', `${theCase.href}/documents?type=register`, file('register.xml'), 'application/xml');
  attribute(made, /<receipt /.test(made) ? /sha256="([^"]*)"/ : /(receipt)/);
  await clock('2026-04-01T14:00');
  await act('coordinator', 'send-requests', 'do-send-requests.xml');
  await clock('2026-04-02T09:10');
  for (const id of ['peakland-police', 'peakland-trust']) await actOn(`author.${id}`, 'return', id, 'acknowledge');

  step('7 April: housing knows nothing');
  await clock('2026-04-07T10:00');
  await actOn('author.harrowdale-homes', 'return', 'harrowdale-homes', 'nil', 'do-nil.xml');

  const sent = async (id, when, input = `return-${id}.xml`, signed = `do-sign-off-${id}.xml`) => {
    await clock(when);
    await must(`author.${id}`, 'POST', `${theCase.href}/documents?type=return`, file(input), 'application/xml');
    await actOn(`manager.${id}`, 'return', id, 'sign-off', signed);
  };
  step('13 and 14 April: returns come in as XML');
  await clock('2026-04-10T11:00');
  await actOn('coordinator', 'return', 'ryebank-surgery', 'chase', 'do-chase.xml');
  await sent('peakland-police', '2026-04-13T15:00');
  await actOn('coordinator', 'return', 'peakland-police', 'accept');
  await sent('harrowdale-csc', '2026-04-14T10:00', 'return-harrowdale-csc-v1.xml', 'do-sign-off-harrowdale-csc-v1.xml');
  await actOn('coordinator', 'return', 'harrowdale-csc', 'query', 'do-query.xml');
  for (const id of ['peakland-trust', 'peakland-0-19']) { await sent(id, '2026-04-14T12:00'); await actOn('coordinator', 'return', id, 'accept'); }
  await clock('2026-04-14T16:30');
  await act('coordinator', 'add-agency', 'do-send-requests-dental.xml');
  await actOn('coordinator', 'return', 'ryebank-surgery', 'chase', 'do-chase.xml');
  await actOn('author.larkwell-primary', 'return', 'larkwell-primary', 'say-late', 'do-late-return.xml');

  step('15 April: the school types its return into the web form');
  await clock('2026-04-15T11:00');
  await type('author.larkwell-primary', await documentOf('return', 'larkwell-primary'), 'return-larkwell-primary.xml', 'rapid/return-2');
  await actOn('manager.larkwell-primary', 'return', 'larkwell-primary', 'sign-off', 'do-sign-off-larkwell-primary.xml');
  await actOn('coordinator', 'return', 'larkwell-primary', 'accept');

  await actOn('coordinator', 'return', 'ryebank-surgery', 'escalate-executive', 'do-escalate.xml');

  step('16 April: the queried return and the late one');
  await clock('2026-04-16T09:30');
  await actOn('author.harrowdale-csc', 'return', 'harrowdale-csc', 'answer-queries', 'do-answer-queries.xml');
  await sent('harrowdale-csc', '2026-04-16T10:00', 'return-harrowdale-csc-v2.xml', 'do-sign-off-harrowdale-csc-v2.xml');
  await actOn('coordinator', 'return', 'harrowdale-csc', 'accept');
  await sent('ryebank-surgery', '2026-04-16T16:00');
  await actOn('coordinator', 'return', 'ryebank-surgery', 'accept');

  step('17 April: the dental return is waived, the meeting is held');
  await clock('2026-04-17T08:30');
  await actOn('chair', 'return', 'marlbeck-dental', 'waive', 'do-waive.xml');
  await act('coordinator', 'close-with-gaps');
  await act('chair', 'release-pack');
  await clock('2026-04-17T12:30');
  await xml('coordinator', await documentOf('meeting'), 'meeting.xml');
  await act('coordinator', 'hold-meeting', 'do-hold-meeting.xml');

  step('20 April: the family is told');
  await clock('2026-04-20T16:00');
  await must('coordinator', 'POST', `${theCase.href}/documents?type=letter`, file('letter-family.xml'), 'application/xml');

  step('22 April: addendum and report');
  await clock('2026-04-22T09:00');
  await must('author.marlbeck-dental', 'POST', `${theCase.href}/documents?type=return`, file('return-marlbeck-dental.xml'), 'application/xml');
  await clock('2026-04-22T15:00');
  await type('chair', await documentOf('report', '', 'chair'), 'report.xml', 'rapid/report-3');
  await act('chair', 'fact-check');

  step('23 and 24 April: three signatures, day 15');
  await clock('2026-04-23T14:00');
  for (const partner of ['la', 'icb', 'police']) await act(`partner.${partner}`, 'sign', `do-sign-${partner}.xml`);
  await clock('2026-04-24T12:00');
  await xml('coordinator', await documentOf('panel-letter'), 'panel-letter.xml');
  await act('coordinator', 'submit-panel', 'do-submit-panel.xml');

  step('27 and 28 April: agencies and family are told the decision');
  await clock('2026-04-27T10:00');
  await act('coordinator', 'tell-decision', 'do-told-agencies.xml');
  await clock('2026-04-28T15:00');
  await act('coordinator', 'tell-family', 'do-told-family.xml');

  step('May to July: the Panel replies, publication is held');
  await clock('2026-05-19T10:00');
  await xml('coordinator', await documentOf('panel-reply'), 'panel-reply.xml');
  await act('coordinator', 'panel-reply', 'do-panel-reply.xml');
  await clock('2026-05-29T10:00');
  await xml('coordinator', await documentOf('panel-reply'), 'panel-reply-answered.xml');
  await act('coordinator', 'answer-panel', 'do-answer-panel.xml');
  await clock('2026-06-01T10:00');
  await act('coordinator', 'confirm-decision', 'do-decide-final.xml');
  await xml('coordinator', await documentOf('actions'), 'actions.xml');
  await clock('2026-07-08T15:00');
  await act('executive', 'hold-publication', 'do-hold.xml');

  step('September: the learning page is written and checked');
  await clock('2026-09-01T10:00');
  await act('business', 'start-learning');
  await xml('business', await documentOf('learning', '', 'business'), 'learning.xml');
  await clock('2026-09-03T10:00');
  await actOn('business', 'learning', '', 'check-agencies', 'do-check-agency.xml');
  await clock('2026-09-04T10:00');
  await actOn('business', 'learning', '', 'check-sio', 'do-check-sio.xml');
  await act('executive', 'lift-hold', 'do-reason-lift-hold.xml');
  await clock('2026-09-07T10:00');
  await actOn('business', 'learning', '', 'hear-family', 'do-family-view.xml');
  await act('business', 'to-redaction');

  step('8 to 10 September: redaction, clearance, approval');
  await clock('2026-09-08T10:00');
  const learning = await documentOf('learning', '', 'redactor');
  const begun = await form('redactor', `${learning}/publications?type=learning`, {});
  const publication = attribute(begun, /<done href="([^"]*)"/);
  for (let round = 0; round < 5; round++) {
    const page = await must('redactor', 'GET', publication);
    const body = new URLSearchParams({ do: 'accept' });
    const stays = (item) => { body.append('item', item); body.append('reason', `“${item.split('|')[1]}” was read in its sentence: an ordinary word that names nobody here.`); };
    for (const m of page.matchAll(/<hit n="\d+" entry="[^"]*"[^>]*>/g)) if (/ordinary="yes"/.test(m[0])) stays(`ordinary|${decode(attribute(m[0], / form="([^"]*)"/))}|${attribute(m[0], / occurrence="(\d+)"/)}`);
    for (const m of page.matchAll(/<item n="\d+"[^>]*>/g)) if (/accepted="no"/.test(m[0]) && /forbidden="no"/.test(m[0])) stays(`${attribute(m[0], / kind="([^"]*)"/)}|${decode(attribute(m[0], / word="([^"]*)"/))}|1`);
    if (!body.has('item')) break;
    await must('redactor', 'POST', publication, body.toString(), 'application/x-www-form-urlencoded');
  }
  await form('redactor', publication, { do: 'prepare', slug: 'when-explanations-are-heard-one-at-a-time', published: '2026-09-22' });
  await actOn('redactor', 'learning', '', 'test-recognition', 'do-test-recognition.xml');      // of the very page that was made
  await clock('2026-09-09T10:00');
  await form('clearance', publication, { do: 'approve' });
  await clock('2026-09-10T10:00');
  await form('executive', publication, { do: 'approve' });

  step('22 September: published');
  await clock('2026-09-22T09:00');
  await form('publisher', publication, { do: 'release' });
}

// A second, small case dated relative to today, so that the dashboard has work on it.
async function second() {
  step('a second case, dated today');
  await clock('now');
  const day = (n) => { const d = new Date(Date.now() + n * 86400000); return d.toISOString().slice(0, 10); };
  const opened = await form('notifier', '/work/cases', { plugin: 'rapid' });
  theCase.href = attribute(opened, /case="([^"]*)"/);
  await form('coordinator', `${theCase.href}/people`, { account: 'coordinator', role: 'rr_coord' });
  await give('chair', 'rr_chair');
  const moved = (text) => text.replace(/<aware-on>[^<]*/, `<aware-on>${day(-6)}`).replace(/<(icb|police)>2026-03-27/g, `<$1>${day(-6)}`)
    .replace(/<written>2026-03-24/g, `<written>${day(-8)}`).replace(/<on>2026-03-\d\d/g, `<on>${day(-5)}`).replace(/<strategy-on>[^<]*/, `<strategy-on>${day(-6)}`)
    .replace(/Poppy May Ashdown-Pell/g, 'Lily Rose Tansley').replace(/Mark Ashdown-Pell/g, 'Noah Tansley').replace(/Kerry-Ann Ashdown-Pell/g, 'Carla Tansley')
    .replace(/Dean Robert Marsh/g, 'Victor Slate').replace(/William James Pell/g, 'Ivan Tansley').replace(/<aliases>[^<]*/g, '<aliases>').replace(/999 000 4102/g, '999 000 0018').replace(/<nhs-number>999 000 4110<\/nhs-number>/g, '<nhs-number/>');
  await must('notifier', 'POST', await documentOf('notification'), moved(file('notification.xml')), 'application/xml');
  await must('notifier', 'POST', `${theCase.href}/do/notify`, file('do-notify.xml').replace(/<sent-on>[^<]*/, `<sent-on>${day(-4)}`).replace(/<approved-on>[^<]*/, `<approved-on>${day(-4)}`).replace('SIN-TEST-000427', 'SIN-TEST-000900').replace(/<late-reason\/>|<late-reason>[^<]*<\/late-reason>/, ''), 'application/xml');
  const register = await form('coordinator', `${theCase.href}/documents?type=register`, {});
  const href = attribute(register, /<done href="([^"]*)"/);
  await must('coordinator', 'POST', href, small(), 'application/xml');
  await must('coordinator', 'POST', `${theCase.href}/do/send-requests`, file('do-send-requests.xml').replace(/<sent-on>[^<]*/, `<sent-on>${day(-3)}`).replace(/<due>[^<]*/, `<due>${day(4)}`).replace(/<closed>[^]*<\/closed>/, ''), 'application/xml');
}
function small() {
  const register = file('register.xml');
  const person = register.match(/<person>[\s\S]*?<\/person>/)[0].replace('Poppy May Ashdown-Pell', 'Lily Rose Tansley').replace(/<forms>[\s\S]*?<\/forms>/, '<forms/>').replace(/<numbers>[\s\S]*?<\/numbers>/, '<numbers/>')
    .replace(/<homes>[\s\S]*?<\/homes>/, '<homes/>').replace(/<settings>[\s\S]*?<\/settings>/, '<settings/>').replace(/<lives-with>[\s\S]*?<\/lives-with>/, '<lives-with/>');
  return `<register id="shared/register" version="2"><people>${person}</people></register>`;
}

const started = Date.now();
makePeople();
try { await story(); await second(); } catch (e) { if (!(e instanceof Stop)) { await clock('now').catch(() => {}); console.error(e.message); process.exit(1); } }
if (!process.env.DOSSIER_DEMO_STAY) await clock('now');      // a test that goes on with the story stays in it: else the clerk would remind of all that is late by today
console.log(`  the demo case stands after ${((Date.now() - started) / 1000).toFixed(1)} s`);
