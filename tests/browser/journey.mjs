// One rapid review from notification to withdrawn page, as the people who do it see it: every step is a link followed, a box filled, a button pressed.
// Walked twice, with script and without. The case is small (two children, two agencies, short answers) and wholly made up.
import { axeSource, complaint, note, ok, open, shot, signIn, url } from './browser.mjs';
import { axe, contract, overflow } from './contract.mjs';
import { date, today } from './form.mjs';
import { keyboard } from './hands.mjs';
import { Lost, stop, walker } from './way.mjs';

const born = date(4, 5, 2019);

export async function one(script, hand, mark) {
  const slug = `ask-who-is-in-the-home-${mark}`;
  const way = walker(script, hand), { said, windows, fill, as, atCase, atDocument, go, press, follow, crumb, accepted, step, state, write, submit } = way;
  let publicationHref = '';

  const steps = {
    'the sign-in page refuses a wrong password': async () => {
      const window = await open({ script });
      await signIn(window, 'notifier', 'wrong');
      if (!/^Error: /.test(await window.page.title())) await stop(window.page, 'no error in the title');
      await window.context.close();
    },

    'the notifier opens a case and fills the notification': async () => {
      const page = await as('notifier');
      await press(page, /^Open a case/);
      way.caseHref = new URL(page.url()).pathname.replace(/\/documents\/.*/, '');
      await write(page, {
        'Children': async (p) => {
          await fill(p, [[/child\.1\.id$/, 'P1'], [/\.name$/, 'Rosalind Quillfeather'], [/\.born$/, born], [/living-with$/, 'P3'], [/harm\.when$/, today()]]);
          await press(p, 'Add another child');
          await fill(p, [[/child\.2\.id$/, 'P2'], [/child\.2\.identity\.name$/, 'Barnaby Quillfeather'], [/living-with$/, 'P3'], [/\.born$/, born]]);
          await press(p, 'Save and continue');        // the adult is not there yet: it is said, and kept all the same
          if (!/^Error: /.test(await p.title()) || await p.locator('[name$="child.2.identity.name"]').inputValue() !== 'Barnaby Quillfeather') await stop(p, 'a missing adult is not said');
          for (let round = 0; round < 2; round++) {        // what the answers about the second child ask besides, and what those ask
            await fill(p, [[/harm\.when$/, today()]]);
            await press(p, 'Save and continue');
          }
          await crumb(p, 'Serious incident notification');
        },
        'Household': async (p) => {
          await press(p, 'Add adult');
          await fill(p, [[/adult\.1\.id$/, 'P3'], [/adult\.1\.name$/, 'Philippa Quillfeather'], [/\.born$/, date(9, 8, 1990)]]);
          await press(p, 'Add another adult');
          await press(p, 'Remove adult 2');
        },
        'Safety now': async (p) => {
          await press(p, /^Add child/);
          await fill(p, [[/child\.1\.who$/, 'P1']]);
          await press(p, /^Add another child/);
          await fill(p, [[/child\.2\.who$/, 'P2']]);
        },
        'Agencies known to be involved': async (p) => {
          await fill(p, [[/agency\.1\.agency$/, 'Peakland Police'], [/agency\.1\.name$/, 'Peakland Police']]);
          await press(p, /^Add another agency/);
          await fill(p, [[/agency\.2\.agency$/, 'Larkwell Primary School'], [/agency\.2\.name$/, 'Larkwell Primary School']]);
        },
      });
      await submit(page);
    },

    'the notifier records that the Panel was notified': async () => {
      await step(await atCase('notifier'), 'Record that the Panel was notified');
    },

    'the co-ordinator gives people their parts': async () => {
      const page = await as('coordinator');
      await page.goto(url + way.caseHref);
      const parts = { 'Ada Fenwick': 'Rapid review co-ordinator', 'Ngozi Bright': 'Chair of the rapid review', 'Owen Tarn': 'Partner: local authority', 'Sunita Vale': 'Partner: integrated care board',
        'Callum Stone': 'Partner: police', 'Mina Frost': 'Business unit', 'Rowan Ash': 'Redactor', 'Petra Lind': 'Clearance (information governance)', 'Jonas Hale': 'Partnership executive', 'Bea Corr': 'Publisher' };
      for (const [name, role] of Object.entries(parts)) {
        await hand.unfold(page, page.locator('summary', { hasText: 'Give somebody a part' }));
        const option = await page.locator('select[name=account] option', { hasText: name }).first().getAttribute('value');
        await hand.choose(page, page.locator('select[name=account]'), option);
        await hand.choose(page, page.locator('select[name=role]'), { label: role });
        await press(page, 'Add this person');
        await accepted(page, `${name} as ${role}`);
      }
      const table = await page.locator('table', { hasText: 'People with a part' }).innerText();
      for (const [name, role] of Object.entries(parts)) if (!table.includes(name) || !table.includes(role)) await stop(page, `${name} is not listed as ${role}`);
    },

    'the register begins with the people of the notification': async () => {
      const page = await atCase('coordinator');
      await press(page, /^Start: Register/);
      await follow(page, 'People');
      const names = await page.locator('main input[name$=".who.name"], main td').evaluateAll((list) => list.map((c) => c.value ?? c.textContent));
      for (const name of ['Rosalind Quillfeather', 'Barnaby Quillfeather', 'Philippa Quillfeather']) if (!names.includes(name)) await stop(page, `${name} is not in the register: ${names.filter(Boolean)}`);
      await crumb(page, 'Register of people and places');
      await write(page, {});
      await submit(page);
    },

    'the co-ordinator sends the requests': async () => {
      await step(await atCase('coordinator'), 'Send the requests to agencies', [['agencies', ['Peakland Police', 'Larkwell Primary School']], [/period-from$/, date(1, 1, 2024)]]);
    },

    'an agency’s author acknowledges and fills the return section by section': async () => {
      const page = await atDocument('author.peakland-police', 'Agency return: Peakland Police');
      await step(page, 'Acknowledge the request');
      await write(page, {
        'Chronology': async (p) => {
          await fill(p, [[/event\.1\.id$/, 'PP-01'], [/event\.1\.when$/, date(8, 2, 2025)]]);
          await press(p, 'Add another event');
          await fill(p, [[/event\.2\.id$/, 'PP-02'], [/event\.2\.when$/, date(9, 3, 2025)], [/event\.2\.source$/, 'log 0417']]);
          await press(p, 'Add another event');            // long rows: from the third on a page each
          await fill(p, [[/event\.3\.id$/, 'PP-03'], [/event\.3\.when$/, date(9, 4, 2025)]]);
          await press(p, 'Save and continue');
          await follow(p, 'Change event 3');
          if (await p.locator('[name$="event.3.id"]').inputValue() !== 'PP-03') await stop(p, 'the third event is not what was typed');
          await press(p, 'Remove event 3');
          if (await p.locator('[name$="event.2.source"]').inputValue() !== 'log 0417') await stop(p, 'the second event is not what was typed');
        },
      });
      await submit(page);
    },

    'the other agency knows nothing': async () => {
      await step(await atDocument('author.larkwell-primary', 'Agency return: Larkwell Primary School'), 'Say that nothing is known');
    },

    'the manager signs off, the co-ordinator asks, the author answers, the co-ordinator accepts': async () => {
      await step(await atDocument('manager.peakland-police', 'Agency return: Peakland Police'), 'Sign the return off');
      await step(await atDocument('coordinator', 'Agency return: Peakland Police'), 'Ask the agency');
      await step(await atDocument('author.peakland-police', 'Agency return: Peakland Police'), 'Answer the queries');
      await step(await atDocument('coordinator', 'Agency return: Peakland Police'), 'Accept the return');
    },

    'the chair closes the returns, releases the pack, records the meeting': async () => {
      await step(await atCase('chair'), 'Close the returns: all are in');
      await step(await atCase('chair'), 'Release the pack to the meeting');
      const page = await atDocument('chair', 'Record of the meeting');
      await write(page, {
        'Criteria and recommendation': [[/recommendation$/, 'no-lcspr'], [/dissent$/, null]],
      });
      await submit(page);
      await step(await atCase('chair'), 'Record the meeting');
      await state(await atCase('chair'), 'Report in draft');
    },

    'the chair writes the report': async () => {
      const page = await atDocument('chair', 'Rapid review report');
      await write(page, {
        'Actions': async (p) => {
          await press(p, 'Add action');
          await fill(p, [[/action\.1\.id$/, 'A1']]);
        },
        'Learning': [[/\.number$/, '1'], [/\.actions$/, 'A1']],
        'Decision': [[/outcome$/, 'no-lcspr']],
      });
      await submit(page);
      await step(await atCase('chair'), 'Send the report for fact check and signatures');
    },

    'three partners sign': async () => {
      const asked = await atCase('partner.la');
      await follow(asked, 'Sign the decision');
      if (!/You sign Rapid review report, version 1, word for word/.test(await asked.locator('main').innerText())) await stop(asked, 'it is not said what is signed');
      await follow(asked, 'Rapid review report, version 1');
      for (const partner of ['la', 'icb', 'police']) await step(await atCase(`partner.${partner}`), 'Sign the decision', [['agrees', 'agree']]);
      await state(await atCase('coordinator'), 'Signed by the partners');
    },

    'the co-ordinator sends the report to the Panel, records its reply, answers it, and confirms the decision': async () => {
      const page = await atCase('coordinator');
      await follow(page, 'Letter to the Panel');
      await write(page, {});
      await submit(page);
      await step(await atCase('coordinator'), 'Record that the report was sent to the Panel');
      await follow(page, 'Reply of the Panel');
      await write(page, {
        'The letter': [[/outcome$/, 'agrees-with-queries']],
        'Queries': async (p) => {
          await press(p, 'Add query');
          await fill(p, [[/query\.1\.number$/, '1'], [/query\.1\.answer$/, 'Both calls are in one log.'], [/answered-on$/, today()]]);
        },
      });
      await submit(page);
      await step(await atCase('coordinator'), 'Record the Panel’s reply', [[/outcome$/, 'agrees-with-queries']]);
      await step(page, 'Record the answer to the Panel’s queries');
      await step(page, 'Confirm the decision', [[/outcome$/, 'no-lcspr']]);
    },

    'the business unit writes the learning page and records the checks': async () => {
      const page = await atCase('business');
      await step(page, 'Begin the learning page');
      await follow(page, 'Learning on one page');
      const lead = ['Ask who is in the home.', 'Write down what was said.', 'Look at the whole year.'];
      await write(page, {
        'Title': [[/title$/, 'Ask who is in the home'], [/review-by$/, date(1, 6, today().year + 2)]],
        'Context': [[/text$/, 'A young child was hurt. Details have been changed or left out so that nobody can be recognised.']],
        'What life was like': [[/text$/, 'Home was not always calm and meals were sometimes late. Rosalind liked to draw.']],
        'What we learned': lead.map((words, i) => [new RegExp(`point\\.${i + 1}\\.lead$`), words]),
        'Good practice': [[/text$/, 'Staff listened and acted on the same day.']],
        'What has changed': [[/text$/, 'Every call is now written down by both sides.']],
        'Ask in supervision': [[/text$/, 'Who have I not yet asked?']],
        'How to raise a concern': [[/text$/, 'Use the contact details on our website.']],
        'Source map (never published)': [[/passage$/, 'L1'], [/refs$/, 'A1']],
      });
      await submit(page);
      await step(page, 'Record the agencies’ fact check');
      await step(page, 'Record the investigator’s check');
      await step(page, 'Record the family’s view', [[/outcome$/, 'agrees']]);
      await step(await atCase('business'), 'Hand the learning page to the redactor');
    },

    'the redactor marks words, accepts words and makes the page': async () => {
      const page = await atDocument('redactor', 'Learning on one page');
      await press(page, /^Begin: /);
      // The one state of a publication that pages.mjs cannot come by: before anything was made.
      const faults = script ? await axe(page, axeSource) : await contract(page);
      await page.setViewportSize({ width: 320, height: 900 });
      faults.push(...await overflow(page));
      await page.setViewportSize({ width: 1280, height: 900 });
      if (script) await shot(page, 'publication-draft-1280');
      if (faults.length) await stop(page, `the page of the redactor: ${faults.join('; ')}`);
      await hand.unfold(page, page.locator('summary', { hasText: 'Change more words here: Good practice seen' }));
      const block = page.locator('section', { has: page.locator('h3', { hasText: 'Good practice seen' }) });
      await hand.write(page, block.locator('[name=text]'), 'on the same day');
      await hand.choose(page, block.locator('[name=action]'), 'replace');
      await hand.write(page, block.locator('[name=with]'), 'at once');
      await hand.write(page, block.locator('[name=reason]'), 'Says when it was.');
      await press(page, 'Change these words');
      if (!(await block.first().innerText()).includes('Staff listened and acted at once.')) await stop(page, 'the mark is not to be seen');
      if (!/Rosalind/.test(await page.locator('main').innerText())) await stop(page, 'the written text is not shown');
      for (let round = 0; round < 4; round++) {
        const form = page.locator('form', { has: page.locator('input[name=item]') }).first();
        if (!await form.count()) break;
        for (const why of await form.locator('input[name=reason]').all()) await hand.write(page, why, 'Read in its sentence: it names nobody.');
        await go(page, form.getByRole('button', { name: /that have a reason$/ }));
        await accepted(page, 'accepting words');
      }
      await hand.write(page, page.locator('[name=slug]'), slug);
      await press(page, 'Make the page and check it');
      await accepted(page, 'making the page');
      await state(page, 'Waiting for clearance');
      await press(page, 'Record whether the child can be recognised');
      await fill(page);
      await press(page, 'Record whether the child can be recognised');
      await accepted(page, 'testing whether the child can be recognised');
    },

    'clearance and executive approve, the publisher publishes': async () => {
      for (const [login, button, after] of [['clearance', 'Approve exactly this page', 'Cleared, waiting for approval'], ['executive', 'Approve exactly this page', 'Approved, waiting for release'], ['publisher', 'Publish', 'Published']]) {
        const page = await atCase(login);
        await follow(page, page.locator('main a[href*="/publications/"]'));
        await press(page, button);
        if (button === 'Publish') {      // what, where, from when: asked before it is public
          const asked = await page.locator('main').innerText();
          for (const words of ['Publish this page?', `/reviews/${slug}`, 'At once', 'Approved by', 'How to take it back']) if (!asked.includes(words)) await stop(page, `the question before publishing does not say “${words}”`);
          await press(page, 'Publish this page');
        }
        await accepted(page, `${login}: ${button}`);
        await state(page, after);
        publicationHref = page.url();
      }
    },

    'the public finds and reads the page': async () => {
      const page = (windows.public = await open({ script })).page;
      await page.goto(`${url}/reviews/`);
      for (let i = 0; i < 40 && !await page.locator(`a[href="/reviews/${slug}"]`).count(); i++) await page.waitForTimeout(250).then(() => page.reload());   // the clerk writes the files
      await follow(page, page.locator(`a[href="/reviews/${slug}"]`));
      const text = await page.locator('body').innerText(), source = await page.content();
      if (await page.locator('h1').innerText() !== 'Ask who is in the home' || !text.includes('Staff listened and acted at once.')) await stop(page, 'this is not the page that was approved');
      if (/Rosalind|Quillfeather|Barnaby|Philippa|2026-00/i.test(source)) await stop(page, 'a name of the register is public');
    },

    'the duty officer withdraws it, the public is told': async () => {
      const page = await as('duty');
      await page.goto(publicationHref);
      await hand.write(page, page.locator('[name=reason]'), 'This page is being corrected.');
      await press(page, 'Withdraw this page');
      await state(page, 'Withdrawn');
      const reader = windows.public.page;
      let answer;
      for (let i = 0; i < 40; i++) {
        answer = await reader.goto(`${url}/reviews/${slug}`);
        if (answer.status() === 410) break;
        await reader.waitForTimeout(250);
      }
      if (answer.status() !== 410 || !(await reader.locator('main').innerText()).includes('This page is being corrected.')) await stop(reader, `after withdrawal it answers ${answer.status()}`);
    },
  };

  for (const [what, run] of Object.entries(steps)) {
    try { await run(); ok(true, `${said}: ${what}`); } catch (e) {
      ok(false, `${said}: ${what}`, [e instanceof Lost ? e.message : e.stack, ...e instanceof Lost ? [] : (await Promise.all(Object.values(windows).map((w) => complaint(w.page).catch(() => [])))).flat()]);
      for (const [login, w] of Object.entries(windows)) await shot(w.page, `lost-${mark}-${login}`).catch(() => {});
      break;
    }
  }
  const noise = await way.close();
  note(`${said}: ${hand.stops} stops`);
  ok(!hand.faults.length, `${said}: every stop of Tab is seen`, hand.faults);
  ok(!noise.length, `${said}: no page has an error in the console`, noise);
}

// By keys alone; the pointer goes everywhere else (pages.mjs, states.mjs).
export const journeys = () => Promise.all([one(true, keyboard(), 'a'), one(false, keyboard(), 'b')]);
