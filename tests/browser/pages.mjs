// Every family of pages, as the person who sees it in the demo's cases: at 1280 and 320 px, with axe, the contract of contract.mjs, no scroll to the
// side, no word in the console, and on three pages every stop of the keyboard in sight. The pictures stay in the build directory, shots/.
import { close, axeSource, finish, note, ok, open, passwords, shot, signIn, url } from './browser.mjs';
import { axe, contract, keyboard, overflow } from './contract.mjs';
import { fill, today } from './form.mjs';

const windows = {};
let where;          // addresses of the demo's cases and documents, found by the co-ordinator

async function as(login) {
  if (windows[login]) return windows[login];
  const pair = { scripted: await open(), plain: await open({ script: false }) };
  if (login) for (const w of [pair.scripted, pair.plain]) await signIn(w, login);
  return windows[login] = pair;
}
const go = async (page, place) => { const came = page.waitForNavigation().catch((e) => e); await place.first().click(); const e = await came; if (e instanceof Error) throw e; };
const press = (page, name) => go(page, page.getByRole('button', { name, exact: typeof name === 'string' }));

// One page: login and address, or a walk that ends on it; status is what its answer must be.
async function look(name, login, to, { status = 200, keys = false } = {}) {
  const { scripted, plain } = await as(login), faults = [];
  const reach = async (w) => {
    let last;
    const listen = (r) => { if (r.request().isNavigationRequest() && r.frame() === w.page.mainFrame() && r.status() < 300 | r.status() >= 400) last = r.status(); };
    w.page.on('response', listen);
    if (typeof to === 'string') await w.page.goto(url + to); else await to(w.page);
    w.page.off('response', listen);
    if (last !== status) faults.push(`answered ${last}, not ${status}: ${await w.page.title()}`);
  };
  try {
    scripted.noise.length = 0;
    if (typeof to === 'string') await Promise.all([reach(plain), reach(scripted)]);
    else { await reach(plain); await reach(scripted); }
    faults.push(...await contract(plain.page));
    const part = /^section-(notification|register|return)-/.test(name);       // their controls are looked at twice in the whole forms
    for (const width of [1280, 320]) {
      await scripted.page.setViewportSize({ width, height: 900 });
      if (width === 320) await scripted.page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));   // what is folded away counts too
      if (width === 1280 || !part) faults.push(...(await axe(scripted.page, axeSource)).map((f) => `axe at ${width}: ${f}`));
      if (width === 320) faults.push(...(await overflow(scripted.page)).map((f) => `too wide at 320: ${f}`));
      if (width === 1280 || !(part || name.startsWith('form-'))) await shot(scripted.page, `${name}-${width}`);      // their small pictures are a hundred screens tall
    }
    await scripted.page.setViewportSize({ width: 1280, height: 900 });
    if (keys) {
      const { stops, found } = await keyboard(scripted.page);
      note(`${name}: ${stops} stops by keyboard`);
      faults.push(...found.map((f) => `keyboard: ${f}`));
    }
    faults.push(...scripted.noise.map((n) => `console: ${n}`));
  } catch (e) { faults.push(e.stack); }
  ok(!faults.length, name, faults);
}

// --- where things are -----------------------------------------------------------------------------------------------------------
async function survey() {
  const { page } = (await as('coordinator')).plain;
  const links = (list) => list.map((a) => [a.textContent.replace(/\s+/g, ' ').trim(), new URL(a.href).pathname]);
  const cases = {};
  await page.goto(`${url}/work`);
  for (const [reference, href] of await page.locator('main table a').evaluateAll(links)) {
    cases[reference] = { href };
  }
  for (const one of Object.values(cases)) {
    await page.goto(url + one.href);
    one.documents = Object.fromEntries(await page.locator('main table a[href*="/documents/"]').evaluateAll(links));
    one.publication = (await page.locator('main table a[href*="/publications/"]').evaluateAll(links))[0]?.[1];
  }
  return { done: cases['2026-001'], open: cases['2026-002'] };
}

async function sections(login, name, document) {
  const { page } = (await as(login)).plain;
  await page.goto(url + document);
  const hrefs = await page.locator('.govuk-task-list__link').evaluateAll((list) => list.map((a) => new URL(a.href).pathname));
  if (!hrefs.length) ok(false, `${name}: has sections`, [page.url(), await page.locator('main').innerText()]);
  for (const href of hrefs) await look(`${name}-${href.split('/').pop()}`, login, href);
}

