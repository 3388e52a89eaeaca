// Installs what package-lock.json names into the build directory, once; two tests at the same time wait for each other.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url)), to = process.env.DOSSIER_BROWSER, done = join(to, 'node_modules/.package-lock.json'), lock = join(to, 'installing');
const same = () => existsSync(done) && readFileSync(join(to, 'package-lock.json'), 'utf8') === readFileSync(join(here, 'package-lock.json'), 'utf8');
mkdirSync(to, { recursive: true });
for (let waited = 0; !same(); waited++) {
  try { mkdirSync(lock); } catch {
    if (waited > 240 || Date.now() - statSync(lock, { throwIfNoEntry: false })?.mtimeMs > 120000) rmSync(lock, { recursive: true, force: true });     // left by a test that was killed
    await new Promise((go) => { setTimeout(go, 500); });
    continue;
  }
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(here, name), join(to, name));
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: to, stdio: ['ignore', 'ignore', 'inherit'] });
  } finally { rmSync(lock, { recursive: true, force: true }); }
}
