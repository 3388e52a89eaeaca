// A whole journey with Tab, Enter, Space, an arrow in a list, and typing: from the sign-in page to the receipt of a letter, with script and without. At each stop the
// focus must be seen; on each page the skip link must lead past the head; nothing may hold the focus.
import { complaint, leads, note, ok, open, passwords, shot, url } from './browser.mjs';
import { focus } from './contract.mjs';

async function walk(script, running) {
  const { page, context } = await open({ script }), faults = [];
  let stops = 0;
  const seen = async () => {
    const at = await focus(page);
    if (at) stops++;
    faults.push(...(at?.faults ?? []).map((f) => `${new URL(page.url()).pathname}: ${f}`));
    return at;
  };
  const tab = async () => { await page.keyboard.press('Tab'); return seen(); };
  const must = (held, what) => { if (!held) throw new Error(what); };
  async function tabTo(what, fits) {
    for (let i = 0; i < 300; i++) {
      const at = await tab();
      if (at && fits(at)) return at;
    }
    throw new Error(`no Tab reaches ${what}`);
  }
  const link = (words) => tabTo(`the link “${words}”`, (at) => at.tag === 'A' && at.inMain && at.text.startsWith(words));
  const button = (words) => tabTo(`the button “${words}”`, (at) => at.tag === 'BUTTON' && at.text.startsWith(words));
  const press = (key) => leads(page, () => page.keyboard.press(key));
  // The first Tab of a page is the skip link; behind it the focus is in the main part.
  async function skip() {
    must((await tab())?.href === '#main-content', 'the first Tab is not the skip link');
    await page.keyboard.press('Enter');
    const at = await tab();
    must(at === null || at.inMain, `behind the skip link the focus is at ${at?.tag} ${at?.text}`);
    await page.keyboard.press('Shift+Tab');
    await page.evaluate(() => document.activeElement.blur());
  }
  // From here to the button: every control that holds nothing is given something.
  async function answerAll(last) {
    for (let i = 0; i < 300; i++) {
      const at = await tab();
      if (at?.tag === 'BUTTON' && at.text.startsWith(last)) return;
      if (!at?.inMain || at.value || !at.name || at.tag === 'BUTTON') continue;
      if (at.choice) await page.keyboard.press('Space');
      else if (at.tag === 'SELECT') await page.keyboard.press('ArrowDown');
      else if (!/\.(day|month|year)$|^reply\./.test(at.name)) await page.keyboard.type('Written with the keyboard');
    }
    throw new Error(`no Tab reaches the button “${last}”`);
  }

  try {
    await page.goto(`${url}/sign-in?next=/work`);
    await skip();
    await tabTo('the name', (at) => at.name === 'login');
    await page.keyboard.type('coordinator');
    await tabTo('the password', (at) => at.name === 'password');
    await page.keyboard.type(passwords.coordinator);
    await press('Enter');
    await skip();
    await link(running.reference);
    await press('Enter');
    await skip();
    await button('Start: Letter');
    await press('Space');
    await skip();
    await link('The letter');
    await press('Enter');
    await button('Save and continue');
    await press('Enter');
    must(/^Error: /.test(await page.title()), 'an empty letter has no error');
    must(!script || await page.evaluate(() => document.activeElement.matches('.govuk-error-summary')), 'with script the focus is not at the summary of errors');
    const problem = await tabTo('the first error', (at) => at.tag === 'A' && at.inMain && at.href.startsWith('#'));
    await page.keyboard.press('Enter');
    const field = await seen();
    must(/^head\./.test(field?.name ?? ''), `the error “${problem.text}” leads to ${field?.tag} ${field?.name}`);
    if (field.tag === 'SELECT') await page.keyboard.press('ArrowDown');
    for (let i = 0; i < 8 && !page.url().endsWith('/submit'); i++) {
      await answerAll('Save and continue');
      await press('Enter');
    }
    must(page.url().endsWith('/submit'), 'the sections do not lead to the check of answers');
    await skip();
    await button('Submit');
    await press('Space');
    must(/version\s1/.test(await page.locator('.govuk-panel').innerText()), 'no receipt');
    await skip();
    await button('Sign out');
    await press('Enter');
    must(new URL(page.url()).pathname !== '/work', 'still signed in');
  } catch (e) {
    faults.push(e.message, ...await complaint(page));
    await shot(page, `lost-keyboard-${script ? 'a' : 'b'}`).catch(() => {});
  }
  note(`by keyboard alone, ${script ? 'with' : 'without'} script: ${stops} stops`);
  ok(!faults.length, `by keyboard alone, ${script ? 'with' : 'without'} script: sign in, begin a letter, correct an error, check, submit, receipt`, faults);
  await context.close();
}

export const byKeyboard = ({ running }) => Promise.all([walk(true, running), walk(false, running)]);
