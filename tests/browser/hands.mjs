// Two ways of doing the same on a page: with the pointer, and with the keyboard alone.
import { leads } from './browser.mjs';
import { focus } from './contract.mjs';

export const pointer = {
  name: 'pointer', faults: [], stops: 0,
  go: (page, place) => leads(page, () => place.first().click()),
  unfold: (page, place) => place.first().click(),
  write: (page, place, text) => place.first().fill(text),
  choose: (page, place, value) => place.first().selectOption(value),
  tick: (page, place) => place.first().check(),
  attach: (page, place, file) => place.first().setInputFiles(file),
};

// In the browser: how many stops of Tab lie between where the focus is and where it should be (less than none: Shift and Tab). A group of
// radios is one stop. Where nothing has the focus, Tab begins where the address leads to.
function route(target) {
  const focused = document.activeElement, nowhere = !focused || focused === document.body, from = nowhere ? document.getElementById(location.hash.slice(1)) : focused;
  const group = (n) => n.type === 'radio' && n.name ? `${[...document.forms].indexOf(n.form)} ${n.name}` : n, groups = new Set();
  const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((n) => n.tabIndex >= 0 && !n.disabled && n.checkVisibility({ visibilityProperty: true }) && !groups.has(group(n)) && groups.add(group(n)));
  const wanted = stops.findIndex((n) => group(n) === group(target));
  if (wanted < 0) return { lost: `${target.tagName} ${target.name ?? ''} is no stop of Tab` };
  if (from && !nowhere && group(from) === group(target)) return { steps: 0 };
  const after = from === null ? -1 : stops.findLastIndex((n) => n === from || group(n) === group(from) || n.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_FOLLOWING);
  const steps = wanted > after ? wanted - after : wanted - after - (stops[after] === from || group(stops[after]) === group(from) ? 0 : 1);
  const sort = (n) => `${n.tagName} ${n.type ?? ''} ${n.name ?? ''} ${n.className} ${n.name ? '' : n.textContent.trim().slice(0, 40)}`.replace(/[0-9a-z]{16}/g, '*').replace(/\d+/g, '#');
  return { steps, top: from === null, passed: stops.slice(Math.min(wanted, after + 1), Math.max(wanted, after) + 1).map(sort) };
}

// Every sort of stop on each kind of page must be seen: in the window, uncovered, marked. A page is entered by its skip link.
export function keyboard() {
  const hand = { name: 'keyboard', faults: [], stops: 0 }, looked = new Set();
  async function tab(page, key) {
    await page.keyboard.press(key);
    const at = await focus(page);
    if (!at) return null;
    hand.stops++;
    hand.faults.push(...at.faults.map((f) => `${new URL(page.url()).pathname}: ${f}`).filter((f) => !hand.faults.includes(f)));
    return at;
  }
  async function skip(page) {
    const first = await tab(page, 'Tab');
    if (first?.href !== '#main-content') throw new Error(`the first Tab of ${page.url()} is not the skip link but ${first?.tag} ${first?.text}`);
    await page.keyboard.press('Enter');
  }
  async function reach(page, place) {
    const target = await place.first().elementHandle();
    for (let round = 0; round < 4; round++) {
      const way = await page.evaluate(route, target);
      if (way.lost) throw new Error(way.lost);
      if (way.steps === 0) return;
      if (way.top && way.steps > 8) { await skip(page); continue; }
      const kind = new URL(page.url()).pathname.replace(/[0-9a-z]{16}/g, '*'), key = way.steps > 0 ? 'Tab' : 'Shift+Tab', fresh = way.passed.filter((sort) => !looked.has(`${kind} ${sort}`));
      for (let i = 0; i < Math.abs(way.steps); i++)
        if (fresh.length) await tab(page, key); else { await page.keyboard.press(key); hand.stops++; }
      for (const sort of fresh) looked.add(`${kind} ${sort}`);
    }
    const at = await focus(page);
    throw new Error(`Tab does not reach ${await target.evaluate((n) => `${n.tagName} ${n.name ?? ''} ${n.textContent.trim().slice(0, 40)}`)} but ${at?.tag} ${at?.name} ${at?.text}`);
  }
  const isLink = (place) => place.first().evaluate((n) => n.tagName === 'A');
  hand.go = async (page, place) => { await reach(page, place); const key = await isLink(place) ? 'Enter' : 'Space'; await leads(page, () => page.keyboard.press(key)); };
  hand.unfold = async (page, place) => { await reach(page, place); await page.keyboard.press('Enter'); };
  hand.enter = async (page, place) => { await reach(page, place); await leads(page, () => page.keyboard.press('Enter')); };
  // Some of it key by key; the rest comes as from an aid that types words.
  hand.write = async (page, place, text) => {
    await reach(page, place);
    await page.keyboard.press('Control+A');
    if (!text) return page.keyboard.press('Delete');
    await page.keyboard.type(text.slice(0, 6));
    if (text.length > 6) await page.keyboard.insertText(text.slice(6));
    const held = await place.first().inputValue();
    if (held !== text) throw new Error(`typed “${text}”, but the box holds “${held}”`);
  };
  hand.choose = async (page, place, wanted) => {
    await reach(page, place);
    const list = place.first(), label = wanted?.label;
    const steps = await list.evaluate((n, [value, words]) => [...n.options].findIndex((o) => words === undefined ? o.value === value : o.text.trim() === words) - n.selectedIndex, [wanted, label]);
    for (let i = 0; i < Math.abs(steps); i++) await page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
    const got = await list.evaluate((n) => [n.value, n.selectedOptions[0]?.text.trim()]);
    if ((label === undefined ? got[0] : got[1]) !== (label ?? wanted)) throw new Error(`arrows do not reach “${label ?? wanted}” but “${got[1]}”`);
  };
  hand.tick = async (page, place) => {
    const box = place.first();
    if (await box.isChecked()) return;
    await reach(page, box);
    if (await box.getAttribute('type') === 'checkbox') await page.keyboard.press('Space');
    for (let i = 0; i < 60 && !await box.isChecked(); i++) {
      if (await box.evaluate((n) => n === document.activeElement)) await page.keyboard.press('Space'); else await page.keyboard.press('ArrowDown');
    }
    if (!await box.isChecked()) throw new Error(`no key ticks ${await box.getAttribute('name')} ${await box.getAttribute('value')}`);
  };
  // Playwright takes choosers from the browser only while somebody listens, and begins to a moment later: a key pressed at once may be lost.
  hand.attach = async (page, place, file) => {
    const listening = () => {};
    page.on('filechooser', listening);
    await reach(page, place);
    let chooser = null;
    for (let i = 0; i < 3 && !chooser; i++) {
      const asked = page.waitForEvent('filechooser', { timeout: 10000 }).catch(() => null);
      await page.keyboard.press('Space');
      chooser = await asked;
    }
    page.off('filechooser', listening);
    if (!chooser) throw new Error('no key opens the choice of a file');
    await chooser.setFiles(file);
  };
  return hand;
}
