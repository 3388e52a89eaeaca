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
    else if (!all('li', summary).some((line) => text(line) === words && line.querySelector('a[href^="#"]'))) say('5 summary leads to the error', words);
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

// Does not fit the window: the page scrolls to the side, or text is cut off, or a table can only be read by scrolling in its box (a picture may).
function unfit() {
  const width = document.documentElement.clientWidth, found = [], what = (n) => `${n.tagName}.${n.className} ${n.textContent.trim().slice(0, 40)}`;
  if (document.documentElement.scrollWidth > width) {
    const out = [...document.querySelectorAll('body *')].filter((n) => n.getBoundingClientRect().right > width + 1 && !n.closest('.app-scroll > *'));
    found.push(`${document.documentElement.scrollWidth} px wide`, ...out.slice(0, 8).map(what));
  }
  for (const n of document.querySelectorAll('body *')) {
    if (n.closest(`svg, textarea, input, select, .govuk-visually-hidden${width < 640 ? ', .app-rows thead' : ''}`) || n.classList.contains('govuk-skip-link') || !n.innerText?.trim() || !n.checkVisibility()) continue;
    const style = getComputedStyle(n), cuts = (value) => value !== 'visible', table = n.classList.contains('app-rows');
    if (n.classList.contains('app-scroll') && !(table && width < 640)) continue;
    if (cuts(style.overflowX) && n.scrollWidth > n.clientWidth + 1) found.push(`${table ? 'to be scrolled' : 'cut off'}: ${what(n)}`);
    else if (cuts(style.overflowY) && n.scrollHeight > n.clientHeight + 1 && !/auto|scroll/.test(style.overflowY)) found.push(`cut off: ${what(n)}`);
    else if (n.getBoundingClientRect().left < -1) found.push(`left of the window: ${what(n)}`);
  }
  return found.slice(0, 12);
}
export const overflow = (page) => page.evaluate(unfit);

// The same with the spacing that a reader may set (WCAG 1.4.12).
export async function spaced(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = [sheet];
  });
  const found = await overflow(page);
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  return found;
}

// What pages have together: the same header and footer for one person, a title of their own that ends with the name in the header.
const frames = new Map(), titles = new Map();
export async function together(page, login, status) {
  const found = [], seen = await page.evaluate(() => {
    const list = (query) => [...document.querySelectorAll(query)].map((n) => `${n.textContent.trim()} ${n.getAttribute('href')}`).join(' | ');
    return { title: document.title, name: document.querySelector('header a')?.textContent.trim(), path: location.pathname, error: !!document.querySelector('.govuk-error-summary'),
      frame: [list('header nav a'), list('footer a')].join(' / ') };
  });
  if (!seen.title.endsWith(` – ${seen.name}`)) found.push(`15 title names the service: ${seen.title}`);
  const frame = `${login} ${seen.name}`, before = frames.get(frame), place = titles.get(seen.title);
  if (before !== undefined && before !== seen.frame && !seen.frame.startsWith(' / '))      // a page of last words knows no viewer and has no menu
    found.push(`14 same header and footer: ${seen.frame}, elsewhere ${before}`);
  if (status === 200 && place !== undefined && place !== seen.path && !/^Error: /.test(seen.title)) found.push(`15 title is of this page alone: ${seen.title}, also of ${place}`);
  if (!seen.frame.startsWith(' / ')) frames.set(frame, seen.frame);
  if (status === 200) titles.set(seen.title, seen.path);
  return found;
}

// Axe's rules that a page may break, with the reason. Empty, and meant to stay so.
const waived = {};
export async function axe(page, source) {
  await page.evaluate(source);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return violations.filter((v) => !waived[v.id]).flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target} ${n.failureSummary.split('\n')[1]?.trim() ?? v.help}`));
}

// Where the focus is, and whether somebody sees it: in the window, uncovered, marked.
export const focus = (page) => page.evaluate(() => {
  const n = document.activeElement;
  if (!n || n === document.body) return null;
  n.dataset.stop ??= String(document.querySelectorAll('[data-stop]').length + 1);
  const r = [...n.getClientRects()].find((one) => one.width && one.height) ?? n.getBoundingClientRect(), style = getComputedStyle(n), label = getComputedStyle(n.nextElementSibling ?? n, '::before');
  const x = Math.max(r.left, 0) + Math.min(r.width / 2, 20), y = Math.max(r.top, 0) + Math.min(r.height / 2, 10), top = document.elementFromPoint(x, y);
  const what = `${n.tagName} ${n.name ?? ''} ${n.textContent.trim().slice(0, 30)}`, faults = [];
  if (!(r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth)) faults.push(`out of sight: ${what}`);
  else if (!(top && (top === n || n.contains(top) || top.contains(n) || top.closest('label')?.htmlFor === n.id))) faults.push(`covered: ${what}`);
  if (!((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none' || label.boxShadow !== 'none' || label.outlineStyle !== 'none')) faults.push(`not marked: ${what}`);
  return { stop: n.dataset.stop, faults, name: n.name ?? '', choice: n.type === 'radio', value: n.type === 'radio' ? document.querySelector(`[name="${CSS.escape(n.name)}"]:checked`)?.value ?? '' : n.value ?? '', tag: n.tagName, text: n.textContent.replace(/\s+/g, ' ').trim(), inMain: !!n.closest('main'), href: n.getAttribute('href') ?? '' };
});

// Goes through the page by Tab: each stop must be seen, none is left out, none holds the focus for ever.
export async function keyboard(page) {
  const found = [], seen = new Set();
  await page.evaluate(() => { window.scrollTo(0, 0); document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); });      // from the very top, also where a script has put the focus elsewhere
  for (let i = 0; i < 600; i++) {
    await page.keyboard.press('Tab');
    const at = await focus(page);
    if (at && seen.has(at.stop) && at.stop !== '1') found.push(`the focus does not get on from: ${at.tag} ${at.name} ${at.text.slice(0, 30)}`);
    if (!at || seen.has(at.stop)) break;
    seen.add(at.stop);
    found.push(...at.faults);
  }
  const missed = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((n) => n.tabIndex >= 0 && !n.disabled && n.checkVisibility?.() && !n.dataset.stop && n.type !== 'radio').map((n) => `${n.tagName} ${n.name ?? ''} ${n.textContent.trim().slice(0, 30)}`));
  return { stops: seen.size, found: [...found, ...missed.map((m) => `not reached: ${m}`)] };
}