async function staff() {
  const { done, open: running } = where, doc = (c, title) => c.documents[Object.keys(c.documents).find((k) => k.startsWith(title))];
  await look('dashboard', 'coordinator', '/work', { keys: true });
  await look('dashboard-filtered', 'coordinator', '/work?text=&type=&due=soon');
  await look('dashboard-no-match', 'coordinator', '/work?text=nothing-like-it&type=&due=all');
  await look('dashboard-agency', 'author.peakland-police', '/work');
  await look('case', 'coordinator', running.href);
  await look('case-published', 'coordinator', done.href);
  await look('case-agency', 'author.peakland-police', running.href);
  await look('chronology', 'coordinator', `${done.href}/chronology`);
  await look('chronology-empty', 'coordinator', `${running.href}/chronology`);
  await look('history', 'coordinator', `${done.href}/history`);

  const register = doc(running, 'Register'), notification = doc(running, 'Serious'), ownReturn = doc(running, 'Agency return: Peakland Police');
  await look('document-notification', 'notifier', notification);
  await look('document-register', 'coordinator', register);
  await look('document-request', 'coordinator', doc(running, 'Request for information: Peakland Police'));
  await look('document-return-asked', 'author.peakland-police', ownReturn);
  await look('document-return-locked', 'coordinator', doc(done, 'Agency return: Peakland Police'));
  await look('document-report', 'chair', doc(done, 'Rapid review report'));
  await look('document-learning', 'business', doc(done, 'Learning'));
  await sections('notifier', 'section-notification', notification);
  await sections('coordinator', 'section-register', register);
  await sections('author.peakland-police', 'section-return', ownReturn);
  await look('section-locked', 'chair', `${doc(done, 'Rapid review report')}/edit/actions`, { status: 403 });
  await look('section-rows', 'coordinator', `${doc(done, 'Register')}/edit/people`);
  await look('section-one-row', 'coordinator', `${doc(done, 'Register')}/edit/people?row=people.person.3`, { keys: true });
  await look('section-faults', 'author.peakland-police', `${ownReturn}/edit/head?check=1`);
  await look('section-faults-rows', 'author.peakland-police', `${ownReturn}/edit/events?check=1`);
  await look('check-answers', 'coordinator', `${register}/submit`);
  await look('check-answers-faults', 'author.peakland-police', `${ownReturn}/submit`);
  await look('version-notification', 'coordinator', `${notification}/versions/1`);
  await look('version-return', 'coordinator', `${doc(done, 'Agency return: Harrowdale Children')}/versions/2`);
  await look('version-report', 'chair', `${doc(done, 'Rapid review report')}/versions/1`);
  await look('version-learning', 'business', `${doc(done, 'Learning')}/versions/1`);
  await look('receipt', 'coordinator', async (page) => { await page.goto(`${url}${register}/submit`); await press(page, 'Submit'); }, { status: 200 });
  const upload = (text) => async (page) => {
    await page.goto(url + ownReturn);
    await page.locator('input[type=file]').setInputFiles({ name: 'return.xml', mimeType: 'application/xml', buffer: Buffer.from(text) });
    await press(page, 'Send the file');
  };
  await look('refused', 'author.peakland-police', upload('<return id="rapid/return" version="1"><head><author/><kind>none</kind></head></return>'), { status: 422 });
  await look('refused-not-xml', 'author.peakland-police', upload('<return'), { status: 400 });

  // two people in one section: what both changed is asked
  let n = 0;
  await look('conflict', 'coordinator', async (page) => {
    const other = (await as('chair')).plain.page, address = `${url}${register}/edit/people`;
    await page.goto(address);
    await other.goto(address);
    for (const [who, words] of [[other, `Chair’s words ${++n}`], [page, `Co-ordinator’s words ${n}`]]) {
      await who.locator('[name$="person.1.who.name"]').fill(words);
      await press(who, 'Save and continue');
    }
  }, { status: 409 });

  await look('act', 'coordinator', `${running.href}/do/add-agency`, { keys: true });
  await look('act-refused', 'coordinator', async (page) => { await page.goto(`${url}${running.href}/do/add-agency`); await press(page, 'Ask a further agency'); }, { status: 422 });
  await look('act-confirm', 'author.peakland-police', `${ownReturn}/do/acknowledge`);
  await look('act-guarded', 'coordinator', async (page) => { await page.goto(`${url}${running.href}/do/complete-returns`); await press(page, 'Close the returns: all are in'); }, { status: 422 });
  await look('act-waive', 'chair', `${ownReturn}/do/waive`);
  await look('forbidden', 'author.peakland-police', `${running.href}/history`, { status: 403 });
  await look('not-found', 'author.larkwell-primary', doc(running, 'Agency return: Harrowdale Homes'), { status: 404 });
  await look('not-found-staff', 'coordinator', '/work/nothing', { status: 404 });
  await look('too-late', 'coordinator', `${running.href}/do/send-requests`, { status: 409 });
}

