// Everything that a browser looks at, on one server: the journeys, every family of pages in every state, the keyboard; then all that was sent, by the checker of HTML.
import { close, finish, missed, note, ok } from './browser.mjs';
import { everyPage } from './every.mjs';
import { journeys } from './journey.mjs';
import { byKeyboard } from './keys.mjs';
import { pages } from './pages.mjs';
import { end } from './states.mjs';
import { bySteps } from './steps.mjs';
import { vnu } from './vnu.mjs';

const begun = Date.now();
const timed = async (what, run) => { const at = Date.now(), made = await run; note(`${what}: ${Math.round((Date.now() - at) / 1000)} s`); return made; };
try {
  const [where] = await Promise.all([timed('pages', pages()), timed('journeys', journeys())]);
  await Promise.all([timed('keyboard', byKeyboard(where)), timed('steps', bySteps(where))]);
  await timed('end', end(where));
} catch (e) { ok(false, 'the walk reaches its end', e.stack); }
everyPage(missed);
await close();
await vnu();
note(`all: ${Math.round((Date.now() - begun) / 1000)} s`);
finish();
