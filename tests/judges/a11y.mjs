#!/usr/bin/env node
// axe-core, the Nu HTML checker and html-validate over pages, and a browser
// that says what its console says, with and without scripts: a11y.mjs URL...
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium, end, require, say } from './judge.mjs'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice']
// Matters of taste that no reader of a page meets.
const RULES = {
  'form-dup-name': ['error',
    { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],
  'input-missing-label': 'error',
  'no-inline-style': 'error',
  'no-implicit-input-type': 'off',
  'long-title': 'off',
  'no-trailing-whitespace': 'off',
  'doctype-style': 'off',
  'void-style': 'off',
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'a11y-'))
const pages = []
for (const url of process.argv.slice(2)) {
  const reply = await fetch(url, { headers: { Accept: 'text/html' } })
  const file = path.join(folder, `${pages.length}.html`)
  fs.writeFileSync(file, await reply.text())
  say(`HTML ${url}`, /^text\/html/.test(reply.headers.get('content-type'))
    ? [] : ['it is none'])
  pages.push({ url, file })
}

function nu() {
  const jar = require.resolve('vnu-jar/package.json')
    .replace('package.json', 'build/dist/vnu.jar')
  const run = spawnSync('java', ['-jar', jar, '--format', 'json', '--stdout',
    '--exit-zero-always', ...pages.map(page => page.file)],
  { encoding: 'utf8', maxBuffer: 1 << 28 })
  const { messages } = JSON.parse(run.stdout)
  for (const { url, file } of pages)
    say(`vnu ${url}`, messages
      .filter(m => m.url.endsWith(file) &&
        (m.type !== 'info' || m.subType === 'warning'))
      .map(m => `${m.subType || m.type}: ${m.message} (line ${m.lastLine})`))
}

async function htmlValidate() {
  const { HtmlValidate } = require('html-validate')
  const judge = new HtmlValidate({
    extends: ['html-validate:recommended'], rules: RULES })
  for (const { url, file } of pages) {
    const report = await judge.validateString(fs.readFileSync(file, 'utf8'))
    say(`html-validate ${url}`, report.results.flatMap(r => r.messages)
      .map(m => `${m.ruleId}: ${m.message} (line ${m.line})`))
  }
}

async function axe(page) {
  await page.evaluate(
    fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'))
  const { violations } = await page.evaluate(tags => window.axe.run(
    document, { runOnly: { type: 'tag', values: tags } }), TAGS)
  return violations.map(v => `${v.impact} ${v.id}: ${v.help} ` +
    `(${v.nodes.length}x) ${v.nodes[0].html.slice(0, 120)}`)
}

// The page's own policy holds: what it forbids is said on the console. axe
// comes in through the debugger's door.
async function browse(browser, options, width) {
  const context = await browser.newContext(
    { viewport: { width, height: 800 }, ...options })
  const page = await context.newPage()
  let errors = []
  page.on('pageerror', error => errors.push(`page error ${error.message}`))
  page.on('console', m => m.type() === 'error' && errors.push(m.text()))
  for (const { url } of pages) {
    errors = []
    await page.setViewportSize({ width, height: 800 })
    await page.goto(url, { waitUntil: 'load' })
    const words = await page.locator('main').innerText()
    if (!words.trim())
      errors.push('it is empty')
    if (options.javaScriptEnabled) {
      // the whole page at once: what the bar with Save covers can be
      // scrolled from under it, which axe does not try
      await page.setViewportSize({ width, height: await page.evaluate(
        () => document.documentElement.scrollHeight) })
      errors.push(...await axe(page))
    }
    say(`${options.javaScriptEnabled ? 'axe' : 'without scripts'} ${width} ` +
      `${options.colorScheme} ${url}`, errors)
  }
  await context.close()
}

nu()
await htmlValidate()
const browser = await chromium()
await browse(browser, { javaScriptEnabled: true, colorScheme: 'light' }, 360)
await browse(browser, { javaScriptEnabled: true, colorScheme: 'dark' }, 1280)
await browse(browser, { javaScriptEnabled: false, colorScheme: 'light' }, 1280)
await browser.close()
fs.rmSync(folder, { recursive: true })
end()
