// What the judges share: packages from $IFMATCH_NPM, a browser, and counting.
import { createRequire } from 'node:module'
import path from 'node:path'

export const require = createRequire(
  path.join(process.env.IFMATCH_NPM, 'node_modules', 'x.js'))

// It asks nobody but the site.
export const chromium = () => require('playwright-core').chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update',
    '--disable-sync'],
})

const count = { passed: 0, failed: 0 }

export function say(what, findings) {
  findings.length ? count.failed++ : count.passed++
  if (findings.length)
    console.log(`FAIL ${what}\n` + findings.map(f => `     ${f}`).join('\n'))
}

export async function attempt(what, steps) {
  try {
    await steps()
    say(what, [])
  } catch (error) {
    say(what, [String(error.message).split('\n')[0]])
  }
}

export function same(got, wanted) {
  if (got !== wanted)
    throw new Error(`got ${got}, wanted ${wanted}`)
}

export function end() {
  console.log(`${count.passed} passed, ${count.failed} failed`)
  process.exit(count.failed || !count.passed ? 1 : 0)
}
