// The checker of HTML over every page that the walks were sent, the pages that nginx has by itself, and what is published: in one run.
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { note, ok, sent, skip } from './browser.mjs';

const run = promisify(execFile);
const jar = join(dirname(createRequire(join(process.env.DOSSIER_BROWSER, 'package.json')).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');

// Beside the pages that were sent, the files that no walk can be sent by every way (an error page of nginx) or that changed since.
function collect(name, folder) {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder, { recursive: true })) if (file.endsWith('.html')) copyFileSync(join(folder, file), join(sent, `${name}-${file.replace(/\W+/g, '-')}.html`));
}

// What it may say, with the reason.
const waived = {
  'The “group” role is unnecessary for element “fieldset”.': 'the design system keeps it on dates: JAWS does not say the legend without it (its date-input template says so)',
};

export async function vnu() {
  try { await run('java', ['-version']); } catch { return skip('vnu finds nothing on any page', 'java is not installed'); }
  collect('nginx', fileURLToPath(new URL('../../nginx/pages', import.meta.url)));
  collect('published', process.env.DOSSIER_PUBLISHED);
  const pages = readdirSync(sent).length, begun = Date.now();
  const { stderr, stdout } = await run('java', ['-Xss2m', '-Xmx512m', '-jar', jar, '--format', 'json', '--exit-zero-always', sent], { maxBuffer: 1 << 26 });
  const { messages } = JSON.parse(stderr || stdout), said = new Map();
  for (const m of messages.filter((one) => !waived[one.message])) {
    const what = `${m.subType ?? m.type}: ${m.message}`;
    (said.get(what) ?? said.set(what, []).get(what)).push(`${basename(m.url ?? '')}:${m.lastLine ?? 0} ${(m.extract ?? '').replace(/\s+/g, ' ')}`);
  }
  note(`vnu: ${pages} pages in ${Math.round((Date.now() - begun) / 1000)} s`);
  ok(pages > 100 && said.size === 0, 'vnu finds nothing on any page', [`${pages} pages`, ...[...said].flatMap(([what, where]) => [`${what} (${where.length} times)`, ...where.slice(0, 2)])]);
}
