#!/usr/bin/env node
// Three engines edit one entry through its form, Chromium with scripts and
// without, Firefox, WebKitGTK; text browsers show it: engines.mjs URL FIELD,
// the field a number with two decimals.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { attempt, chromium, end, require, same } from './judge.mjs'

const [url, field] = process.argv.slice(2)
const CONTROL = `[name="${field}"]`
const SAVE = 'main form > .actions [type=submit]'

const stored = async () => Number((await (await fetch(
  url, { headers: { Accept: 'application/json' } })).json())[field])

// Another than the last one, so that each save can be told.
let last = Math.floor(Math.random() * 500)
const number = () => (++last / 100 + 1).toFixed(2)

async function until(what, condition) {
  for (let tries = 0; tries < 200; tries++) {
    const value = await Promise.resolve().then(condition).catch(() => null)
    if (value)
      return value
    await pause(50)
  }
  throw new Error(`waited in vain for ${what}`)
}

const saved = value => until(`${value} to be saved`,
  async () => await stored() === Number(value))

async function withBrowser(launch, steps) {
  const browser = await launch()
  try {
    await steps(browser)
  } finally {
    await browser.close()
  }
}

const send = page => Promise.all([page.waitForNavigation(), page.click(SAVE)])

for (const javaScriptEnabled of [true, false])
  await attempt(`Chromium, scripts ${javaScriptEnabled ? 'on' : 'off'}`,
    () => withBrowser(chromium, async browser => {
      const page = await (await browser.newContext(
        { javaScriptEnabled })).newPage()
      const value = number()
      await page.goto(url)
      await page.fill(CONTROL, value)
      await send(page)
      await saved(value)
    }))

await attempt('Chromium, two tabs: the second save does not win by itself',
  () => withBrowser(chromium, async browser => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const tabs = [await context.newPage(), await context.newPage()]
    const values = [number(), number()]
    const replies = []
    for (const tab of tabs)
      await tab.goto(url)
    for (const [i, tab] of tabs.entries()) {
      await tab.fill(CONTROL, values[i])
      replies.push((await send(tab))[0].status())
    }
    same(replies.join(), '200,412')
    same(await stored(), Number(values[0]))
  }))

await attempt('Chromium, fetch: a stale tag is refused, a known one is 304',
  () => withBrowser(chromium, async browser => {
    const page = await (await browser.newContext()).newPage()
    await page.goto(url)
    same(await page.evaluate(async url => {
      const headers = { Accept: 'application/json' }
      const first = await fetch(url, { headers })
      const tag = first.headers.get('etag')
      const again = await fetch(url, { headers, cache: 'no-cache' })
      const write = await fetch(url, { method: 'PATCH', body: '{}', headers: {
        'If-Match': '"x1-j"', 'Content-Type': 'application/merge-patch+json',
      } })
      const known = await fetch(url, { cache: 'no-store',
        headers: { ...headers, 'If-None-Match': tag } })
      return [first, again, write, known].map(reply => reply.status).join()
    }, url), '200,200,412,304')
  }))

await attempt('Firefox', () => withBrowser(
  () => require('puppeteer-core').launch({
    browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true,
    extraPrefsFirefox: {
      'app.update.enabled': false,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'toolkit.telemetry.enabled': false,
    },
  }), async browser => {
    const page = await browser.newPage()
    const value = number()
    await page.goto(url)
    await page.$eval(CONTROL, (control, value) => { control.value = value },
      value)
    await send(page)
    await saved(value)
  }))

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

await attempt('WebKitGTK', async () => {
  const port = await freePort()
  const driver = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`],
    { stdio: 'ignore', detached: true })
  const ask = async (method, path, body) => {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`,
      { method, body: body && JSON.stringify(body) })
    const { value } = await reply.json()
    if (value?.error)
      throw new Error(`${value.error} ${value.message}`)
    return value
  }
  let session
  try {
    await until('WebKitWebDriver', () => ask('GET', '/status'))
    const { sessionId } = await ask('POST', '/session', { capabilities: {
      alwaysMatch: { 'webkitgtk:browserOptions': {
        binary: '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
        args: ['--automation'],
      } },
    } })
    session = `/session/${sessionId}`
    const element = async selector => Object.values(await ask('POST',
      `${session}/element`, { using: 'css selector', value: selector }))[0]
    const value = number()
    await ask('POST', `${session}/url`, { url })
    const control = await element(CONTROL)
    await ask('POST', `${session}/element/${control}/clear`, {})
    await ask('POST', `${session}/element/${control}/value`, { text: value })
    await ask('POST', `${session}/element/${await element(SAVE)}/click`, {})
    await saved(value)
  } finally {
    if (session)
      await ask('DELETE', session).catch(() => {})
    process.kill(-driver.pid)
  }
})

const dumps = [['w3m', '-dump', '-cols', '120'], ['lynx', '-dump', '-nolist'],
  ['links2', '-dump'], ['elinks', '-dump']]
for (const [program, ...options] of dumps)
  await attempt(`${program} shows the value`, async () => {
    const { stdout } = spawnSync(program, [...options, url],
      { encoding: 'utf8', timeout: 30000 })
    if (!stdout.includes((await stored()).toFixed(2)))
      throw new Error(`it is not there: ${stdout.slice(0, 200)}`)
  })

end()
