// Fills the form on a page as somebody would who reads labels: what the test says by name or label, else something likely for what must be answered.
// Nothing here knows a form; only controls that can be seen are touched, so what another answer reveals is filled when it appears.
import { pointer } from './hands.mjs';

const today = () => { const [y, m, d] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date()).split('-').map(Number); return { day: d, month: m, year: y }; };
export const date = (day, month, year) => ({ day, month, year });
export { today };

// Every field of the page's form: its name, kind, words, whether it may stay empty, what it holds.
function controls() {
  const main = document.querySelector('main'), fields = new Map();
  const text = (node) => node ? node.textContent.replace(/\s+/g, ' ').trim() : '';
  for (const c of main.querySelectorAll('form[method=post] input, form[method=post] select, form[method=post] textarea')) {
    const box = c.type === 'radio' || c.type === 'checkbox' ? c.closest('.govuk-radios__item, .govuk-checkboxes__item') ?? c : c;
    if (c.type === 'hidden' || c.type === 'submit' || c.type === 'file' || !box.getClientRects().length) continue;
    const label = text(main.querySelector(`label[for="${CSS.escape(c.id)}"]`)), legend = text(c.closest('fieldset')?.querySelector('legend'));
    const grouped = c.type === 'radio' || c.type === 'checkbox' || /\.(day|month|year)$/.test(c.name);
    const known = c.name.endsWith('.unknown') || c.name.endsWith('.precision');
    const f = fields.get(c.name) ?? fields.set(c.name, { name: c.name, kind: c.tagName === 'SELECT' ? 'select' : c.tagName === 'TEXTAREA' ? 'textarea' : c.type,
      label: grouped && !known ? legend : label, optional: /\((optional|needed for some answers)\)/.test(grouped ? legend : label), options: [], filled: false }).get(c.name);
    if (f.kind === 'select') { f.options = [...c.options].map((o) => ({ value: o.value, text: o.text })); f.filled = c.value !== ''; }
    else if (c.type === 'radio' || c.type === 'checkbox') { f.options.push({ value: c.value, text: label }); f.filled ||= c.checked; }
    else f.filled = c.value !== '';
  }
  return [...fields.values()];
}

function likely(field) {
  const label = field.label.toLowerCase(), part = field.name.match(/\.(day|month|year)$/)?.[1];
  if (part) return String(today()[part]);
  if (field.name.endsWith('.unknown')) return undefined;
  if (field.name.endsWith('.precision')) return 'exact';
  if (field.kind === 'checkbox' || field.kind === 'radio') return field.options[0].value;
  if (field.kind === 'select') return field.options.find((o) => o.value)?.value;
  if (field.kind === 'textarea') return 'A short answer for the test.';
  if (/e-?mail/.test(label)) return 'someone@example.org';
  if (/phone/.test(label)) return '01632 960000';
  if (/^(time|start|end)\b/.test(label)) return '10:30';
  if (/how many|number of|count/.test(label)) return '1';
  return 'Test answer';
}

const matching = (answers, f) => answers.find(([key]) => key instanceof RegExp ? key.test(f.name) : key === f.name || key === f.label);
function valueFor(answers, f) {
  const whole = f.name.replace(/\.(day|month|year)$/, ''), part = f.name.slice(whole.length + 1);
  const said = matching(answers, f) ?? (part ? matching(answers, { ...f, name: whole }) : undefined);
  if (!said) return f.optional || f.filled ? undefined : likely(f);
  if (said[1] !== null && typeof said[1] === 'object' && !Array.isArray(said[1])) return part ? String(said[1][part]) : undefined;
  return said[1] ?? undefined;
}

async function set(page, f, value, hand) {
  const named = page.locator(`main [name="${f.name}"]`);
  const wanted = (one) => f.options.find((o) => o.value === one || o.text === one || o.text.startsWith(`${one},`))?.value ?? one;
  if (f.kind === 'select') return hand.choose(page, named, wanted(value));
  if (f.kind !== 'radio' && f.kind !== 'checkbox') return hand.write(page, named, value);
  for (const one of [value].flat()) await hand.tick(page, page.locator(`main [name="${f.name}"][value="${wanted(one)}"]`));
}

// answers: [[name, label or RegExp of the name, value], …]; the first that fits counts; null leaves a field alone. A date is { day, month, year }.
export async function fill(page, answers = [], hand = pointer) {
  const done = new Set(), answered = new Set();
  for (let round = 0; round < 6; round++) {
    const fresh = (await page.evaluate(controls)).filter((f) => !done.has(f.name));
    if (!fresh.length) return;
    for (const f of fresh) {
      done.add(f.name);
      // How exact a date is, is asked only of a date that is given.
      const value = f.name.endsWith('.precision') && !f.filled && !answered.has(f.name.replace('.precision', '.year')) ? undefined : valueFor(answers, f);
      if (value === undefined) continue;
      answered.add(f.name);
      await set(page, f, value, hand);
    }
  }
}
