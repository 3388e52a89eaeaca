// One page looked at as somebody sees it: at 1280 and 320 px, with axe, the contract of contract.mjs, nothing to scroll to or cut off, no word in the console, and,
// where asked, every stop of the keyboard. Its pictures stay in the build directory, shots/.
import { axeSource, leads, note, ok, open, seenBy, shot, signIn, url } from './browser.mjs';
import { axe, contract, keyboard, overflow, spaced, together } from './contract.mjs';

const windows = {};

// Somebody's two windows: with script, and without.
export async function as(login) {
  if (windows[login]) return windows[login];
  const pair = { scripted: await open(), plain: await open({ script: false }) };
  if (login) for (const w of [pair.scripted, pair.plain]) await signIn(w, login);
  return windows[login] = pair;
}
export const go = (page, place) => leads(page, () => place.first().click());
export const press = (page, name) => go(page, page.getByRole('button', { name, exact: typeof name === 'string' }));

// Gets there, by an address or a walk; says what the last page answered.
async function reach(w, to, timeout) {
  let last;
  const listen = (r) => { if (r.request().isNavigationRequest() && r.frame() === w.page.mainFrame() && (r.status() < 300 || r.status() >= 400)) last = r.status(); };
  w.page.on('response', listen);
  if (typeof to === 'string') await w.page.goto(url + to, { timeout }); else await to(w.page);
  w.page.off('response', listen);
  return last;
}

async function atWidth(page, width, { name, small, quick, check }) {
  const faults = [];
  await page.setViewportSize({ width, height: 900 });
  if (width === 320) await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));   // what is folded away counts too
  if ((width === 1280 || small) && !quick) faults.push(...((width === 1280 && seenBy(page).axe) || await axe(page, axeSource)).map((f) => `axe at ${width}: ${f}`));
  faults.push(...(await overflow(page)).map((f) => `at ${width}: ${f}`));
  if (width === 320 && check) faults.push(...(await spaced(page)).map((f) => `at ${width} with more space: ${f}`));
  if ((width === 1280 || small) && !quick) await shot(page, `${name}-${width}`);
  return faults;
}

// to: an address, or a walk that ends on the page; status is what its answer must be; small: looked at by axe at 320 px, and its picture
// kept, as well; says, never: words of its main part; quick: neither axe nor picture (what has been replaced).
export async function look(name, login, to, { status = 200, keys = false, small = true, quick = false, says, never, timeout = 30000 } = {}) {
  const faults = [];
  try {
    const { scripted, plain } = await as(login);
    scripted.noise.length = 0;
    for (const w of [scripted, plain]) Object.assign(seenBy(w.page), { plain: quick, pictured: true });
    const answers = typeof to === 'string' ? await Promise.all([plain, scripted].map((w) => reach(w, to, timeout))) : [await reach(plain, to), await reach(scripted, to)];
    for (const last of answers) if (last !== status) faults.push(`answered ${last}, not ${status}: ${await scripted.page.title()}`);
    faults.push(...await contract(plain.page), ...await together(plain.page, login, status));
    const words = (await plain.page.locator('main').innerText()).replace(/\s+/g, ' ');
    if (says && !says.test(words)) faults.push(`does not say ${says}: ${words.slice(0, 400)}`);
    if (never?.test(words)) faults.push(`says ${words.match(never)[0]}`);
    for (const width of [1280, 320]) faults.push(...await atWidth(scripted.page, width, { name, small, quick, check: status === 200 && !quick }));
    await scripted.page.setViewportSize({ width: 1280, height: 900 });
    if (keys) {
      const { stops, found } = await keyboard(scripted.page);
      note(`${name}: ${stops} stops by keyboard`);
      faults.push(...found.map((f) => `keyboard: ${f}`));
    }
    faults.push(...scripted.noise.map((n) => `console: ${n}`));
  } catch (e) { faults.push(e.stack); }
  return ok(!faults.length, name, faults);
}
