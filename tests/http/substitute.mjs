// The demo's documents with every private value replaced by another: `node substitute.mjs SEED FROM TO`. What may be private is replaced in all
// documents but the learning product: names (other lengths and scripts), numbers, addresses, dates of birth and of events; the order of the
// register's rows and the counts of people, places and forms are others too. The same seed gives the same files. The new names stand nowhere in the
// learning product: one that did would be asked about, and rightly.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [seed, from, to] = [Number(process.argv[2]), process.argv[3], process.argv[4]];

// mulberry32: small, and the same everywhere.
let state = (seed * 0x9e3779b9) >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = (n) => Math.floor(random() * n);
const shuffled = (list) => list.map((item) => [random(), item]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
const digits = (n) => Array.from({ length: n }, () => below(10)).join('');

const scripts = [
  { given: 'Bo Ash Tova Ines Olwen Gethin Fenella Bartholomew Ottoline Zeb Kit Ruby Peregrine Oswin Dilys'.split(' '),
    family: 'Ng Oxley Trevanion Featherstonehaugh Pym Quirke Wolstenholme Abney Izod Yates Vance Crabtree'.split(' ') },
  { given: 'Zoë Søren Łucja Jürgen Iñaki Béatrice Ågot Čeněk Ştefan Þóra Ğülay Ewélina Noé Ødgård Ümit'.split(' '),
    family: 'Müller Núñez Wałęsa Dvořák Øverbø Françoise-Léger Kovačević Yıldırım Þorsteinsson Ólafs Brînză Õunap'.split(' ') },
  { given: 'Ярослав Ганна Любов Юлія Євген Іванка Жанна Федір Щусь Богдана Катерина Михайло Глафіра Руслан Зоряна'.split(' '),
    family: 'Шевчук Гнатюк Коваленко Дячишин Лисенко Їжакевич Бойчук Федорів Чубай Заєць Цвіркун Юрчак'.split(' ') },
  { given: 'محمد فاطمة خديجة يوسف زينب إبراهيم مريم عبدالله حسين نورة سليمان جميلة طارق سعاد بلال'.split(' '),
    family: 'الحسيني البغدادي المصري الكردي النجار الخطيب القرشي الشامي الزهراني العطار الفارسي اليماني'.split(' ') },
  { given: '王秀英 李建国 张桂兰 刘晓明 陈玉华 杨志强 赵淑珍 黄丽娟 周海燕 吴文斌 徐凤英 孙建军 朱雪梅 高志远 林美玲'.split(' '),
    family: '欧阳 司马 诸葛 上官 夏侯 皇甫 尉迟 公孙 慕容 宇文 长孙 令狐'.split(' ') },
];
const streets = 'Quarry Foundry Gooseberry Tanyard Weaver Sexton Pinfold Kiln Dyehouse Cobbler'.split(' ');
const kinds = 'Lane Court Gardens Terrace Crescent'.split(' ');
const bodies = 'Thistledown Oakhurst Winterbourne Copperfield Silverdale Brambleby Kestrelmoor Fernhollow'.split(' ');

// Scripts in turn; each sixth seed mixes them.
const pool = (what) => shuffled(seed % 6 === 5 ? scripts.flatMap((s) => s[what].slice(0, 4)) : scripts[seed % 6][what]);
const given = pool('given'), family = pool('family'), street = shuffled(streets), body = shuffled(bodies);
const anyGiven = shuffled(scripts.flatMap((s) => s.given)), anyFamily = shuffled(scripts.flatMap((s) => s.family));
// "Poppy", "Pell" …: each word by itself, so that a name keeps what it shares with others. Staff have names of any script.
const twice = (word) => word + word.slice(-1);
const words = {
  Poppy: given[0], Poppie: twice(given[0]), Pops: given[0].slice(0, 3) + given[0].slice(0, 3), May: given[1], Mark: given[2], Marky: twice(given[2]), 'Kerry-Ann': given[3], 'Kerri-Ann': twice(given[3]),
  Kez: given[4], William: given[5], Will: given[6], James: given[7], Deano: twice(given[8]), Dean: given[8], Robert: given[9], Olena: given[10], Lena: given[11], Baba: given[12],
  Grace: given[13], Iris: given[14], 'Ashdown-Pell': `${family[0]}-${family[1]}`, 'Ashdown-Pells': `${family[0]}-${family[1]}s`, Ashdown: family[0], Pell: family[1], Marsh: family[2], Hrytsenko: family[3], 'O’Dell': family[4],
  "O'Dell": family[4], ODell: twice(family[4]), Beck: family[5], Олена: scripts[2].given[below(15)], Пелл: scripts[2].family[below(12)],
  Tamsin: anyGiven[0], Joan: anyGiven[1], Priya: anyGiven[2], Sven: anyGiven[3], Bola: anyGiven[4], Yusuf: anyGiven[5], Ruth: anyGiven[6], Reed: anyFamily[0], Gale: anyFamily[1], Nair: anyFamily[2],
  Lindqvist: anyFamily[3], 'Adeyemi-Hart': `${anyFamily[4]}-${anyFamily[5]}`, Adeyemi: anyFamily[4], Rahman: anyFamily[6], Hollis: anyFamily[7], Amin: anyFamily[8],
  'Marshgate Close': `${street[0]} ${kinds[below(5)]}`, Marshgate: street[0], 'Tannery Row': `${street[1]} ${kinds[below(5)]}`, 'Larch Fold': `${street[2]} ${kinds[below(5)]}`,
  'Rookery Lane': `${street[3]} ${kinds[below(5)]}`, Marlbeck: body[0], Larkwell: body[1], Ryebank: body[2], 'Peakland Royal': `${body[3]} Royal`,
  'P.A-P.': `${given[0][0]}.${family[0][0]}-Q.`, 'M.A-P.': `${given[2][0]}.${family[0][0]}-Q.`, KAP: 'ZQ' + 'VWXYK'[below(5)], DM: 'Q' + 'VWXYZ'[below(5)],
  'T. Reed': `${anyGiven[0][0]}. ${anyFamily[0]}`, 'P. Nair': `${anyGiven[2][0]}. ${anyFamily[2]}`, '@kez_makes_cakes': `@zz_${digits(4)}_bakes`, '@deano_marsh_91': `@qv_rides_${digits(3)}`,
  'kerryann.ap@example.org': `box${digits(5)}@example.org`, 'grace.odell@example.org': `post${digits(6)}@example.net`,
};

// NHS numbers carry a check digit (modulus 11).
function nhs() {
  for (;;) {
    const nine = `999${digits(6)}`, sum = [...nine].reduce((all, d, i) => all + Number(d) * (10 - i), 0), check = 11 - (sum % 11);
    if (check !== 10) return `${nine.slice(0, 3)} ${nine.slice(3, 6)} ${nine.slice(6)}${check % 11}`;
  }
}
const numbers = new Map();
const another = (old, make) => { if (!numbers.has(old)) numbers.set(old, make(old)); return numbers.get(old); };
const otherDigits = (old) => old.replace(/\d/g, () => below(10));
const shapes = [
  [/\b999 000 \d{4}\b/g, nhs], [/\b(07700 900\d{3}|01632 960\d{3})\b/g, (old) => `${old.slice(0, 5)} ${digits(6)}`], [/\bPR-\d{7}\b/g, otherDigits], [/\bHCS-\d{5}\b/g, otherDigits],
  [/\bLP-0417\b/g, () => `LP-${digits(4)}`], [/\bPK\/26\/0326\/042\b/g, () => `PK/${digits(2)}/${digits(4)}/${digits(3)}`], [/\b(0417\/08NOV|0311\/16AUG)\b/g, () => `${digits(4)}/0${1 + below(9)}DEC`],
  [/\bSIN-TEST-000427\b/g, () => `SIN-TEST-${digits(6)}`], [/\bRR26-07\b/g, () => `RR26-${10 + below(80)}`], [/\bHV\d \d[A-Z]{2}\b/g, () => `ZX${digits(1)} ${digits(1)}QV`],
  [/\b14(?= \p{L}+ (?:Close|Lane|Court|Gardens|Terrace|Crescent))/gu, () => String(20 + below(70))], [/\bno\. (?:14|16)\b/g, () => `no. ${20 + below(70)}`],
];

const escaped = Object.keys(words).sort((a, b) => b.length - a.length).map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const anyWord = new RegExp(`(?<![\\p{L}\\d@-])(?:${escaped.join('|')})(?![\\p{L}\\d])`, 'gu');
const isMonth = (text, at, length) => /\d\s*$/.test(text.slice(0, at)) || /^\s*\d/.test(text.slice(at + length));
const replaceText = (text) => {
  for (const [shape, make] of shapes) text = text.replace(shape, (old) => another(old, make));
  return text.replace(anyWord, (old, at, all) => old === 'May' && isMonth(all, at, old.length) ? old : words[old]);
};

const days = (iso, n) => new Date(Date.parse(`${iso}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10);
const earlier = 1 + below(9), births = new Map();
const dates = (text) => text.replace(/<(born)>(\d{4}-\d\d-\d\d)</g, (all, tag, iso) => { if (!births.has(iso)) births.set(iso, days(iso, below(600) - 300)); return `<${tag}>${births.get(iso)}<`; })
  .replace(/(<event>\s*<id>[^<]*<\/id>\s*<when><written>)(\d{4}-\d\d-\d\d)(<\/written><precision>exact)/g, (all, before, iso, after) => before + days(iso, -earlier) + after)
  .replace(/(<written>)(\d{4}-\d\d-\d\d)(<\/written><precision>on-or-about)/g, (all, before, iso, after) => before + days(iso, -earlier) + after);

// Rows of a group in another order; what is cut or added is named by nothing else.
const rows = (text, group, row, change) => text.replace(new RegExp(`(<${group}>)([\\s\\S]*?)(\\s*</${group}>)`), (all, open, inside, close) =>
  open + change([...inside.matchAll(new RegExp(`\\s*<${row}>[\\s\\S]*?</${row}>`, 'g'))].map((m) => m[0])).join('') + close);
const fewer = (list, keep) => list.filter((item) => keep(item) || random() < 0.7);
function register(text) {
  const extra = (id) => `\n<member><id>${id}</id><role>Support worker</role><agency>harrowdale-csc</agency><name>${anyGiven[10 + below(40)]} ${anyFamily[10 + below(40)]}</name><label>staff</label></member>`;
  const relative = (id) => `\n<person><id>${id}</id><who><subject>witness</subject><relation>neighbour</relation><name>${anyGiven[20 + below(40)]} ${anyFamily[20 + below(30)]}</name><born>19${60 + below(30)}-0${1 + below(9)}-1${below(9)}</born></who>` +
    `<standing><parental-responsibility>no</parental-responsibility><proceedings>none</proceedings><living>yes</living><under-18>no</under-18></standing><sealed><informant>yes</informant></sealed></person>`;
  text = rows(text, 'people', 'person', (list) => shuffled([...list.map((p) => rows(p, 'forms', 'form', (forms) => shuffled(fewer(forms, (f) => /<ordinary>yes/.test(f))))),
    ...Array.from({ length: below(3) }, (_, i) => relative(`P${20 + i}`))]));
  text = rows(text, 'staff', 'member', (list) => shuffled([...fewer(list, (m) => /<id>S6</.test(m)), ...Array.from({ length: below(4) }, (_, i) => extra(`S${20 + i}`))]));
  return rows(rows(text, 'places', 'place', shuffled), 'numbers', 'number', shuffled);
}

mkdirSync(to, { recursive: true });
for (const name of readdirSync(from).filter((n) => n.endsWith('.xml') && n !== 'learning.xml').sort()) {
  let text = readFileSync(join(from, name), 'utf8');
  text = dates(text).replace(/>([^<]+)</g, (all, inside) => `>${replaceText(inside)}<`);
  if (name === 'register.xml') text = register(text);
  writeFileSync(join(to, name), text);
}
