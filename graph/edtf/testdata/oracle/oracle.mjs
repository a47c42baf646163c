// What the npm package edtf makes of EDTF expressions, for TestAgainstNpmEdtf.
//
//   node oracle.mjs COUNT SEED < expressions
//
// It takes the expressions on standard input, one a line, then COUNT samples from
// the package's own generator for each of levels 0 and 1, then as many of these
// samples with one character changed. It prints one JSON object a line:
//
//   {"edtf":"2016-05","level":0,"type":"Date","min":1462060800000,"max":1464739199999}
//   {"edtf":"2016-13","error":"…"}
//
// min and max are milliseconds since 1970, null where not finite. The last line is
// {"skipped":{"reason":count}}. The same seed gives the same lines.

import { readFileSync } from 'node:fs'

const [count, seed] = process.argv.slice(2).map(Number)

Math.random = mulberry32(seed) // before edtf/sample keeps a reference to it
const { default: edtf, parse } = await import('edtf')
const { sample } = await import('edtf/sample')

// What npm edtf calls level 0 or 1 and graph/edtf leaves out on purpose.
const OUT_OF_SCOPE = [
  ['century as two digits, not in the published level 0', /^-?\d\d$/],
  ['year without any known digit, level 2 in the published standard', /^XXXX/],
  ['time of day other than hh:mm:ss and Z, ±hh, ±hh:mm', /T(?!\d\d:\d\d:\d\d(Z|[+-]\d\d(:\d\d)?)?(\/|$))/],
  ['year of more than nine digits', /^Y-?\d{10,}/],
]

const skipped = {}
const given = readFileSync(0, 'utf8').split('\n').filter(line => line !== '')
const samples = [0, 1].flatMap(level => [...sample({ count, level })])

for (const expression of given) judge(expression)
for (const expression of samples) judge(expression)
for (const expression of samples) judge(change(expression))
print({ skipped })

function judge(expression) {
  const out = OUT_OF_SCOPE.find(([, pattern]) => pattern.test(expression))
  if (!out) return print(verdict(expression))
  skipped[out[0]] = (skipped[out[0]] ?? 0) + 1
}

function verdict(expression) {
  try {
    const parsed = parse(expression, { level: 1 })
    const { type, min, max } = edtf(parsed)
    return { edtf: expression, level: parsed.level, type, min, max }
  } catch (error) {
    return { edtf: expression, error: error.message.split('\n')[0] }
  }
}

function print(value) { console.log(JSON.stringify(value)) }

// change replaces, removes or inserts one character.
function change(expression) {
  const at = Math.floor(Math.random() * (expression.length + 1))
  const alphabet = '0123456789-/.?~%XYTZ'
  const letter = alphabet[Math.floor(Math.random() * alphabet.length)]
  const [keep, put] = [[1, letter], [1, ''], [0, letter]][Math.floor(Math.random() * 3)]
  return expression.slice(0, at) + put + expression.slice(at + keep)
}

// mulberry32 is a small seeded generator of numbers in [0, 1).
function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
