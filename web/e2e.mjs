/**
 * End-to-end test of the query page in Chromium, against a running server:
 *
 *     npm run e2e -- http://localhost:8080 /tmp/screenshots
 *
 * It tests whichever page the server has, GraphiQL or the plain one. It fails when an answer is missing or
 * has errors, and on any console error, any violation of the Content-Security-Policy, and any request to
 * another host.
 */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

const [base, folder] = process.argv.slice(2);
if (!base || !folder) {
  console.error('usage: npm run e2e -- BASE-URL SCREENSHOT-FOLDER');
  process.exit(2);
}
const timeout = 30_000;

/** watch collects what must not happen while a page is open. */
async function watch(page) {
  const problems = [];
  page.on('console', (message) => {
    // Monaco only warns when it cannot start a worker, and then does the work on the page itself.
    const workerFailed = message.type() === 'warning' && /worker/i.test(message.text());
    if (message.type() === 'error' || workerFailed) problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error}`));
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(base).origin) problems.push(`other host: ${request.url()}`);
  });
  page.on('response', async (response) => {
    if (!response.url().endsWith('/graphql')) return;
    const answer = await response.json().catch(() => null); // The body is gone after a reload.
    if (answer?.errors) problems.push(`errors in an answer: ${JSON.stringify(answer.errors)}`);
  });
  await page.exposeFunction('reportViolation', (text) => problems.push(`CSP: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.reportViolation(`${event.violatedDirective} blocks ${event.blockedURI}`);
    });
  });
  return problems;
}

/** shownAnswer waits for an answer other than the one before. Monaco renders spaces as U+00A0. */
async function shownAnswer(page, before = '') {
  const selector = '.graphiql-response .view-lines, #answer';
  await page.waitForFunction(
    ([selector, before]) => {
      const text = document.querySelector(selector)?.textContent ?? '';
      return /"(data|errors)"/.test(text) && text !== before;
    },
    [selector, before],
    { timeout },
  );
  const text = await page.textContent(selector);
  assert.ok(!text.includes('"errors"'), `the answer has errors: ${text}`);
  return text;
}

async function testPage(browser, colorScheme) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1440, height: 900 } });
  const problems = await watch(page);
  const screenshot = (name) => page.screenshot({ path: join(folder, `${colorScheme}-${name}.png`) });

  await page.goto(base, { timeout });
  const first = await shownAnswer(page);
  const current = page.locator('[data-example][aria-current]');
  assert.equal(await current.count(), 1, 'the first example is marked as the open one');
  await screenshot('1-first-example');

  const examples = page.locator('[data-example]');
  assert.ok((await examples.count()) > 1, 'there is more than one example');
  // By keyboard, so that the list is known to work without a mouse.
  await examples.nth(1).focus();
  await page.keyboard.press('Enter');
  await shownAnswer(page, first);
  assert.equal(await current.getAttribute('data-example'), await examples.nth(1).getAttribute('data-example'));
  await screenshot('2-second-example');

  if (await page.locator('.graphiql-container').count()) await testGraphiQL(page, first, screenshot);
  assert.deepEqual(problems, []);
  await page.close();
}

/** testGraphiQL checks what only the built page has: tabs, workers, documentation, history, stored state. */
async function testGraphiQL(page, first, screenshot) {
  const examples = page.locator('[data-example]');
  const tabs = page.locator('.graphiql-tab');
  const isCurrent = (index) => examples.nth(index).and(page.locator('[aria-current]')).waitFor({ timeout });

  const count = await examples.count();
  for (let i = 0; i < count; i++) await examples.nth(i).click(); // Without waiting for the answers.
  await isCurrent(count - 1);
  await examples.first().click();
  await page.waitForFunction(
    (first) => document.querySelector('.graphiql-response .view-lines').textContent === first,
    first,
    { timeout },
  );
  assert.equal(await tabs.count(), 1, 'reading examples takes one tab');

  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# my own note');
  await examples.nth(1).click();
  await isCurrent(1);
  await shownAnswer(page, first);
  assert.equal(await tabs.count(), 2, 'an edited query keeps its tab');
  await page.locator('#graphiql-session-tab-0').click();
  await page.locator('.graphiql-query-editor', { hasText: 'my\u00a0own\u00a0note' }).waitFor({ timeout });
  await examples.nth(1).click();
  await isCurrent(1);
  assert.equal(await tabs.count(), 2, 'the tab of the example is found again');
  await screenshot('3-own-query-and-example');

  await page.waitForFunction(() => performance.getEntriesByType('resource').some((e) => /worker/.test(e.name)), null, {
    timeout,
  });
  await page.getByRole('button', { name: 'documentation', exact: true }).click();
  await page.locator('.graphiql-doc-explorer-content', { hasText: 'query' }).waitFor({ timeout });
  await screenshot('4-documentation');
  await page.getByRole('button', { name: 'Show History' }).click();
  assert.ok((await page.locator('.graphiql-history-item').count()) > 0, 'the history lists the queries that ran');

  await page.waitForTimeout(1000); // GraphiQL stores its tabs half a second after the last change.
  await page.reload();
  await shownAnswer(page);
  assert.equal(await tabs.count(), 2, 'the tabs are still there after a reload');
  await screenshot('5-after-reload');
}

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  for (const colorScheme of ['light', 'dark']) await testPage(browser, colorScheme);
  console.log(`ok: ${base}, screenshots in ${folder}`);
} finally {
  await browser.close();
}
