// The forms of steps and the documents that no journey writes (journey.mjs), and the buttons that stand elsewhere: each with the keyboard alone, by turns with script and without.
import { readFileSync, readdirSync } from 'node:fs';
import { note, ok, passwords, url } from './browser.mjs';
import { date, today } from './form.mjs';
import { keyboard } from './hands.mjs';
import { stop, walker } from './way.mjs';

const later = date(1, 12, today().year + 1), pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

// In this order: form, who, case, document (or none), step, answers. The last of a case ends it.
const steps = [
  ['do-secure', 'author.peakland-police', 'running', 'Agency return: Peakland Police', 'secure'],
  ['do-late-return', 'author.peakland-police', 'running', 'Agency return: Peakland Police', 'say-late', [[/expected-on$/, later]]],
  ['do-redirect', 'author.peakland-0-19', 'running', 'Agency return: Peakland 0-19 Service', 'redirect', [[/agencies$/, 'Marlbeck Dental Practice']]],
  ['do-reason', 'coordinator', 'running', 'Agency return: Ryebank Surgery', 'chase'],
  ['do-escalate', 'coordinator', 'running', 'Agency return: Ryebank Surgery', 'escalate-spoc'],
  ['do-vary', 'chair', 'running', 'Agency return: Ryebank Surgery', 'vary-return', [[/until$/, later]]],
  ['do-waive', 'chair', 'running', 'Agency return: Harrowdale Homes', 'waive'],
  ['do-verbal', 'coordinator', 'running', 'Agency return: Peakland Hospitals NHS Trust', 'record-verbal'],
  ['do-record-death', 'coordinator', 'running', '', 'record-death'],
  ['do-death-answer', 'coordinator', 'running', '', 'record-death-answer'],
  ['do-open-sealed', 'coordinator', 'running', '', 'open-sealed'],
  ['do-proceedings', 'coordinator', 'running', '', 'set-criminal-live', [[/next-on$/, later]]],
  ['do-link', 'chair', 'running', '', 'set-dhr-link'],
  ['do-cross-border', 'coordinator', 'running', '', 'set-cross-border'],
  ['do-family-hold', 'chair', 'running', '', 'set-family-not-to-be-told', [[/until$/, later]]],
  ['do-late', 'coordinator', 'running', '', 'set-late'],
  ['do-hold', 'coordinator', 'running', '', 'hold-publication', [[/review-on$/, later]]],
  ['do-delay', 'coordinator', 'running', '', 'tell-delay'],
  ['do-note', 'business', 'running', '', 'add-note'],
  ['do-recuse', 'chair', 'running', '', 'recuse', [[/person$/, 'Callum Stone']]],
  ['do-told', 'coordinator', 'running', '', 'tell-death-review'],
  ['do-ask-owners', 'coordinator', 'done', '', 'ask-owners', [[/agencies$/, ['Peakland Police']], [/due$/, later]]],
  ['do-debrief', 'author.peakland-police', 'done', 'Agency return: Peakland Police', 'debrief'],
  ['do-test-recognition', 'redactor', 'done', 'Learning on one page', 'test-recognition'],
  ['do-draw-on', 'coordinator', 'done', 'Learning on one page', 'draw-on'],
  ['do-publish-internal', 'executive', 'done', '', 'internal-only'],
  ['', 'executive', 'done', 'Learning on one page', 'call-review'],
  ['do-reaffirm', 'executive', 'done', 'Learning on one page', 'reaffirm', [[/review-on$/, later]]],
  ['do-not-notifiable', 'notifier', 'fresh', '', 'not-notifiable'],
  ['do-challenge', 'notifier', 'fresh', '', 'reconsider'],
  ['do-withdraw-notification', 'notifier', 'running', '', 'withdraw-notification'],
];
// Forms that are done elsewhere, or that no step has any more (acts kept from earlier), with the reason.
const elsewhere = {
  'do-notify': 'journey', 'do-send-requests': 'journey', 'do-nil': 'journey', 'do-sign-off': 'journey', 'do-query': 'journey', 'do-answer-queries': 'journey', 'do-hold-meeting': 'journey', 'do-sign': 'journey',
  'do-submit-panel': 'journey', 'do-panel-reply': 'journey', 'do-answer-panel': 'journey', 'do-decide-final': 'journey', 'do-check': 'journey', 'do-family-view': 'journey',
  'do-meeting': 'no step asks it any more', 'do-withdraw': 'no step asks it any more',
  'do-supply': 'only in a national review: two boxes and a day, like do-told',
};

const walkers = () => [true, false].map((script) => walker(script, keyboard()));
const at = (way, one) => { way.caseHref = one.href; return way; };

