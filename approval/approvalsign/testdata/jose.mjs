// Plays the other party with npm's jose, and with a canonical form (RFC 8785)
// of its own. Reads one JSON object from the file that INPUT names and prints
// one to standard output.
import * as jose from 'jose'
import { readFileSync } from 'node:fs'

// canonical sorts by UTF-16 code units, as JavaScript compares strings; numbers
// and strings are written as ECMAScript does, which the RFC points to.
function canonical(v) {
  if (Array.isArray(v)) return '[' + v.map(canonical).join(',') + ']'
  if (v === null || typeof v !== 'object') return JSON.stringify(v)
  return '{' + Object.keys(v).sort().map(name => JSON.stringify(name) + ':' + canonical(v[name])).join(',') + '}'
}

const payload = text => new TextEncoder().encode(canonical(JSON.parse(text)))

async function sign({ text, alg, header }) {
  const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true })
  const jwk = await jose.exportJWK(publicKey)
  const kid = await jose.calculateJwkThumbprint(jwk)
  const whole = await new jose.CompactSign(payload(text)).setProtectedHeader({ alg, kid, ...header }).sign(privateKey)
  const [first, , last] = whole.split('.')
  return { signature: `${first}..${last}`, jwks: { keys: [{ ...jwk, kid, alg, use: 'sig' }] } }
}

async function verify({ text, signature, jwks, algorithms }) {
  const [first, empty, last] = signature.split('.')
  if (empty !== '') throw new Error('not detached')
  const whole = `${first}.${jose.base64url.encode(payload(text))}.${last}`
  try {
    const { protectedHeader } = await jose.compactVerify(whole, jose.createLocalJWKSet(jwks), { algorithms })
    return { header: protectedHeader }
  } catch (e) {
    return { code: e.code }
  }
}

const canonicals = ({ texts }) => ({ forms: texts.map(text => canonical(JSON.parse(text))) })

const input = JSON.parse(readFileSync(process.env.INPUT, 'utf8'))
console.log(JSON.stringify(await { sign, verify, canonicals }[input.do](input)))
