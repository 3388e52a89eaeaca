// The states that no page is in by itself: every kind of refusal, what is kept of a session that has ended, two people at one section, files, print, and the service in trouble.
import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { axeSource, leads, ok, open, passwords, shot, signIn, skip, url } from './browser.mjs';
import { axe, focus, overflow } from './contract.mjs';
import { as, look, press } from './look.mjs';

// Sends the form on the page with other or further fields than it has, as somebody's tool would.
const sendWith = (page, fields) => leads(page, () => page.evaluate((list) => {
  const form = document.querySelector('main form[method=post]');
  for (const [name, value] of list) {
    const field = form.querySelector(`[name="${name}"]`) ?? form.appendChild(Object.assign(document.createElement('textarea'), { name }));
    field.value = value;
  }
  HTMLFormElement.prototype.submit.call(form);
}, Object.entries(fields)));
const at = (address, more) => async (page) => { await page.goto(url + address); await more(page); };

export async function refusals({ running, doc }) {
  const ownReturn = doc(running, 'Agency return: Peakland Police'), author = 'author.peakland-police', head = `${ownReturn}/edit/head`;
  await look('error-400', author, at(head, (page) => sendWith(page, { 'head.author': 'a\u0001b' })), { status: 400 });
  await look('error-403', author, `${running.href}/history`, { status: 403 });
  await look('error-403-token', author, at(head, (page) => sendWith(page, { csrf: 'x' })), { status: 403, says: /This page is from an earlier session/, never: /ask the co-ordinator/ });
  await look('error-404', 'author.larkwell-primary', doc(running, 'Agency return: Harrowdale Homes'), { status: 404 });
  await look('error-404-staff', 'coordinator', '/work/nothing', { status: 404 });
  await look('error-405', 'coordinator', `${running.href}/people`, { status: 405 });
  await look('error-409', 'coordinator', `${running.href}/do/send-requests`, { status: 409 });
  await look('error-413', author, at(head, (page) => sendWith(page, { 'head.author': 'a'.repeat(1100000) })), { status: 413 });
  const send = (size) => at(ownReturn, async (page) => {
    await page.locator('input[type=file]').setInputFiles({ name: 'return.xml', mimeType: 'application/xml', buffer: Buffer.alloc(size, ' ') });
    await press(page, 'Send the file');
  });
  await look('error-413-nginx', author, send(5 << 20), { status: 413 });
  const upload = (text) => at(ownReturn, async (page) => {
    await page.locator('input[type=file]').setInputFiles({ name: 'return.xml', mimeType: 'application/xml', buffer: Buffer.from(text) });
    await press(page, 'Send the file');
  });
  await look('refused', author, upload('<return id="rapid/return" version="1"><head><author/><kind>none</kind></head></return>'), { status: 422 });
  await look('refused-not-xml', author, upload('<return'), { status: 400 });
  await look('error-503-memory', 'coordinator', '/sandbox/memory?megabytes=400', { status: 503 });
}

// Longer than a request may take: ten seconds of waiting, which others need not share.
export const slow = () => look('error-503-time', 'manager.peakland-police', '/sandbox/sleep?seconds=60', { status: 503, timeout: 60000 });

// A session ends while somebody types: what was typed is kept through signing in again.
export async function kept({ running, doc }) {
  const login = 'author.ryebank-surgery', head = `${doc(running, 'Agency return: Ryebank Surgery')}/edit/head`, field = '[name="head.author"]';
  const late = at(head, async (page) => {
    await page.locator(field).fill('Dr Test, practice lead');
    await page.context().clearCookies({ name: 'dossier' });
    await press(page, 'Save and continue');
  });
  await look('kept-sign-in', login, late, { status: 401 });
  await look('kept', login, async (page) => {
    await page.locator('[name=login]').fill(login);
    await page.locator('[name=password]').fill(passwords[login]);
    await press(page, 'Sign in');
  }, { says: /Agency Ryebank Surgery .*Period covered from 26 3 2024/ });
  for (const { page } of Object.values(await as(login))) {
    await page.goto(`${url}/work/kept`);
    await press(page, 'Save it now');
    await page.goto(url + head);
    ok(await page.locator(field).inputValue() === 'Dr Test, practice lead', 'what was kept is saved by one press', [page.url()]);
  }
  await look('kept-nothing', login, '/work/kept');
}

// Five minutes before a session ends the page says so, above everything else, and a key lets it go on.
export async function warned() {
  const window = await open(), { page } = window, faults = [];
  await page.clock.install();
  await signIn(window, 'executive');
  const minutes = Number(await page.evaluate(() => document.body.dataset.sessionMinutes)), dialog = page.locator('dialog[open]');
  await page.clock.fastForward((minutes - 4) * 60000);
  await dialog.waitFor();
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    faults.push(...(await axe(page, axeSource)).map((f) => `axe at ${width}: ${f}`), ...(await overflow(page)).map((f) => `at ${width}: ${f}`));
    await shot(page, `session-warning-${width}`);
  }
  const at = await focus(page);
  faults.push(...at?.faults ?? ['nothing has the focus']);
  if (at?.text !== 'Stay signed in') faults.push(`the focus is at ${at?.tag} ${at?.text}`);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  ok(minutes > 5 && !faults.length, 'the end of a session is said before it comes, and a key puts it off', [...faults, ...window.noise]);
  await window.context.close();
}