// A step: from the case or its document by its link (unfolded where it stands folded), the form, the button; a warning is passed with a reason.
async function take(way, login, title, name, answers = []) {
  const page = await (title ? way.atDocument(login, title) : way.atCase(login)), link = page.locator(`main a[href$="/do/${name}"]`).first();
  if (!await link.count()) await stop(page, `${login} is not offered ${name}`);
  if (!await link.isVisible()) await way.hand.unfold(page, page.locator('details', { has: page.locator(`a[href$="/do/${name}"]`) }).locator('> summary'));
  await way.go(page, link);
  for (let i = 0; i < 3 && page.url().includes(`/do/${name}`); i++) {
    for (const add of await page.getByRole('button', { name: /^Add (?!another)/ }).all()) { await way.press(page, await add.innerText()); break; }      // a list that must hold something
    await way.fill(page, answers);
    await way.go(page, page.locator('main button[value=act]:not([tabindex]), main form[method=post] .govuk-button-group button:not([value])').first());
  }
  if (page.url().includes(`/do/${name}`)) await stop(page, name);
  await way.accepted(page, name);
}

// A document that somebody begins or goes on with, its sections, the check, the receipt.
async function document(way, login, opens) {
  const page = await way.atCase(login);
  await way.go(page, opens(page));
  await way.write(page, {});
  await way.submit(page);
}

async function sendFile(way, page, file) {
  const box = page.locator('main input[type=file]');
  if (!await box.isVisible()) await way.hand.unfold(page, page.locator('details', { has: box }).locator('> summary'));
  await way.hand.attach(page, box, file);
  await way.press(page, 'Send the file');
}

const others = {
  'a part is given and taken away': async (way, { running }) => {
    const page = await at(way, running).atCase('coordinator'), people = async (name, role) => {
      await way.hand.unfold(page, page.locator('summary', { hasText: 'Give somebody a part' }));
      await way.hand.choose(page, page.locator('select[name=account]'), await page.locator('select[name=account] option', { hasText: name }).first().getAttribute('value'));
      await way.hand.choose(page, page.locator('select[name=role]'), role);
      await way.press(page, 'Add this person');
      await way.accepted(page, name);
    };
    await people('Mina Frost', 'lado');
    await people('Callum Stone', 'rr_member');
    await people('Jonas Hale', 'scrutineer');
    await way.press(page, /^Remove Jonas Hale/);
    if (/Jonas Hale/.test(await page.locator('table', { hasText: 'People with a part' }).innerText())) await stop(page, 'the part is not taken away');
  },
  'cases are filtered': async (way) => {
    const page = await way.as('coordinator');
    await page.goto(`${url}/work`);
    await way.hand.write(page, page.locator('main [name=text]'), '2026-001');
    await way.press(page, 'Apply filters');
    if (await page.locator('main table a', { hasText: '2026-002' }).count()) await stop(page, 'the filter does nothing');
  },
  'a plan of action is begun, written and submitted': (way, { running }) => document(at(way, running), 'chair', (page) => page.getByRole('button', { name: 'Start: Plan of action' })),
  'legal advice is written': (way, { running }) => document(at(way, running), 'partner.la', (page) => page.locator('main table').getByRole('link', { name: 'Legal advice' })),
  'a request is corrected': (way, { running }) => document(at(way, running), 'coordinator', (page) => page.getByRole('link', { name: 'Request for information: Ryebank Surgery' })),
  'an owner tells of its actions, and it is taken into the plan': async (way, { done }) => {
    await document(at(way, done), 'author.peakland-police', (page) => page.getByRole('link', { name: /^Progress on actions/ }));
    await take(way, 'coordinator', '', 'take-progress');
  },
  'a comment is made and answered': async (way, { done, doc }) => {
    const page = await way.as('chair');
    await page.goto(`${url}${doc(done, 'Rapid review report')}/comments`);
    await way.fill(page);
    await way.press(page, 'Add this comment');
    await way.accepted(page, 'the comment');
  },
  'a note is kept beside an event': async (way, { done }) => {
    const page = await way.as('coordinator');
    await page.goto(`${url}${done.href}/chronology`);
    await way.follow(page, page.getByRole('link', { name: 'Make a note' }));
    await way.fill(page);
    await way.press(page, 'Keep this note');
    await way.accepted(page, 'the note');
  },
  'a file is attached': async (way, { running, doc }) => {
    const page = await way.as('notifier'), others = `${url}${doc(running, 'Serious')}/edit/others`;
    await page.goto(others);
    if (!await page.locator('input[type=file]').count()) await way.press(page, /^Add (another )?attachment/i);
    await way.hand.attach(page, page.locator('input[type=file]'), { name: 'By keyboard.pdf', mimeType: 'application/pdf', buffer: pdf });
    await way.press(page, /^Save and return/);
    await page.goto(others);
    if (!/By keyboard\.pdf/.test(await page.locator('main').innerText())) await stop(page, 'the file is not there');
  },
  'a file that is no XML is refused': async (way, { running, doc }) => {
    const page = await way.as('author.ryebank-surgery');
    await page.goto(url + doc(running, 'Agency return: Ryebank Surgery'));
    await sendFile(way, page, { name: 'return.xml', mimeType: 'application/xml', buffer: Buffer.from('<return') });
    if (!/could not read what was sent/.test(await page.title())) await stop(page, 'a file that is no XML is taken');
  },
  'two people’s answers are joined': async (way, { running, doc }) => {
    const page = await way.as('coordinator'), other = await way.as('chair'), people = `${url}${doc(running, 'Register')}/edit/people`;
    for (const p of [page, other]) await p.goto(people);
    for (const [p, words] of [[other, 'Words of the chair'], [page, 'Words of the co-ordinator']]) {
      await way.hand.write(p, p.locator('[name$="person.1.public.label"]'), words);
      await way.press(p, 'Save and continue');
    }
    await way.fill(page);
    await way.press(page, 'Save the joined section');
    if (/changed in the meantime/.test(await page.title())) await stop(page, 'the section is not joined');
  },
  'what was kept of an ended session is saved': async (way, { running, doc }) => {
    const login = 'author.peakland-trust', page = await way.as(login);
    await page.goto(`${url}${doc(running, 'Agency return: Peakland Hospitals')}/edit/head`);
    await way.hand.write(page, page.locator('[name="head.author"]'), 'Somebody at the keys');
    await page.context().clearCookies({ name: 'dossier' });
    await way.press(page, 'Save and continue');
    await way.hand.write(page, page.locator('[name=login]'), login);
    await way.hand.write(page, page.locator('[name=password]'), passwords[login]);
    await way.press(page, 'Sign in');
    await way.press(page, 'Save it now');
    await page.goto(`${url}${doc(running, 'Agency return: Peakland Hospitals')}/edit/head`);
    if (await page.locator('[name="head.author"]').inputValue() !== 'Somebody at the keys') await stop(page, 'what was kept is not saved');
  },
};

