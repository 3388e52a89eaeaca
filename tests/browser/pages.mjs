// Every family of pages, as the person who sees it in the demo's cases (look.mjs).
import { ok, open, url } from './browser.mjs';
import { contract, overflow } from './contract.mjs';
import { fill, today } from './form.mjs';
import { as, go, look, press } from './look.mjs';
import { conflicts, files, kept, print, refusals, slow, warned } from './states.mjs';

let where;          // addresses of the demo's cases and documents, found by the co-ordinator
const doc = (c, title) => c.documents[title] ?? c.documents[Object.keys(c.documents).find((k) => k.startsWith(title))];

// --- where things are -----------------------------------------------------------------------------------------------------------
export async function survey() {
  const { page } = (await as('coordinator')).plain;
  const links = (list) => list.map((a) => [a.textContent.replace(/\s+/g, ' ').trim(), new URL(a.href).pathname]);
  const cases = {};
  await page.goto(`${url}/work`);
  for (const [reference, href] of await page.locator('main table a').evaluateAll(links)) {
    cases[reference] = { href, reference };
  }
  for (const one of Object.values(cases)) {
    await page.goto(url + one.href);
    one.documents = Object.fromEntries(await page.locator('main table a[href*="/documents/"]').evaluateAll(links));
    one.publication = (await page.locator('main table a[href*="/publications/"]').evaluateAll(links))[0]?.[1];
  }
  return { done: cases['2026-001'], running: cases['2026-002'] };
}

async function sections(login, name, document) {
  const { page } = (await as(login)).plain;
  await page.goto(url + document);
  const hrefs = await page.locator('.govuk-task-list__link').evaluateAll((list) => list.map((a) => new URL(a.href).pathname));
  if (!hrefs.length) ok(false, `${name}: has sections`, [page.url(), await page.locator('main').innerText()]);
  for (const href of hrefs) await look(`${name}-${href.split('/').pop()}`, login, href, { small: false });      // their controls are looked at twice in the whole forms
}

// Codes of tables, ids: nothing for people.
const codes = /\b[A-Z]{2,}_[A-Z_]+\b|\b[a-z]+_[a-z]+\b|\bR\d\d?\b|\b[0-9a-hjkmnp-tv-z]{16}\b/;

async function cases() {
  const { done, running } = where;
  await look('dashboard', 'coordinator', '/work', { keys: true });
  await look('dashboard-filtered', 'coordinator', '/work?text=&type=&due=soon');
  await look('dashboard-no-match', 'coordinator', '/work?text=nothing-like-it&type=&due=all');
  await look('dashboard-agency', 'author.peakland-police', '/work');
  await look('dashboard-empty', 'admin', '/work');
  await look('owed', 'author.peakland-police', '/work/owed', { keys: true, says: /Agency return: Peakland Police, case 2026-002/ });
  await look('owed-nothing', 'author.marlbeck-dental', '/work/owed');
  await look('case', 'coordinator', running.href, { keys: true, says: /What you can do now Ask a further agency Recuse .* Close the returns: all are in Still missing/, never: /This is for: / });
  await look('case-published', 'coordinator', done.href, { says: /Overdue: Debrief the staff.*Letter: .* Begun on / });
  await look('case-agency', 'author.peakland-police', running.href);
  await look('case-reader', 'publisher', done.href);
  await look('chronology', 'coordinator', `${done.href}/chronology`, { keys: true, says: /Operation Encompass/ });
  await look('chronology-empty', 'coordinator', `${running.href}/chronology`);
  await look('chronology-agency', 'author.ryebank-surgery', `${done.href}/chronology`);
  await look('history', 'coordinator', `${done.href}/history`, { says: /Step “Hand the learning page to the redactor”/, never: codes });
  await look('history-older', 'coordinator', `${done.href}/history?page=2`, { never: codes });
}