// Both change the same answers; one removes a row that the other changed.
export async function conflicts({ running, doc }) {
  const address = `${doc(running, 'Register')}/edit/people`, places = `${doc(running, 'Register')}/edit/places`;
  let n = 0;
  const both = async (page) => {
    const other = (await as('chair')).plain.page;
    for (const p of [page, other]) await p.goto(url + address);
    n++;
    for (const [who, words] of [[other, `Chair’s words ${n}`], [page, `Co-ordinator’s words ${n}`]]) {
      await who.locator('[name$="person.1.who.name"]').fill(words);
      await who.locator('[name$="person.1.public.label"]').fill(`a label, ${words}`);
      await press(who, 'Save and continue');
    }
  };
  await look('conflict', 'coordinator', both, { status: 409, keys: true });
  await look('conflict-unanswered', 'coordinator', async (page) => { await both(page); await press(page, 'Save the joined section'); }, { status: 422, says: /Ngozi Bright saved this section/, never: /Ada Fenwick saved|answer of Ada/ });
  const { page } = (await as('coordinator')).plain;
  ok((await page.getByRole('navigation', { name: 'Breadcrumb' }).innerText()).includes(running.reference), 'the page of a conflict says of which case');
  await look('conflict-removed', 'coordinator', async (p) => {
    const other = (await as('chair')).plain.page;
    await p.goto(url + places);
    if (!await p.locator('[name$="place.1.name"]').count()) await press(p, /^Add /);
    await p.locator('[name$="place.1.name"]').fill(`A place ${++n}`);
    await press(p, 'Save and continue');
    for (const one of [p, other]) await one.goto(url + places);
    await other.locator('[name$="place.1.name"]').fill(`Another place ${n}`);
    await press(other, 'Save and continue');
    await press(p, /^Remove place 1/);
  }, { status: 409, says: /One of you removed an entry that the other changed/ });
}

// A file with an answer: none, one that is refused, one that is kept.
export async function files({ running, doc }) {
  const others = `${doc(running, 'Serious')}/edit/others`, pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
  const attach = (name, buffer) => at(others, async (page) => {
    if (!await page.locator('input[type=file]').count()) await press(page, /^Add (another )?attachment/i);
    await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/pdf', buffer });
    await press(page, 'Save and continue');
    if (!page.url().includes('/others')) await page.goto(url + others);
  });
  await look('file-none', 'notifier', at(others, async (page) => { if (!await page.locator('input[type=file]').count()) await press(page, /^Add (another )?attachment/i); }));
  await look('file-refused', 'notifier', attach('plan.pdf', Buffer.from('MZ\u0090\u0000 this is a program')), { status: 422 });
  await look('file-kept', 'notifier', attach('Plan of the home.pdf', pdf));
}

// As it comes out of a printer: nothing beside the sheet, no frame.
export async function print({ done, doc }) {
  const { page } = (await as('chair')).scripted;
  for (const [name, address] of [['report', `${doc(done, 'Rapid review report')}/versions/1`], ['chronology', `${done.href}/chronology`], ['receipt', `${doc(done, 'Rapid review report')}/versions/1/receipt`]]) {
    await page.goto(url + address);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 672, height: 950 });      // A4 less its margins
    const faults = await overflow(page), shown = await page.evaluate(() => ['nav', 'footer', '.app-viewer__out', '.govuk-skip-link'].filter((q) => [...document.querySelectorAll(q)].some((n) => n.checkVisibility())));
    await shot(page, `print-${name}`);
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1280, height: 900 });
    ok(!faults.length && !shown.length, `printed: ${name}`, [...faults, ...shown.map((s) => `is printed: ${s}`)]);
  }
}

// Last of all: the case is destroyed, the disk is full, the service is away.
export async function end({ running }) {
  execFileSync(process.env.DOSSIER_PROGRAM, ['shred', running.reference, '--yes', '-c', process.env.DOSSIER_CONF], { stdio: 'ignore' });
  await look('error-410', 'coordinator', running.href, { status: 410 });
  await look('dashboard-destroyed', 'coordinator', '/work');
  const disk = process.env.DOSSIER_DISK, filler = disk && join(disk, 'filler');
  if (disk) {
    const full = async (page) => {
      await page.goto(`${url}/work`);
      for (let i = 0; i < 50 && statfsSync(disk).bavail > 0; i++) try { appendFileSync(filler, Buffer.alloc(statfsSync(disk).bavail * statfsSync(disk).bsize)); } catch { /* now it is full */ }
      await press(page, /^Open a case/);
    };
    await look('error-507', 'notifier', full, { status: 507 });
    rmSync(filler, { force: true });
  } else skip('error-507', 'no small disk can be mounted here');
  process.kill(Number(process.env.DOSSIER_SERVER), 'SIGTERM');
  const { page } = (await as('')).plain;
  for (let i = 0; i < 60 && (await page.goto(`${url}/health`)).status() !== 503; i++) await page.waitForTimeout(500);
  await look('error-503-nginx', '', '/sign-in', { status: 503 });
}
