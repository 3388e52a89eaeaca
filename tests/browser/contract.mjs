// What a page must keep besides what axe looks for: ids, headings, links, tables, errors. Runs on a page as the server wrote it (script off).

// In the browser: a list of faults, each with its rule.
function faults() {
  const found = [], say = (rule, what) => found.push(`${rule}: ${what}`);
  const all = (query, from = document) => [...from.querySelectorAll(query)], text = (n) => n.textContent.replace(/\s+/g, ' ').trim();
  const main = document.querySelector('main') ?? document.body, byId = (id) => document.getElementById(id);
  for (const name of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for', 'headers'])
    for (const n of all(`[${name}]`)) for (const id of n.getAttribute(name).split(/\s+/).filter(Boolean)) if (!byId(id)) say('1 named id exists', `${n.tagName} ${name}=${id}`);
  const ids = all('[id]').map((n) => n.id);
  for (const id of new Set(ids.filter((one, i) => ids.indexOf(one) !== i))) say('2 id once', id);
  for (const a of all('a[href^="#"]')) if (a.getAttribute('href') !== '#' && !byId(decodeURIComponent(a.hash.slice(1)))) say('3 target exists', a.getAttribute('href'));
  const summary = document.querySelector('.govuk-error-summary'), lines = summary ? all('li', summary).map(text) : [];
  if (!!summary !== document.title.startsWith('Error: ')) say('4 title says Error', document.title);
  for (const e of all('.govuk-error-message', main)) {
    const words = text(e).replace(/^Error: ?/, '');
    if (!lines.includes(words)) say('5 error in summary', words);
    if (!e.querySelector('a') && !all('[aria-describedby]').some((c) => c.getAttribute('aria-describedby').split(/\s+/).includes(e.id))) say('5 error named by its control', words);
  }
  for (const a of summary ? all('a[href^="#"]', summary) : []) {
    const to = byId(decodeURIComponent(a.hash.slice(1))), control = 'input, select, textarea, button, a[href]';
    if (to && !to.matches(control) && !to.querySelector(control)) say('6 summary leads to a control', a.hash);
  }
  for (const t of all('table')) {
    if (!t.caption || !text(t.caption)) say('7 table has a caption', text(t).slice(0, 50));
    for (const row of all('tbody tr', t)) if (!row.querySelector('th[scope=row]')) say('7 row has a header', text(row).slice(0, 50));
  }
  for (const t of all('.govuk-tag')) if (!text(t)) say('8 no empty tag', t.outerHTML);
  for (const a of all('a', main)) if (!text(a) || /^(click here|here|more|read more|link|view|change|download)$/i.test(text(a))) say('9 link says where to', `“${text(a)}” ${a.getAttribute('href')}`);
  for (const n of all('*')) for (const at of n.attributes) if (at.name === 'style' || at.name.startsWith('on')) say('10 no style or handler', `${n.tagName} ${at.name}`);
  if (all('style').length) say('10 no style or handler', 'style element');
  for (const f of all('form[method=post]')) {
    if (!f.hasAttribute('novalidate')) say('11 novalidate', f.getAttribute('action'));
    if (all('input[type=hidden][name=csrf]', f).length !== 1) say('11 one csrf field', f.getAttribute('action'));
  }
  if (all('h1').length !== 1) say('12 one h1', all('h1').length);
  if (/govuk-header__|govuk-footer__crown|govuk-footer__copyright-logo|govuk-logotype|GDS Transport/.test(document.documentElement.outerHTML) || /GDS Transport/.test(getComputedStyle(document.body).fontFamily)) say('13 no branding of gov.uk', '');
  return found;
}
export const contract = (page) => page.evaluate(faults);

// Wider than the window? Tells which elements stick out.
export const overflow = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.querySelectorAll('body *')].filter((n) => n.getBoundingClientRect().right > width + 1 && !n.closest('.app-scroll > *'));
  return [`${document.documentElement.scrollWidth} px wide`, ...out.slice(0, 8).map((n) => `${n.tagName}.${n.className} ${n.textContent.trim().slice(0, 40)}`)];
});

// Axe's rules that a page may break, with the reason. Empty, and meant to stay so.
const waived = {};
export async function axe(page, source) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.filter((v) => !waived[v.id]).flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target} ${n.failureSummary.split('\n')[1]?.trim() ?? v.help}`));
}

// Goes through the page by Tab: each stop must be in sight, uncovered, and marked.
export async function keyboard(page) {
  const found = [], seen = new Set();
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const n = document.activeElement;
      if (!n || n === document.body) return null;
      n.dataset.stop ??= String(document.querySelectorAll('[data-stop]').length + 1);
      const r = n.getBoundingClientRect(), style = getComputedStyle(n), label = getComputedStyle(n.nextElementSibling ?? n, '::before');
      const x = r.left + Math.min(r.width / 2, 20), y = r.top + Math.min(r.height / 2, 10), top = document.elementFromPoint(x, y);
      return { stop: n.dataset.stop, what: `${n.tagName} ${n.name ?? ''} ${n.textContent.trim().slice(0, 30)}`,
        inSight: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
        covered: !(top && (top === n || n.contains(top) || top.contains(n) || top.closest('label')?.htmlFor === n.id)),
        marked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none' || label.boxShadow !== 'none' || label.outlineStyle !== 'none' };
    });
    if (!at || seen.has(at.stop)) break;
    seen.add(at.stop);
    if (!at.inSight) found.push(`out of sight: ${at.what}`);
    else if (at.covered) found.push(`covered: ${at.what}`);
    if (!at.marked) found.push(`not marked: ${at.what}`);
  }
  const missed = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((n) => n.tabIndex >= 0 && !n.disabled && n.checkVisibility?.() && !n.dataset.stop && n.type !== 'radio').map((n) => `${n.tagName} ${n.name ?? ''} ${n.textContent.trim().slice(0, 30)}`));
  return { stops: seen.size, found: [...found, ...missed.map((m) => `not reached: ${m}`)] };
}