export async function bySteps(where) {
  const ways = walkers(), cases = { ...where, fresh: undefined }, done = new Set(Object.keys(elsewhere));
  let turn = 0;
  const one = async (what, run) => {
    const way = ways[turn++ % 2];
    try { await run(way); return ok(true, `${way.said}: ${what}`); } catch (e) { return ok(false, `${way.said}: ${what}`, e.stack); }
  };
  await one('a case is opened, its notification sent as a file', async (way) => {
    const page = await way.as('notifier');
    await page.goto(`${url}/work`);
    await way.press(page, /^Open a case/);
    cases.fresh = { href: new URL(page.url()).pathname.replace(/\/documents\/.*/, '') };
    await sendFile(way, page, { name: 'notification.xml', mimeType: 'application/xml', buffer: readFileSync(new URL('../data/demo/notification.xml', import.meta.url)) });
    for (let i = 0; i < 3 && await page.locator('.govuk-error-summary').count(); i++) {      // warnings want a reason
      await way.fill(page);
      await way.press(page, /^S(end|ubmit)/);
    }
    await way.accepted(page, 'the file of a notification');
  });
  const { 'an owner tells of its actions, and it is taken into the plan': progress, ...first } = others;
  for (const [what, run] of Object.entries(first)) await one(what, (way) => run(way, where));
  for (const [form, login, name, title, step, answers] of steps) {
    if (await one(`${form || 'a plain step'}: ${login} does ${step}`, (way) => take(at(way, cases[name]), login, title, step, answers))) done.add(form);
    if (form === 'do-ask-owners') await one('an owner tells of its actions, and it is taken into the plan', (way) => progress(way, where));
  }
  const forms = new Set(readdirSync(new URL('../../forms/rapid', import.meta.url)).filter((f) => f.startsWith('do-')).map((f) => f.replace(/-\d+\.xml$/, '')));
  ok([...forms].every((f) => done.has(f)), 'every form of a step is done with the keyboard alone', [...forms].filter((f) => !done.has(f)));
  for (const way of ways) {
    const noise = await way.close();
    note(`${way.said}, single steps: ${way.hand.stops} stops`);
    ok(!way.hand.faults.length && !noise.length, `${way.said}: in single steps every stop of Tab is seen, and the console is silent`, [...way.hand.faults, ...noise]);
  }
}