async function documents() {
  const { done, running } = where, register = doc(running, 'Register'), notification = doc(running, 'Serious'), ownReturn = doc(running, 'Agency return: Peakland Police');
  await look('document-notification', 'notifier', notification);
  await look('document-register', 'coordinator', register, { keys: true });
  await look('document-request', 'coordinator', doc(running, 'Request for information: Peakland Police'));
  await look('document-return-asked', 'author.peakland-police', ownReturn);
  await look('document-return-locked', 'coordinator', doc(done, 'Agency return: Peakland Police'));
  await look('document-return-versions', 'coordinator', doc(done, 'Agency return: Harrowdale Children'));
  await look('document-learning', 'business', doc(done, 'Learning'), { says: /This was submitted\. If you change an answer, a new draft begins/ });
  await sections('notifier', 'section-notification', notification);
  await sections('coordinator', 'section-register', register);
  await sections('author.peakland-police', 'section-return', ownReturn);
  for (const [name, title] of [['actions', 'Plan of action'], ['panel-letter', 'Letter to the Panel']]) await sections('coordinator', `section-${name}`, doc(done, title));
  await look('section-locked', 'chair', `${doc(done, 'Rapid review report')}/edit/actions`, { status: 403 });
  await look('section-rows', 'coordinator', `${doc(done, 'Register')}/edit/people`);
  await look('section-one-row', 'coordinator', `${doc(done, 'Register')}/edit/people?row=people.person.3`, { keys: true });
  await look('section-faults', 'author.peakland-police', `${ownReturn}/edit/head?check=1`, { keys: true });
  await look('section-faults-rows', 'author.peakland-police', `${ownReturn}/edit/events?check=1`);
  await look('check-answers', 'coordinator', `${register}/submit`);
  await look('check-answers-faults', 'author.peakland-police', `${ownReturn}/submit`, { says: /Answer “Was not brought: what the records show”/, never: /Enter was / });
  await look('compare', 'coordinator', `${doc(done, 'Agency return: Harrowdale Children')}/compare/1/2`, { keys: true });
  await look('compare-same', 'coordinator', `${doc(done, 'Agency return: Harrowdale Children')}/compare/2/2`);
  await look('copy', 'notifier', `${notification}/copy`);
  await look('copy-letter', 'coordinator', `${doc(done, 'Letter to the Panel')}/copy`, { keys: true });
  await look('comments', 'author.harrowdale-csc', `${doc(done, 'Rapid review report')}/comments`, { status: 404 });
  await look('comments-writer', 'chair', `${doc(done, 'Rapid review report')}/comments`);
  await look('note', 'coordinator', async (page) => { await page.goto(`${url}${done.href}/chronology`); await go(page, page.getByRole('link', { name: 'Make a note' })); });
  await look('version-notification', 'coordinator', `${notification}/versions/1`);
  await look('version-return', 'coordinator', `${doc(done, 'Agency return: Harrowdale Children')}/versions/2`);
  await look('version-request', 'author.peakland-police', `${doc(running, 'Request for information: Peakland Police')}/versions/1`);
  await look('version-learning', 'business', `${doc(done, 'Learning')}/versions/1`);
  for (const [name, title] of [['report', 'Rapid review report'], ['meeting', 'Record of the meeting'], ['panel-letter', 'Letter to the Panel'], ['panel-reply', 'Reply of the Panel'], ['actions', 'Plan of action'], ['letter', 'Letter:']]) {
    await look(`document-${name}`, 'chair', doc(done, title));
    await look(`version-${name}`, 'chair', `${doc(done, title)}/versions/1`);
    await look(`receipt-${name}`, 'coordinator', `${doc(done, title)}/versions/1/receipt`, /letter/.test(name) ? { says: /was sent to nobody else\. If it is to go out, copy it into an email/ } : {});
  }
  await look('receipt', 'coordinator', async (page) => { await page.goto(`${url}${register}/submit`); await press(page, 'Submit'); });
  await look('receipt-same', 'coordinator', async (page) => { await page.goto(`${url}${register}/submit`); await press(page, 'Submit'); });
}

