// What is looked at on every page that any walk comes to, also between two steps: open() of browser.mjs calls it after each navigation. A page without script keeps the
// contract, always; axe (with script), both widths and what is cut off: once for each kind of page and each shape that it is seen in.
import { axeSource, note, ok, onEveryPage, shot } from './browser.mjs';
import { axe, contract, overflow, together } from './contract.mjs';

const kinds = new Map();        // place → shape → how often seen
const pictures = new Set();     // places of which a picture is kept
const fitted = new Set();       // what was seen at both widths: each place with script and without, each shape once
const said = new Set();         // the same fault of a frame would be said on every page
let spent = 0, axed = 0;

// Where the page is, ids and numbers aside; what its main part is made of: components, fields, headings, what is wrong in it.
function shapeOf() {
  const main = document.querySelector('main') ?? document.body, plain = (words) => words.replace(/\d+/g, '0'), all = (query, of) => [...new Set([...main.querySelectorAll(query)].map(of))].sort();
  const place = location.pathname.replace(/\/[0-9a-hjkmnp-tv-z]{16}(?=\/|$)/g, '/x').replace(/\d+/g, '0').replace(/^\/reviews\/.+/, '/reviews/x');
  const classes = [...new Set([...main.querySelectorAll('[class]')].flatMap((n) => [...n.classList]))].sort();
  const wrong = all('.govuk-error-message', (n) => plain(n.parentElement.querySelector('[name]')?.name ?? ''));
  return { place, shape: JSON.stringify([classes, all('[name]', (n) => plain(n.getAttribute('name'))), wrong]) };
}

async function fits(page, name) {
  const faults = [];
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const opened = width === 320 ? await page.evaluate(() => [...document.querySelectorAll('details:not([open])')].map((d) => { d.open = true; d.dataset.folded = ''; }).length) : 0;       // what is folded away counts too
    faults.push(...(await overflow(page)).map((f) => `at ${width}: ${f}`));
    if (name) await shot(page, `${name}-${width}`);
    if (opened) await page.evaluate(() => document.querySelectorAll('[data-folded]').forEach((d) => { d.open = false; delete d.dataset.folded; }));
  }
  return faults;
}

// seen: of the window (browser.mjs): script, login, status; plain: its page is not for axe (what has been replaced, a hundred screens tall).
async function lookAt(page, seen) {
  const begun = Date.now(), { place, shape } = await page.evaluate(shapeOf), way = seen.script ? 'with script' : 'without script';
  const known = kinds.get(place) ?? kinds.set(place, new Map()).get(place), times = known.get(way + shape) ?? 0, faults = [];
  known.set(way + shape, times + 1);
  if (!seen.script) faults.push(...await contract(page), ...await together(page, seen.login, seen.status));
  seen.axe = undefined;
  if (!times) {
    if (seen.script && !seen.plain) { seen.axe = await axe(page, axeSource); axed++; faults.push(...seen.axe.map((f) => `axe: ${f}`)); }
    const pictured = seen.script && !seen.pictured && !pictures.has(place) && pictures.add(place);       // look() keeps its own
    const fresh = [place + shape, place + way].filter((what) => !fitted.has(what) && fitted.add(what));
    if (fresh.length || pictured) faults.push(...await fits(page, pictured ? `way-${place.slice(1).replace(/\W+/g, '-')}` : ''));
  }
  spent += Date.now() - begun;
  const told = faults.filter((f) => !said.has(place + f) && said.add(place + f));
  if (told.length) ok(false, `on the way, ${way}, ${seen.login || 'nobody'}: ${place}`, [page.url(), ...told]);
}

onEveryPage(lookAt);

// At the end: which kinds were looked at, in how many shapes, how often.
export function everyPage(missed) {
  const list = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([place, shapes]) => [place, shapes.size, [...shapes.values()].reduce((a, b) => a + b, 0)]);
  for (const [place, shapes, times] of list) note(`on the way: ${place}, ${shapes} shapes, seen ${times} times`);
  const sum = (i) => list.reduce((a, one) => a + one[i], 0);
  note(`on the way: ${list.length} kinds of pages in ${sum(1)} shapes, seen ${sum(2)} times; axe ${axed} times; ${Math.round(spent / 1000)} s in all windows together`);
  ok(list.length > 60 && said.size === 0, 'every page on the way holds the contract, fits at 320 and 1280 px, and axe finds nothing', [...said]);
  ok(!missed.length, 'no page was passed without a look', missed);
}