async function publishing() {
  const { done } = where, reviews = { slug: '' };
  await look('publication-released', 'coordinator', done.publication);
  await look('publication-duty', 'duty', done.publication);
  await look('public-index', '', '/reviews/');
  const { page } = (await as('')).plain;
  reviews.slug = await page.locator('main a[href^="/reviews/"]').first().getAttribute('href');
  await look('public-review', '', reviews.slug);

  const duty = (await as('duty')).plain.page;
  await duty.goto(url + done.publication);
  await press(duty, 'Withdraw this page');
  await look('publication-withdrawn', 'coordinator', done.publication);
  for (let i = 0; i < 40 && (await page.goto(url + reviews.slug)).status() !== 410; i++) await page.waitForTimeout(250);
  await look('public-tombstone', '', reviews.slug, { status: 410 });
  await look('public-index-withdrawn', '', '/reviews/');

  await look('publication-redactor', 'redactor', done.publication);
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
    for (const box of await again.first().locator('input[name=item]').all()) await box.check();
    await again.first().locator('[name=reason]').fill('The day of publication.');
    await go(redactor, again.first().getByRole('button', { name: 'Accept the ticked words' }));
  }
  await look('publication-candidate', 'clearance', done.publication);
  await press((await as('clearance')).plain.page, 'Approve exactly this page');
  await look('publication-cleared', 'executive', done.publication);
  await press((await as('executive')).plain.page, 'Approve exactly this page');
  await look('publication-approved', 'publisher', done.publication);
}

async function everybody() {
  await look('sign-in', '', '/sign-in');
  await look('sign-in-error', '', async (page) => {
    await page.goto(`${url}/sign-in`);
    await fill(page, [['login', 'nobody'], ['password', 'wrong']]);
    await press(page, 'Sign in');
  }, { status: 401 });
  for (const name of ['accessibility', 'privacy', 'contact']) await look(`about-${name}`, '', `/about/${name}`);
  await look('public-not-found', '', '/nothing/here', { status: 404 });
  await look('forms', '', '/forms');
  const { page } = (await as('')).plain;
  await page.goto(`${url}/forms`);
  for (const href of await page.locator('main th a').evaluateAll((list) => list.map((a) => new URL(a.href).pathname))) await look(`form-${href.split('/').pop()}`, '', href);
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
  ok((await contract(page)).length === 0, 'a page without faults has none');
}

// Without a mouse: Tab to a thing, Enter on it; from the sign-in page to a saved section.
async function byKeyboard() {
  const { page } = await open(), typed = 'Author, reached by Tab';
  const tabTo = async (what, selector) => {
    for (let i = 0; i < 200; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(([s, w]) => document.activeElement.matches(s) && document.activeElement.textContent.trim().startsWith(w), [selector, what])) return;
    }
    throw new Error(`no Tab reaches “${what}” ${selector} on ${page.url()}`);
  };
  const enter = async () => { const came = page.waitForNavigation(); await page.keyboard.press('Enter'); await came; };
  try {
    await page.goto(`${url}/sign-in?next=/work`);
    for (const [selector, words] of [['[name=login]', 'author.peakland-police'], ['[name=password]', passwords['author.peakland-police']]]) {
      await tabTo('', selector);
      await page.keyboard.type(words);
    }
    await enter();
    for (const words of ['2026-002', 'Agency return: Peakland Police', 'About this return']) {
      await tabTo(words, 'main a');
      await enter();
    }
    await tabTo('', '[name$="author"]');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(typed);
    const section = page.url();
    await tabTo('Save and return to the list of sections', 'button');
    await enter();
    await page.goto(section);
    ok(await page.locator('[name$="author"]').inputValue() === typed, 'by keyboard alone: sign in, open a case, fill and save a section', [page.url()]);
  } catch (e) { ok(false, 'by keyboard alone: sign in, open a case, fill and save a section', [page.url(), e.stack]); }
}

try {
  await canFail();
  where = await survey();
  await everybody();
  await staff();
  await byKeyboard();
  await publishing();
} catch (e) {
  ok(false, 'the walk reaches its end', e.stack);
} finally {
  await close();
  finish();
}