// What only a lawyer writes: somebody is given the part, begins it and leaves answers open.
async function advice() {
  const { running } = where, { page } = (await as('coordinator')).plain;
  await page.goto(url + running.href);
  await page.locator('summary', { hasText: 'Give somebody a part' }).click();
  await page.locator('select[name=account]').selectOption({ label: await page.locator('select[name=account] option', { hasText: 'Owen Tarn' }).first().innerText() });
  await page.locator('select[name=role]').selectOption('legal');
  await press(page, 'Add this person');
  const lawyer = (await as('partner.la')).plain.page;
  await lawyer.goto(url + running.href);
  await press(lawyer, /^Start: Legal advice/);
  const begun = new URL(lawyer.url()).pathname;
  await look('document-advice', 'partner.la', begun);
  await sections('partner.la', 'section-advice', begun);
  await look('check-answers-advice', 'partner.la', `${begun}/submit`);
}

async function steps() {
  const { running, done } = where, ownReturn = doc(running, 'Agency return: Peakland Police');
  await look('act', 'coordinator', `${running.href}/do/add-agency`, { keys: true });
  await look('act-refused', 'coordinator', async (page) => { await page.goto(`${url}${running.href}/do/add-agency`); await press(page, 'Ask a further agency'); }, { status: 422 });
  await look('act-confirm', 'author.peakland-police', `${ownReturn}/do/acknowledge`, { says: /It leads to: Acknowledged\./ });
  await look('act-guarded', 'coordinator', async (page) => { await page.goto(`${url}${running.href}/do/complete-returns`); await press(page, 'Close the returns: all are in'); }, { status: 422 });
  await look('act-waive', 'chair', `${ownReturn}/do/waive`);
  for (const step of ['nil', 'redirect', 'say-late', 'secure']) await look(`act-${step}`, 'author.peakland-police', `${ownReturn}/do/${step}`, { says: /Agency return: Peakland Police\. This is recorded with your name and the time\./ });
  for (const step of ['hold-publication', 'set-late', 'open-sealed', 'recuse', 'tell-delay']) await look(`act-${step}`, 'coordinator', `${running.href}/do/${step}`);
  await look('said', 'coordinator', async (page) => { await page.goto(url + done.href); await go(page, page.locator('main table a[href*="/said/"]')); });
}

async function publishing() {
  const { done } = where, reviews = { slug: '' };
  await look('publication-released', 'coordinator', done.publication);
  await look('publication-duty', 'duty', done.publication);
  await look('public-index', '', '/reviews/');
  const { page } = (await as('')).plain;
  reviews.slug = await page.locator('main a[href^="/reviews/when-explanations"]').first().getAttribute('href');
  await look('public-review', '', reviews.slug, { keys: true });

  const duty = (await as('duty')).plain.page;
  await duty.goto(url + done.publication);
  await press(duty, 'Withdraw this page');
  await look('publication-withdrawn', 'coordinator', done.publication);
  for (let i = 0; i < 40 && (await page.goto(url + reviews.slug)).status() !== 410; i++) await page.waitForTimeout(250);
  await look('public-tombstone', '', reviews.slug, { status: 410 });
  await look('public-index-withdrawn', '', '/reviews/');

  await look('publication-redactor', 'redactor', done.publication, { says: /Written ?: Format One page Public ?: Format One page/, never: /\bone-page\b|\d{4}-\d\d-\d\d/ });
  await look('publication-no-reason', 'redactor', async (p) => {
    await p.goto(url + done.publication);
    await p.locator('summary', { hasText: 'Change more words here' }).first().click();
    await press(p, 'Change these words');
  }, { status: 422 });
  await look('publication-no-address', 'redactor', async (p) => { await p.goto(url + done.publication); await p.locator('[name=slug]').fill('Not an address'); await press(p, 'Make the page and check it'); }, { status: 422 });
  const redactor = (await as('redactor')).plain.page;
  await redactor.goto(url + done.publication);
  const again = redactor.locator('form', { has: redactor.locator('input[name=item]') }), day = today();
  for (let i = 0; i < 4; i++) {      // the day of publication may not be past; another day has other words, which are to be read
    for (const part of ['day', 'month', 'year']) await redactor.locator(`form:has([name=slug]) input[name$="${part}"]`).fill(String(day[part]));
    await press(redactor, 'Make the page and check it');
    if (!await again.count()) break;
    for (const why of await again.first().locator('input[name=reason]').all()) await why.fill('Read in its sentence.');
    await go(redactor, again.first().getByRole('button', { name: /that have a reason$/ }));
  }
  await look('publication-untested', 'redactor', done.publication, { says: /Nobody can approve it before this is recorded/ });
  const test = new URL(await redactor.getByRole('button', { name: 'Record whether the child can be recognised' }).evaluate((a) => a.href)).pathname;
  await look('act-test-recognition', 'redactor', test);
  await redactor.goto(url + test);
  await fill(redactor);
  await press(redactor, 'Record whether the child can be recognised');
  await look('publication-candidate', 'clearance', done.publication, { says: /word for word, under your name/ });
  await press((await as('clearance')).plain.page, 'Approve exactly this page');
  await look('publication-cleared', 'executive', done.publication);
  await press((await as('executive')).plain.page, 'Approve exactly this page');
  await look('publication-approved', 'publisher', done.publication);
  await look('publication-publish', 'publisher', `${done.publication}/release`, { says: /From when At once/ });
}

