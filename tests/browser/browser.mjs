// What the tests in a browser share: chromium, people who sign in, TAP. Run by *.test, which start nginx and server (tests/http/lib.sh) and load a case.
import { createRequire } from 'node:module';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// The packages are installed beside the build, never in the source tree.
const packages = createRequire(join(process.env.DOSSIER_BROWSER, 'package.json'));
const { chromium } = packages('playwright-core');
export const axeSource = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');

export const url = process.env.DOSSIER_URL;
const shots = join(process.env.DOSSIER_BROWSER, 'shots');
export const sent = join(process.env.DOSSIER_BROWSER, 'sent');      // pages as the server sent them, for vnu.mjs
for (const folder of [shots, sent]) { rmSync(folder, { recursive: true, force: true }); mkdirSync(folder, { recursive: true }); }

// The file of tests/data/demo/load.mjs: login, password, name.
export const passwords = Object.fromEntries(readFileSync(process.env.DOSSIER_ACCOUNTS, 'utf8').split('\n').filter(Boolean).map((line) => line.split(/\s+/)));

let number = 0, failed = 0;
export function ok(passed, what, details = []) {
  number++;
  if (!passed) failed++;
  console.log(`${passed ? 'ok' : 'not ok'} ${number} - ${what}`);
  if (!passed) for (const line of [details].flat().slice(0, 40)) console.log(`#   ${String(line).replace(/\n/g, '\n#   ')}`);
  return passed;
}
export const skip = (what, why) => console.log(`ok ${++number} - ${what} # SKIP ${why}`);
export function finish() {
  console.log(`1..${number}`);
  process.exitCode = failed ? 1 : 0;
}
export const note = (text) => console.log(`# ${text}`);

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium-headless-shell',      // without the window's own pages it takes half the time
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
export const close = () => browser.close();

// Keeps the bytes of every page that a window without script is sent: one file for each address (ids and numbers aside) and each shape of its elements.
function keepSent(page) {
  page.on('response', async (r) => {
    if (!r.request().isNavigationRequest() || !/^text\/html/.test(r.headers()['content-type'] ?? '')) return;
    const html = await r.text().catch(() => '');       // the window has gone on: what it leads to is kept
    if (!html) return;
    const place = new URL(r.url()).pathname.replace(/\/[0-9a-z]{16}(?=\/|$)/g, '/x').replace(/\d+/g, '0');
    const shape = createHash('sha1').update(`${place}${r.status()}${html.replace(/>[^<]*(?=<|$)/g, '>').replace(/="[^"]*"/g, '')}`).digest('hex').slice(0, 10);
    writeFileSync(join(sent, `${place.slice(1).replace(/\W+/g, '-').slice(0, 80)}-${r.status()}-${shape}.html`), html);
  });
}

// --- from page to page ------------------------------------------------------------------------------------------------------------
// Every navigation of every walk goes through leads(), goto() or reload() of a window, so that no page is passed without a look (every.mjs).
let lookAt = async () => {};
export const onEveryPage = (look) => { lookAt = look; };
export const missed = [];
const seen = new WeakMap();       // page → { script, login, status of the page it is at, how many pages came since the last look, plain: not for axe, pictured: by look() }
export const seenBy = (page) => seen.get(page);

async function arrived(page) {
  const about = seen.get(page);
  if (about.came > 1) missed.push(`${about.came - 1} before ${page.url()}`);
  about.came = 0;
  if (page.url().startsWith(url)) await lookAt(page, about);
}

// What is done leads to another page; the page that comes is looked at.
export async function leads(page, act) {
  const came = page.waitForNavigation().catch((e) => e);
  await act();
  const error = await came;
  if (error instanceof Error) throw error;
  await arrived(page);
}

function watch(page, about) {
  seen.set(page, about);
  page.on('response', (r) => { if (r.request().isNavigationRequest() && r.frame() === page.mainFrame()) about.status = r.status(); });
  page.on('domcontentloaded', () => { if (page.url().startsWith(url)) about.came++; });
  for (const how of ['goto', 'reload']) {
    const plain = page[how].bind(page);
    page[how] = async (...to) => { const answer = await plain(...to); await arrived(page); return answer; };
  }
}

// A window: its page, and what the console said that nobody expected (a refused style, a failed script, a broken file).
export async function open({ script = true, width = 1280, height = 900 } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: script, viewport: { width, height }, locale: 'en-GB', timezoneId: 'Europe/London', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const noise = [];
  page.setDefaultTimeout(30000);
  if (!script) keepSent(page);
  watch(page, { script, login: '', status: 200, came: 0, plain: false });
  // The status of the page itself (a 404 that a test asks for) is told by Chromium as an error too.
  page.on('console', (m) => { if (m.type() === 'error' && !/the server responded with a status of [45]\d\d/.test(m.text())) noise.push(m.text()); });
  page.on('pageerror', (e) => noise.push(String(e)));
  page.on('requestfailed', (r) => { if (!/ERR_ABORTED/.test(r.failure()?.errorText ?? '')) noise.push(`${r.url()} ${r.failure()?.errorText}`); });
  page.on('response', (r) => { if (r.status() >= 400 && r.request().resourceType() !== 'document') noise.push(`${r.status()} ${r.url()}`); });
  return { context, page, noise, script };
}

export async function signIn(window, login, password = passwords[login]) {
  const { page } = window;
  await page.goto(`${url}/sign-in?next=/work`);
  await page.getByLabel('Username').or(page.locator('[name=login]')).first().fill(login);
  await page.locator('[name=password]').fill(password);
  seen.get(page).login = login;
  await leads(page, () => page.getByRole('button', { name: 'Sign in' }).click());
}

export async function shot(page, name) {
  await page.screenshot({ path: join(shots, `${name}.jpeg`), type: 'jpeg', quality: 75, fullPage: true });
}

// What a page says of what went wrong, for the message of a failed test.
export async function complaint(page) {
  const problems = await page.locator('.govuk-error-summary li').allInnerTexts();
  return [`${page.url()}: ${await page.title()}`, ...problems.length ? problems : [(await page.locator('main').innerText().catch(() => '')).slice(0, 400)]];
}
