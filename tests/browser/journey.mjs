// One rapid review from notification to withdrawn page, as the people who do it see it: every step is a link followed, a box filled, a button pressed.
// Walked twice, with script and without. The case is small (two children, two agencies, short answers) and wholly made up.
import { close, complaint, finish, note, ok, open, passwords, shot, signIn, url } from './browser.mjs';
import { date, fill, today } from './form.mjs';

class Lost extends Error {}
const stop = async (page, why) => { throw new Lost([why, ...await complaint(page)].join('\n')); };
const born = date(4, 5, 2019);

async function walk(script) {
  const way = script ? 'with script' : 'without script', mark = script ? 'a' : 'b';
  const windows = {}, noise = [];
  let caseHref = '';

  // --- moving about ---
  async function as(login) {
    if (!windows[login]) {
      windows[login] = await open({ script });
      await signIn(windows[login], login);
      if (new URL(windows[login].page.url()).pathname !== '/work') await stop(windows[login].page, `${login} cannot sign in`);
    }
    return windows[login].page;
  }
  async function atCase(login) {
    const page = await as(login);
    await page.goto(`${url}/work`);
    await follow(page, page.locator(`main a[href="${caseHref}"]`));
    return page;
  }
  async function atDocument(login, title) {
    const page = await atCase(login);
    return follow(page, title);
  }
  // A click that leads to a page, and the page that comes.
  async function go(page, place) {
    await Promise.all([page.waitForNavigation(), place.first().click()]);
    return page;
  }
  const press = (page, name) => go(page, page.getByRole('button', { name, exact: typeof name === 'string' }));
  const follow = (page, name) => go(page, typeof name === 'string' ? page.getByRole('link', { name, exact: true }) : name);
  async function accepted(page, what) {
    if (await page.locator('.govuk-error-summary').count() || /^Error: |went wrong|changed in the meantime|cannot do this/.test(await page.title())) await stop(page, what);
    return page;
  }
  // A step: the link under “What you can do now”, its form, its button.
  async function step(page, title, answers = []) {
    await follow(page, title);
    await fill(page, answers);
    await press(page, title);
    return accepted(page, title);
  }
  async function state(page, words) {
    const says = await page.locator('main strong').first().innerText();
    if (says !== words) await stop(page, `the page says “${says}”, not “${words}”`);
  }

  // Every section of the document on the page, from its list; plan: label → answers, or a function that fills the page.
  async function write(page, plan) {
    const home = page.url();
    const labels = await page.locator('.govuk-task-list__link').allInnerTexts();
    for (const label of labels) {
      await follow(page, label);
      const said = plan[label];
      if (typeof said === 'function') await said(page);
      else await fill(page, said);
      if (page.url() === home) continue;
      await press(page, 'Save and continue');
      await accepted(page, `section “${label}”`);
      if (page.url() !== home) await stop(page, `after “${label}” the list of sections should come back`);
    }
    const open = await page.locator('.govuk-task-list .govuk-tag--red').count();
    if (open) await stop(page, `${open} sections still have a problem`);
    return page;
  }
  async function submit(page) {
    await follow(page, 'Check your answers and submit');
    await fill(page);               // reasons for warnings
    await press(page, /^(Submit|Accept and submit|Send)/);
    await accepted(page, 'submitting');
    if (!/version 1/.test(await page.locator('.govuk-panel').innerText())) await stop(page, 'no receipt');
    await follow(page, 'Go to the document');
  }

  const steps = {
    'the sign-in page refuses a wrong password': async () => {
      const window = await open({ script });
      await signIn(window, 'notifier', 'wrong');
      if (!/^Error: /.test(await window.page.title())) await stop(window.page, 'no error in the title');
      await window.context.close();
    },

    'the notifier opens a case and fills the notification': async () => {
      const page = await as('notifier');
      await press(page, /^Open a case/);
      caseHref = new URL(page.url()).pathname.replace(/\/documents\/.*/, '');
      await write(page, {
        'Children': async (p) => {
          await fill(p, [[/child\.1\.id$/, 'P1'], [/\.name$/, 'Rosalind Quillfeather'], [/\.born$/, born], [/living-with$/, 'P3'], [/harm\.when$/, today()]]);
          await press(p, 'Add another child');
          await fill(p, [[/child\.2\.id$/, 'P2'], [/child\.2\.identity\.name$/, 'Barnaby Quillfeather'], [/living-with$/, 'P3'], [/\.born$/, born]]);
          await press(p, 'Save and continue');        // the adult is not there yet: it is said, and kept all the same
          if (!/^Error: /.test(await p.title()) || await p.locator('[name$="child.2.identity.name"]').inputValue() !== 'Barnaby Quillfeather') await stop(p, 'a missing adult is not said');
          await follow(p, p.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Serious incident notification' }));
        },
        'Household': async (p) => {
          await press(p, 'Add adult');
          await fill(p, [[/adult\.1\.id$/, 'P3'], [/adult\.1\.name$/, 'Philippa Quillfeather'], [/\.born$/, date(9, 8, 1990)]]);
          await press(p, 'Add another adult');
          await press(p, 'Remove adult 2');
        },
        'Agencies known to be involved': async (p) => {
          await fill(p, [[/agency\.1\.agency$/, 'Peakland Police'], [/agency\.1\.name$/, 'Peakland Police']]);
          await press(p, /^Add another agency/);
          await fill(p, [[/agency\.2\.agency$/, 'Larkwell Primary School'], [/agency\.2\.name$/, 'Larkwell Primary School']]);
        },
      });
      await submit(page);
    },

    'the notifier records that the Panel was notified': async () => {
      await step(await atCase('notifier'), 'Record that the Panel was notified');
    },

    'the co-ordinator gives people their parts': async () => {
      const page = await as('coordinator');
      await page.goto(url + caseHref);
      const parts = { 'Ada Fenwick': 'Rapid review co-ordinator', 'Ngozi Bright': 'Chair of the rapid review', 'Owen Tarn': 'Partner: local authority', 'Sunita Vale': 'Partner: integrated care board',
        'Callum Stone': 'Partner: police', 'Mina Frost': 'Business unit', 'Rowan Ash': 'Redactor', 'Petra Lind': 'Clearance (information governance)', 'Jonas Hale': 'Partnership executive', 'Bea Corr': 'Publisher' };
      for (const [name, role] of Object.entries(parts)) {
        await page.locator('summary', { hasText: 'Give somebody a part' }).click();
        const option = await page.locator('select[name=account] option', { hasText: name }).first().getAttribute('value');
        await page.locator('select[name=account]').selectOption(option);
        await page.locator('select[name=role]').selectOption({ label: role });
        await press(page, 'Add this person');
        await accepted(page, `${name} as ${role}`);
      }
      const table = await page.locator('table', { hasText: 'People with a part' }).innerText();
      for (const [name, role] of Object.entries(parts)) if (!table.includes(name) || !table.includes(role)) await stop(page, `${name} is not listed as ${role}`);
    },

    'the register begins with the people of the notification': async () => {
      const page = await atCase('coordinator');
      await press(page, /^Start: Register/);
      await follow(page, 'People');
      const names = await page.locator('main input[name$=".who.name"], main td').evaluateAll((list) => list.map((c) => c.value ?? c.textContent));
      for (const name of ['Rosalind Quillfeather', 'Barnaby Quillfeather', 'Philippa Quillfeather']) if (!names.includes(name)) await stop(page, `${name} is not in the register: ${names.filter(Boolean)}`);
      await page.goBack();
      await write(page, {});
      await submit(page);
    },
  };

  for (const [what, run] of Object.entries(steps)) {
    try { await run(); ok(true, `${way}: ${what}`); } catch (e) {
      ok(false, `${way}: ${what}`, e instanceof Lost ? e.message : e.stack);
      for (const [login, w] of Object.entries(windows)) await shot(w.page, `lost-${mark}-${login}`).catch(() => {});
      break;
    }
  }
  for (const [login, w] of Object.entries(windows)) noise.push(...w.noise.map((n) => `${login}: ${n}`));
  ok(!noise.length, `${way}: no page has an error in the console`, noise);
  for (const w of Object.values(windows)) await w.context.close();
}

try {
  for (const script of [true, false]) await walk(script);
} finally {
  await close();
  finish();
}