async function everybody() {
  await look('sign-in', '', '/sign-in', { keys: true });
  await look('sign-in-error', '', async (page) => {
    await page.goto(`${url}/sign-in`);
    await fill(page, [['login', 'nobody'], ['password', 'wrong']]);
    await press(page, 'Sign in');
  }, { status: 401 });
  await look('error-404-public', '', '/nothing/here', { status: 404 });
  for (const name of ['accessibility', 'privacy', 'contact']) await look(`about-${name}`, '', `/about/${name}`);
  await look('forms', '', '/forms');
  const { page } = (await as('')).plain;
  await page.goto(`${url}/forms`);
  const forms = await page.locator('main th a').evaluateAll((list) => list.map((a) => new URL(a.href).pathname));
  const newest = (href) => !forms.includes(href.replace(/\d+$/, (n) => Number(n) + 1));
  for (const href of forms) await look(`form-${href.split('/').pop()}`, '', href, { small: false, quick: !newest(href) });      // a hundred screens tall
}

// Each rule of the contract must be able to fail.
async function canFail() {
  const { page } = await open({ script: false });
  const broken = {
    1: '<label for="nothing">x</label>', 2: '<p id="a"></p><p id="a"></p>', 3: '<a href="#nowhere">to it</a>', 4: '<div class="govuk-error-summary"></div>',
    5: '<p class="govuk-error-message">Enter it</p>', 6: '<div class="govuk-error-summary"><a href="#b">x</a></div><p id="b">x</p>', 7: '<table><tbody><tr><td>1</td></tr></tbody></table>',
    8: '<strong class="govuk-tag"></strong>', 9: '<a href="/x">Change</a>', 10: '<p style="color:red">x</p>', 11: '<form method="post"></form>', 12: '<h1>Two</h1>', 13: '<i class="govuk-header__logo"></i>',
  };
  for (const [rule, body] of Object.entries(broken)) {
    await page.setContent(`<title>Title</title><main><h1>One</h1>${body}</main>`);
    const found = await contract(page);
    ok(found.some((f) => f.startsWith(`${rule} `)), `contract rule ${rule} can fail`, found);
  }
  await page.setContent('<title>Title</title><main><h1>One</h1><p class="app">Nothing wrong</p></main>');
  ok((await contract(page)).length === 0 && (await overflow(page)).length === 0, 'a page without faults has none');
  for (const [what, css] of [['wider than the window', 'width: 3000px'], ['cut off to the side', 'width: 5em; overflow: hidden; white-space: nowrap'], ['cut off below', 'height: 5px; overflow: hidden']]) {
    await page.setContent('<title>Title</title><main><h1>One</h1><p>Some words in a row of words</p></main>');
    await page.evaluate((style) => { document.querySelector('p').style.cssText = style; }, css);
    ok((await overflow(page)).length > 0, `text that is ${what} is seen`);
  }
}

export async function pages() {
  await canFail();
  where = { ...await survey(), doc };
  // Beside the rest, because their people are nobody else's: what needs no account, and a request that waits.
  const beside = [slow(), everybody()];
  await cases();
  await documents();
  await advice();
  await steps();
  await refusals(where);
  await kept(where);
  await warned();
  await files(where);
  await conflicts(where);
  await print(where);
  await Promise.all(beside);
  await publishing();
  return where;
}
