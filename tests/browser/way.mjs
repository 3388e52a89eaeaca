// People who walk about in a case: to a page by its links, through the sections of a document, one step. How it is done, by pointer or by keys, the hand says (hands.mjs).
import { complaint, open, signIn, url } from './browser.mjs';
import { fill as fillBy } from './form.mjs';

export class Lost extends Error {}
export const stop = async (page, why) => { throw new Lost([why, ...await complaint(page)].join('\n')); };

export function walker(script, hand) {
  const windows = {}, way = { caseHref: '', hand, said: `${script ? 'with' : 'without'} script, by ${hand.name}` };
  const fill = (page, answers) => fillBy(page, answers, hand);

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
    await follow(page, page.locator(`main a[href="${way.caseHref}"]`));
    return page;
  }
  async function atDocument(login, title) {
    const page = await atCase(login);
    return go(page, page.locator('main table').getByRole('link', { name: title }));
  }
  // A click that leads to a page, and the page that comes.
  async function go(page, place) {
    await hand.go(page, place);
    return page;
  }
  const press = (page, name) => go(page, page.getByRole('button', { name, exact: typeof name === 'string' }));
  const follow = (page, name) => go(page, typeof name === 'string' ? page.getByRole('link', { name, exact: true }) : name);
  const crumb = (page, name) => go(page, page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name }));
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

  // Saves. What is asked only because of another answer is filled when the page says so.
  async function keep(page, what, answers) {
    await press(page, 'Save and continue');
    for (let round = 0; round < 2 && !page.url().endsWith('/submit') && await page.locator('.govuk-error-summary').count(); round++) {
      await fill(page, typeof answers === 'function' ? [] : answers);
      await press(page, 'Save and continue');
    }
    await accepted(page, what);
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
      for (const row of await page.locator('main table a[href^="?row="]').allInnerTexts()) {      // long rows: each on its own page
        await follow(page, row);
        await fill(page, typeof said === 'function' ? [] : said);
        await keep(page, `${label}: ${row}`, said);
      }
      if (page.url() === home) continue;
      const here = page.url();
      await keep(page, `section “${label}”`, said);
      const next = new URL(page.url()).pathname;
      if (page.url() === here || !(next.startsWith(`${new URL(home).pathname}/edit/`) || next.endsWith('/submit'))) await stop(page, `after “${label}” the next section should come, or the check of answers`);
      await page.goto(home);
    }
    const open = await page.locator('.govuk-task-list .govuk-tag--red').count();
    if (open) await stop(page, `${open} sections still have a problem`);
    return page;
  }
  async function submit(page) {
    await follow(page, 'Check your answers and submit');
    await fill(page);               // reasons for warnings
    await press(page, 'Submit');
    await accepted(page, 'submitting');
    if (!/version\s1/.test(await page.locator('.govuk-panel').innerText())) await stop(page, 'no receipt');
    await go(page, page.getByRole('link', { name: /^Go back to/ }));
  }

  const close = async () => {
    const noise = Object.entries(windows).flatMap(([login, w]) => w.noise.map((n) => `${login}: ${n}`));
    for (const w of Object.values(windows)) await w.context.close();
    return noise;
  };
  return Object.assign(way, { windows, fill, as, atCase, atDocument, go, press, follow, crumb, accepted, step, state, keep, write, submit, close });
}
